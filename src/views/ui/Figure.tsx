import type { ReactNode } from 'react'
import { type MakeReceipt, useOpenReceipt } from '../receipt/receiptContext.ts'
import styles from './Figure.module.css'

type Props = {
  /** Made when the reader asks, not at every render. */
  readonly receipt: MakeReceipt
  /** The exact value, for the pointer that rests on it. */
  readonly exact: string
  readonly children: ReactNode
  readonly unit?: string | undefined
  readonly emphasis?: 'strong' | 'plain' | 'quiet'
}

/** A figure that opens its receipt. */
export function Figure({ receipt, exact, children, unit, emphasis = 'plain' }: Props) {
  const open = useOpenReceipt()
  return (
    <button
      type="button"
      className={styles['figure']}
      data-emphasis={emphasis}
      title={exact}
      onClick={() => open(receipt)}
    >
      {children}
      {unit === undefined ? null : <span className={styles['unit']}>{unit}</span>}
    </button>
  )
}

/** Where a figure is not known: a dash that says why, to the pointer, to a finger and to the keyboard. */
export function UnknownFigure({ why }: { readonly why: string }) {
  const open = useOpenReceipt()
  return (
    <button
      type="button"
      className={styles['unknown']}
      title={why}
      onClick={() => open(({ unknownReceipt }) => unknownReceipt(why))}
    >
      <span aria-hidden="true">–</span>
      <span className="visually-hidden">not known: {why}</span>
    </button>
  )
}
