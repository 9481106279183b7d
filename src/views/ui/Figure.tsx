import type { ReactNode } from 'react'
import { type MakeReceipt, useOpenReceipt } from '../receipt/receiptContext.ts'
import styles from './Figure.module.css'

/** A figure's receipt is made when the reader asks, not at every render. */
type Receipt =
  | { readonly receipt: MakeReceipt }
  /** For a figure that may have been drawn from an older reading that says the same: takes the newest at the click. */
  | { readonly receiptAtClick: () => MakeReceipt }

type Props = Receipt & {
  /** The exact value, for the pointer that rests on it. */
  readonly exact: string
  readonly children: ReactNode
  readonly unit?: string | undefined
  readonly emphasis?: 'strong' | 'plain' | 'quiet'
}

/** A figure that opens its receipt. */
export function Figure({ exact, children, unit, emphasis = 'plain', ...made }: Props) {
  const open = useOpenReceipt()
  return (
    <button
      type="button"
      className={styles['figure']}
      data-emphasis={emphasis}
      title={exact}
      onClick={() => open('receipt' in made ? made.receipt : made.receiptAtClick())}
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
