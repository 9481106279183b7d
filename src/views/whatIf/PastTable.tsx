import {
  formatAmount,
  formatChange,
  formatDollars,
  formatDoubt,
  formatExact,
  formatPercent,
} from '../../format/number.ts'
import { formatDay, formatSpan } from '../../format/time.ts'
import { mulDivUp, type Seconds, type Wad, type Wei } from '../../math/fixedPoint.ts'
import { etherInDollars } from '../../math/holdings.ts'
import { SHORTEST_SPAN } from '../../math/whatIf.ts'
import type { Live } from '../../queries/live.ts'
import type { PastDay } from '../../queries/past.ts'
import type { FirstRow } from '../overview/sortRows.ts'
import { Figure, UnknownFigure } from '../ui/Figure.tsx'
import { PoolName } from './PoolName.tsx'
import styles from './WhatIf.module.css'
import { heldOf, type PastCase, type PastRow, pastRows } from './whatIfRows.ts'

/** An amount, or why there is none. */
export type AmountAsked = { readonly amount: Wei } | { readonly problem: string }

type CaseProps = { readonly known: PastCase; readonly amount: Wei }

const NO_PRICE = 'The price of ether is not known.'

/** What came to an amount, with its sign; a rise too small to be written is none that needs one. */
export function signed(gain: Wei): string {
  const text = formatAmount(gain)
  return gain > 0n && /^\d/.test(text) ? `+${text}` : text
}

function DollarsFigure({ known, amount }: CaseProps) {
  const { price, why = NO_PRICE } = known.live.price
  if (price === undefined) return <UnknownFigure why={why} />
  const dollars = etherInDollars(heldOf(known, amount)?.worth ?? 0n, price.answer)
  return (
    <Figure
      emphasis="quiet"
      exact={`${formatExact(dollars)} USD`}
      receipt={book => book.worthInDollarsReceipt(known, amount)}
    >
      {formatDollars(dollars)}
    </Figure>
  )
}

function AmountCells({ known, amount }: CaseProps) {
  const { pool } = known.own
  const held = heldOf(known, amount)
  if (held === undefined) return null
  const { tokens, worth, gain } = held
  return (
    <>
      <td className={styles['tokens']}>
        <Figure
          exact={`${formatExact(tokens)} ${pool.token.symbol}`}
          receipt={book => book.boughtReceipt(known, amount)}
          unit={pool.token.symbol}
        >
          {formatAmount(tokens)}
        </Figure>
      </td>
      <td className={styles['worth']}>
        <Figure
          emphasis="strong"
          exact={`${formatExact(worth)} ${pool.unit}`}
          receipt={book => book.worthReceipt(known, amount)}
          unit={pool.unit}
        >
          {formatAmount(worth)}
        </Figure>
        <DollarsFigure known={known} amount={amount} />
      </td>
      <td className={styles['gain']}>
        <Figure
          exact={`${formatExact(gain)} ${pool.unit}`}
          receipt={book => book.gainReceipt(known, amount)}
          unit={pool.unit}
        >
          <span data-falls={gain < 0n}>{signed(gain)}</span>
        </Figure>
      </td>
    </>
  )
}

/** As many dashes as there are columns of amounts. */
function NoAmount({ why }: { readonly why: string }) {
  return (['tokens', 'worth', 'gain'] as const).map(column => (
    <td key={column} className={styles[column]}>
      <UnknownFigure why={why} />
    </td>
  ))
}

/** What one step of a staircase more or less would make of a yield. */
const oneStep = (apy: Wad, cadence: Seconds, span: Seconds): Wad =>
  mulDivUp(apy < 0n ? -apy : apy, cadence, span)

function GrowthCells({ known }: Pick<CaseProps, 'known'>) {
  const { fraction, apy, span } = known.growth
  const { accrual, cadence } = known.own.pool
  return (
    <>
      <td className={styles['growth']}>
        <Figure
          exact={`${formatPercent(fraction, 6)} %`}
          receipt={book => book.growthReceipt(known)}
          unit="%"
        >
          <span data-falls={fraction < 0n}>{formatChange(fraction, 2)}</span>
        </Figure>
      </td>
      <td className={styles['year']}>
        {apy === undefined ? (
          <UnknownFigure
            why={`${formatSpan(span)} are too short to tell of a year: the rate steps about once a day, so it takes ${formatSpan(SHORTEST_SPAN)}.`}
          />
        ) : (
          <Figure
            exact={`${formatPercent(apy, 6)} %, over ${formatSpan(span)}`}
            receipt={book => book.growthPerYearReceipt(known)}
            unit="%"
          >
            <span data-falls={apy < 0n}>{formatPercent(apy)}</span>
          </Figure>
        )}
        {apy === undefined || accrual === 'continuous' ? null : (
          <small>±{formatDoubt(oneStep(apy, cadence, span))}</small>
        )}
      </td>
    </>
  )
}

type RowProps = { readonly asked: AmountAsked }

function PoolRow({ row, asked }: RowProps & { readonly row: PastRow }) {
  const { pool } = row
  if (!('known' in row))
    return (
      <tr>
        <PoolName pool={pool} />
        <td className={styles['reason']} colSpan={5}>
          {row.why}
        </td>
      </tr>
    )
  const { known } = row
  return (
    <tr>
      <PoolName pool={pool} />
      {'amount' in asked ? (
        <AmountCells known={known} amount={asked.amount} />
      ) : (
        <NoAmount why={asked.problem} />
      )}
      <GrowthCells known={known} />
    </tr>
  )
}

/** The amount as it was, in dollars of today. */
function EtherCell({ live, amount }: { readonly live: Live; readonly amount: Wei }) {
  const { price, why = NO_PRICE } = live.price
  return (
    <td className={styles['worth']}>
      <b className={styles['plain']} title={`${formatExact(amount)} ETH`}>
        {formatAmount(amount)}
        <small>ETH</small>
      </b>
      {price === undefined ? (
        <UnknownFigure why={why} />
      ) : (
        <Figure
          emphasis="quiet"
          exact={`${formatExact(etherInDollars(amount, price.answer))} USD`}
          receipt={book => book.etherInDollarsReceipt(live, amount)}
        >
          {formatDollars(etherInDollars(amount, price.answer))}
        </Figure>
      )}
    </td>
  )
}

function EtherRow({ live, asked }: RowProps & { readonly live: Live }) {
  return (
    <tr className={styles['ether']}>
      <PoolName pool={undefined} />
      <td className={styles['tokens']} />
      {'amount' in asked ? (
        <EtherCell live={live} amount={asked.amount} />
      ) : (
        <td className={styles['worth']}>
          <UnknownFigure why={asked.problem} />
        </td>
      )}
      <td className={styles['gain']} />
      <td className={styles['growth']}>0</td>
      <td className={styles['year']} />
    </tr>
  )
}

type Props = RowProps & {
  readonly live: Live
  readonly rows: readonly FirstRow[]
  readonly day: PastDay
}

/** What the amount became in each pool since a day, the best first, and what it is where it was not staked. */
export function PastTable({ live, rows, day, asked }: Props) {
  const { sample } = day
  const all = pastRows(live, rows, sample)
  return (
    <table className={styles['table']}>
      <caption className="visually-hidden">
        What the amount became since {formatDay(sample.time)}, by each pool’s own rates
      </caption>
      <thead>
        <tr>
          <th scope="col">Pool</th>
          <th scope="col">Bought</th>
          <th scope="col">Worth today</th>
          <th scope="col">Gain</th>
          <th scope="col">Growth</th>
          <th scope="col">Per year</th>
        </tr>
      </thead>
      <tbody>
        {all.map(row =>
          row.pool === undefined ? (
            <EtherRow key="ether" live={live} asked={asked} />
          ) : (
            <PoolRow key={row.pool.id} row={row} asked={asked} />
          ),
        )}
      </tbody>
    </table>
  )
}
