import type { ReactNode } from 'react'
import styles from './MethodPage.module.css'
import { METHOD_PARTS, type MethodPart } from './parts.ts'

type Props = { readonly id: MethodPart; readonly children: ReactNode }

/** One definition under its heading, which a link can name. */
export function Part({ id, children }: Props) {
  return (
    <section aria-labelledby={id}>
      <h2 id={id} tabIndex={-1}>
        {METHOD_PARTS[id]}
      </h2>
      {children}
    </section>
  )
}

/** A worked example: figures of the chain, line by line. */
export function Example({ lines }: { readonly lines: readonly string[] }) {
  return (
    <p className={styles['example']}>
      {lines.map(line => (
        <span key={line}>{line}</span>
      ))}
    </p>
  )
}
