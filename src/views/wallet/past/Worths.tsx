import { formatAmount, formatExact } from '../../../format/number.ts'
import type { Worth } from '../../../math/lots.ts'
import type { MakeReceipt } from '../../receipt/receiptContext.ts'
import { Figure, UnknownFigure } from '../../ui/Figure.tsx'
import { dollarsInWords, dollarsOf, weiOf } from './amounts.ts'
import styles from './Past.module.css'

type Props = {
  readonly worth: Worth
  readonly receipt: MakeReceipt
  readonly isExact?: boolean
  /** A gain: less than nothing has the colour of losses. */
  readonly isGain?: boolean
}

const fall = (value: bigint, isGain: boolean): { 'data-falls'?: true } =>
  isGain && value < 0n ? { 'data-falls': true } : {}

/** What something is worth in ether, and in US dollars below it. */
export function Worths({ worth: { ether, dollars }, receipt, isExact = true, isGain = false }: Props) {
  const [wei, worth] = [weiOf(ether), dollars === undefined ? undefined : dollarsOf(dollars)]
  const about = isExact ? '' : '≈ '
  return (
    <div className={styles['worths']}>
      <div {...fall(wei, isGain)}>
        <Figure exact={`${about}${formatExact(wei)} ETH`} receipt={receipt} unit="ETH">
          {about}
          {formatAmount(wei)}
        </Figure>
      </div>
      <div {...fall(worth ?? 0n, isGain)}>
        {worth === undefined ? (
          <UnknownFigure why="The price of ether of that time is not known." />
        ) : (
          <Figure exact={`${about}${formatExact(worth)} USD`} receipt={receipt} emphasis="quiet">
            {about}
            {dollarsInWords(worth)}
          </Figure>
        )}
      </div>
    </div>
  )
}
