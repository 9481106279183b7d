import type { ReactNode } from 'react'
import styles from './CardBar.module.css'

type Props = { readonly id: string; readonly title: string; readonly children?: ReactNode }

/** The line on top of a card: its heading and its controls over a rule. */
export function CardBar({ id, title, children }: Props) {
  return (
    <div className={styles['bar']}>
      <h2 id={id} tabIndex={-1}>
        {title}
      </h2>
      {children}
    </div>
  )
}
