import { type ReactNode, useState } from 'react'
import { formatAmount, formatCount, formatExact, formatRate } from '../../../format/number.ts'
import type { Mark, Move } from '../../../math/course.ts'
import { type Disposal, isAllExact, type Lot, type LotMethod } from '../../../math/lots.ts'
import type { PastSource } from '../../receipt/pastReceipts.ts'
import type { MakeReceipt } from '../../receipt/receiptContext.ts'
import { Figure } from '../../ui/Figure.tsx'
import tables from '../../ui/Table.module.css'
import { countedIn, type HeldAsset, nameOf } from './held.ts'
import { type TokenLots, worthNow, worthThen } from './lotRows.ts'
import styles from './Past.module.css'
import { ShowMore } from './ShowMore.tsx'
import { Worths } from './Worths.tsx'
import { whenInWords } from './words.ts'

/** Rows that are shown at a time. */
const SOME = 50

type Shared = {
  readonly source: PastSource
  readonly method: LotMethod
  readonly isWrap: (move: Move) => boolean
}

type PagedProps<Entry> = {
  readonly entries: readonly Entry[]
  readonly caption: string
  readonly headings: readonly string[]
  readonly children: (entry: Entry, place: number) => ReactNode
}

/** A table that grows by some rows where the reader wants more. On a phone each row is a block of its own. */
function Paged<Entry>({ entries, caption, headings, children }: PagedProps<Entry>) {
  const [most, setMost] = useState(SOME)
  const rest = entries.length - most
  return (
    <section className={styles['wide']} aria-label={caption}>
      <table className={`${tables['table']} ${tables['lines']} ${styles['lots']}`}>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {headings.map(heading => (
              <th key={heading} scope="col">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{entries.slice(0, most).map(children)}</tbody>
      </table>
      <ShowMore rest={rest} step={SOME} onPress={() => setMost(most + SOME)} />
    </section>
  )
}

type AmountProps = {
  readonly held: HeldAsset
  readonly units: bigint
  readonly receipt: MakeReceipt
}

const Amount = ({ held: { asset }, units, receipt }: AmountProps) => (
  <Figure exact={`${formatExact(units)} ${countedIn(asset)}`} receipt={receipt}>
    {formatAmount(units)}
  </Figure>
)

type WhenProps = {
  readonly at: { readonly since: bigint; readonly time: bigint }
  readonly label: string | undefined
}

const When = ({ at, label }: WhenProps) => (
  <th scope="row" className={styles['when']}>
    {whenInWords(at)}
    {label === undefined ? null : <small>{label}</small>}
  </th>
)

function labelOf(move: Move | undefined, isWrap: (move: Move) => boolean): string | undefined {
  if (move === undefined) return 'there at the first block read'
  return isWrap(move) ? 'wrapped' : undefined
}

const LOTS = [
  'Acquired',
  'Amount',
  'Rate',
  'Worth then',
  'Still held',
  'Cost of these',
  'Worth now',
  'Unrealised',
] as const

type LotProps = Shared & {
  readonly held: HeldAsset
  readonly lot: Lot
  readonly last: Mark
}

function LotRow({ source, method, isWrap, held, lot, last }: LotProps) {
  const receipt: MakeReceipt = book => book.lotReceipt({ ...source, held, method, lot, last })
  const { worth, unrealised } = worthNow(lot, last)
  const { isExact, isCostExact } = lot
  return (
    <tr>
      <When at={lot.move ?? { since: lot.time, time: lot.time }} label={labelOf(lot.move, isWrap)} />
      <td data-label={LOTS[1]}>
        <Amount held={held} units={lot.units} receipt={receipt} />
      </td>
      <td data-label={LOTS[2]}>
        <Figure exact={formatExact(lot.rate)} receipt={receipt}>
          {isExact ? '' : '≈ '}
          {formatRate(lot.rate)}
        </Figure>
      </td>
      <td data-label={LOTS[3]}>
        <Worths worth={worthThen(lot)} receipt={receipt} isExact={isExact} />
      </td>
      <td data-label={LOTS[4]}>
        <Amount held={held} units={lot.left} receipt={receipt} />
      </td>
      <td data-label={LOTS[5]}>
        <Worths worth={lot.cost} receipt={receipt} isExact={isCostExact} />
      </td>
      <td data-label={LOTS[6]}>
        <Worths worth={worth} receipt={receipt} />
      </td>
      <td data-label={LOTS[7]}>
        <Worths worth={unrealised} receipt={receipt} isExact={isCostExact} isGain />
      </td>
    </tr>
  )
}

const DISPOSALS = ['Given away', 'Amount', 'Rate', 'Proceeds', 'Cost', 'Gain'] as const

type DisposalProps = Shared & {
  readonly held: HeldAsset
  readonly disposal: Disposal
}

function DisposalRow({ source, method, isWrap, held, disposal }: DisposalProps) {
  const receipt: MakeReceipt = book => book.disposalReceipt({ ...source, held, method, disposal })
  const { move, units, rate, worth, cost, gain, isExact, isCostExact } = disposal
  return (
    <tr>
      <When at={move} label={labelOf(move, isWrap)} />
      <td data-label={DISPOSALS[1]}>
        <Amount held={held} units={units} receipt={receipt} />
      </td>
      <td data-label={DISPOSALS[2]}>
        <Figure exact={formatExact(rate)} receipt={receipt}>
          {isExact ? '' : '≈ '}
          {formatRate(rate)}
        </Figure>
      </td>
      <td data-label={DISPOSALS[3]}>
        <Worths worth={worth} receipt={receipt} isExact={isExact} />
      </td>
      <td data-label={DISPOSALS[4]}>
        <Worths worth={cost} receipt={receipt} isExact={isCostExact} />
      </td>
      <td data-label={DISPOSALS[5]}>
        <Worths worth={gain} receipt={receipt} isExact={isAllExact(disposal)} isGain />
      </td>
    </tr>
  )
}

type Props = Shared & {
  readonly token: TokenLots
  /** Whether its lots are shown before anybody asks for them. */
  readonly isOpen: boolean
}

const countInWords = (count: number, one: string, many: string): string =>
  count === 0 ? '' : count === 1 ? `1 ${one}` : `${formatCount(count)} ${many}`

/** How much there is to see. */
const contentsOf = ({ open, disposals }: TokenLots): string =>
  [
    countInWords(open.length, 'lot held', 'lots held'),
    countInWords(disposals.length, 'given away', 'given away'),
  ]
    .filter(words => words !== '')
    .join(', ')

/** One token's lots that are still held, and what was given away. Newest first. */
export function LotTables({ token, isOpen, ...shared }: Props) {
  const { held, open, disposals, last } = token
  const { asset } = held
  const name = nameOf(asset)
  return (
    <details className={styles['token']} open={isOpen}>
      <summary>
        <h3>{name}</h3> <small>{contentsOf(token)}</small>
      </summary>
      <p className={styles['moved']}>
        {asset.kind === 'rebasing'
          ? `Amounts are ${countedIn(asset)}: they stay the same while the balance grows. `
          : ''}
        {asset.note ?? ''}
      </p>
      {last === undefined || open.length === 0 ? (
        <p className={styles['moved']}>None of it is held now.</p>
      ) : (
        <Paged entries={open} caption={`${name}: lots still held`} headings={LOTS}>
          {(lot, place) => (
            <LotRow key={`${place} ${lot.time}`} {...shared} held={held} lot={lot} last={last} />
          )}
        </Paged>
      )}
      {disposals.length === 0 ? null : (
        <Paged entries={disposals} caption={`${name}: given away`} headings={DISPOSALS}>
          {(disposal, place) => (
            <DisposalRow key={`${place} ${disposal.move.time}`} {...shared} held={held} disposal={disposal} />
          )}
        </Paged>
      )}
    </details>
  )
}
