import { useMemo, useState } from 'react'
import { formatExact } from '../../../format/number.ts'
import { formatDay } from '../../../format/time.ts'
import { type Between, inWei, isExactly, middleOf } from '../../../math/course.ts'
import type { Period } from '../../../math/earnings.ts'
import { etherInDollars } from '../../../math/holdings.ts'
import type { WalletPastReading } from '../../../queries/walletPast.ts'
import type { PastSource } from '../../receipt/pastReceipts.ts'
import type { MakeReceipt } from '../../receipt/receiptContext.ts'
import { CardBar } from '../../ui/CardBar.tsx'
import { Figure, UnknownFigure } from '../../ui/Figure.tsx'
import page from '../../ui/Page.module.css'
import tables from '../../ui/Table.module.css'
import { ViewLink } from '../../ui/ViewLink.tsx'
import { dollarsInWords, exactly, told } from './amounts.ts'
import {
  type EarnedCell,
  type EarnedRow,
  type EarnedTotal,
  earnedRows,
  earnedTotals,
  isWholly,
  periodLabel,
} from './earnedRows.ts'
import { beginningOf, type HeldAsset, nameOf } from './held.ts'
import styles from './Past.module.css'
import { PastProgress } from './PastProgress.tsx'
import { FEW, ShowMore } from './ShowMore.tsx'
import { headInWords, sinceInWords, unseenInWords, wayInWords } from './words.ts'

type AmountProps = {
  readonly between: Between
  readonly unit?: string
  readonly receipt: MakeReceipt
}

/** What was earned, with how far it may be off; less than nothing in the colour of losses. */
function Amount({ between, unit, receipt }: AmountProps) {
  const { value, text, doubt } = told(between)
  return (
    <span className={styles['amount']} data-falls={value < 0n}>
      <Figure exact={`${exactly(between)} ${unit ?? 'ETH'}`} receipt={receipt} unit={unit}>
        {text}
        {doubt === undefined ? null : <small> ± {doubt}</small>}
      </Figure>
    </span>
  )
}

type HeadlineProps = { readonly source: PastSource; readonly total: EarnedTotal; readonly since: string }

/** All that was earned, in ether, and at the newest price in dollars. */
function Headline({ source, total, since }: HeadlineProps) {
  const { between, missing } = total
  const price = source.past.moments.at(-1)?.price
  if (between === undefined)
    return (
      <p className={styles['headline']}>
        Earned {since}: <UnknownFigure why={whyMissing(missing)} />
      </p>
    )
  const dollars = price === undefined ? undefined : etherInDollars(middleOf(inWei(between)).value, price)
  return (
    <div className={styles['headline']}>
      <p>
        <span>Earned {since}: </span>
        <span className={styles['all']}>
          <Amount between={between} unit="ETH" receipt={book => book.earnedTotalReceipt(source, total)} />
        </span>
      </p>
      <p className={styles['dollars']}>
        {dollars === undefined ? (
          <UnknownFigure why="The price of ether at the newest block is not known." />
        ) : (
          <Figure
            exact={`${formatExact(dollars)} USD`}
            receipt={book => book.earnedInDollarsReceipt(source, between)}
          >
            {isExactly(between) ? '' : '≈ '}
            {dollarsInWords(dollars)}
          </Figure>
        )}{' '}
        <small>at the newest price, not at those of the days</small>
      </p>
    </div>
  )
}

const whyMissing = (missing: readonly string[]): string =>
  `Not known of ${missing.join(', ')}: nothing was read of it in this time.`

type CellProps = {
  readonly source: PastSource
  readonly held: HeldAsset
  readonly period: Period
  readonly earned: EarnedCell | undefined
}

/** Between which times it was earned, where these are not the period's own. */
const Span = ({ since, until }: Pick<EarnedTotal, 'since' | 'until'>) =>
  since === undefined && until === undefined ? null : (
    <small className={styles['cut']}>
      {[
        since === undefined ? '' : `since ${formatDay(since)}`,
        until === undefined ? '' : `until ${formatDay(until)}`,
      ]
        .join(' ')
        .trim()}
    </small>
  )

function Cell({ source, held, period, earned }: CellProps) {
  if (earned === undefined) return <UnknownFigure why={whyMissing([nameOf(held.asset)])} />
  return (
    <>
      <Amount between={earned} receipt={book => book.earnedReceipt({ ...source, held, period, earned })} />
      <Span {...earned} />
    </>
  )
}

function TotalCell({ source, total }: { readonly source: PastSource; readonly total: EarnedTotal }) {
  const { between, missing } = total
  if (between === undefined) return <UnknownFigure why={whyMissing(missing)} />
  return (
    <>
      <Amount between={between} receipt={book => book.earnedTotalReceipt(source, total)} />
      <Span {...total} />
    </>
  )
}

type TableProps = {
  readonly source: PastSource
  readonly rows: readonly EarnedRow[]
  readonly totals: readonly EarnedTotal[]
}

/** What all tokens earned together in each period. */
function TotalRow({ source, totals }: Omit<TableProps, 'rows'>) {
  return (
    <tr data-total>
      <th scope="row">Total</th>
      {totals.map(total => (
        <td key={total.period.id} data-label={periodLabel(total.period)}>
          <TotalCell source={source} total={total} />
        </td>
      ))}
    </tr>
  )
}

/** What each token earned in each period, below all of them together. While doubts stand beside figures it may be wide. */
function EarnedTable({ source, rows, totals }: TableProps) {
  const [isWhole, setIsWhole] = useState(false)
  const shown = isWhole ? rows : rows.slice(0, FEW)
  const rest = rows.length - shown.length
  return (
    <section className={styles['wide']} aria-label="Earned in ETH, by token and period">
      <table className={`${tables['table']} ${tables['lines']}`}>
        <caption className="visually-hidden">Earned in ETH, by token and period</caption>
        <thead>
          <tr>
            <th scope="col">ETH</th>
            {totals.map(({ period }) => (
              <th key={period.id} scope="col">
                {periodLabel(period)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.length < 2 ? null : <TotalRow source={source} totals={totals} />}
          {shown.map(({ held, cells }) => (
            <tr key={held.asset.id}>
              <th scope="row">
                {nameOf(held.asset)}
                {held.asset.unit === 'ETH' ? null : <small>in {held.asset.unit}</small>}
              </th>
              {totals.map(({ period }, place) => (
                <td key={period.id} data-label={periodLabel(period)}>
                  <Cell source={source} held={held} period={period} earned={cells[place]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <ShowMore rest={rest} step={rest} onPress={() => setIsWhole(true)} />
    </section>
  )
}

type Props = {
  readonly source: PastSource
  readonly held: readonly HeldAsset[]
  readonly reading: WalletPastReading
}

/** What the wallet earned, by token and period, how that is known and how sure it is. */
export function EarnedCard({ source, held, reading }: Props) {
  const { past } = source
  const rows = useMemo(() => earnedRows(past, held), [past, held])
  const totals = useMemo(() => earnedTotals(past, rows), [past, rows])
  const beginning = useMemo(() => beginningOf(past.courses), [past])
  const units = new Set(held.flatMap(({ asset: { unit } }) => (unit === 'ETH' ? [] : [unit])))
  const [all] = totals
  return (
    <section aria-labelledby="earned-title">
      <CardBar id="earned-title" title="Earned" />
      {all === undefined ? null : (
        <Headline
          source={source}
          total={all}
          since={beginning === undefined ? '' : sinceInWords(beginning)}
        />
      )}
      <PastProgress reading={reading} />
      <EarnedTable source={source} rows={rows} totals={totals} />
      <p className={page['note']}>
        {wayInWords(past, isWholly(past, totals))}
        {unseenInWords(past)} {headInWords(past)} By the protocols’ own rates: what was held before each
        change of a rate, times the change. Years are calendar years in UTC; each period starts and ends with
        the last block read before its date.
        {units.size === 0
          ? ''
          : ` ${[...units].map(unit => `1 ${unit} is counted as 1 ETH`).join(', ')}, which no contract promises.`}{' '}
        <ViewLink to="/method/earned">How this is computed</ViewLink>
      </p>
    </section>
  )
}
