import { formatSpan } from '../../format/time.ts'
import type { Wad } from '../../math/fixedPoint.ts'
import { farthest, type YieldBand } from '../../math/window.ts'
import { fixed, percent, UNKNOWN } from './figures.ts'
import type { HistoryReport, PointReport, PoolHistory } from './history.ts'
import { findingsInWords } from './reportFindings.ts'
import { csvOf, textTable } from './table.ts'
import type { LatestYield } from './yields.ts'

/** Write a history as one record for each pool and sample, a pool without samples as one record that says why. */
export const historyCsv = ({ pools }: HistoryReport): string =>
  csvOf(
    [
      'pool',
      'token',
      'unit',
      'block',
      'time',
      'timeSeconds',
      'rateWad',
      'supplyWei',
      'pooledWei',
      'apyWad',
      'aprWad',
      'apyLowWad',
      'apyHighWad',
      'spanSeconds',
      'operator',
      'why',
      'yieldWhy',
      'steps',
      'evidence',
    ],
    pools.flatMap(({ pool, token, unit, points, why }) =>
      why === null
        ? points.map(point => ({ pool, token, unit, ...point }))
        : [{ pool, token, unit, why } as Record<string, string | null>],
    ),
  )

const rateOf = ({ rateWad }: PointReport): string =>
  rateWad === null ? UNKNOWN : fixed(BigInt(rateWad), 18, 12)

const yieldOf = ({ apyWad }: { readonly apyWad: string | null }): string =>
  apyWad === null ? UNKNOWN : percent(BigInt(apyWad))

function pointsTable(pools: readonly PoolHistory[], hasWindow: boolean): string {
  const columns = pools.flatMap(({ token, unit }) => [
    { title: `${unit} per ${token}`, align: 'right' } as const,
    ...(hasWindow ? [{ title: 'APY', align: 'right' } as const] : []),
  ])
  const rows = (pools[0]?.points ?? []).map(({ block, time }, index) => [
    fixed(BigInt(block), 0, 0),
    time,
    ...pools.flatMap(({ points }) => {
      const point = points[index]
      if (point === undefined) return [UNKNOWN, ...(hasWindow ? [UNKNOWN] : [])]
      return [rateOf(point), ...(hasWindow ? [yieldOf(point)] : [])]
    }),
  ])
  return textTable([{ title: 'Block', align: 'right' }, { title: 'Time' }, ...columns], rows)
}

/** How many changes of rate a yield rests on; nothing of a rate that moves all the time. */
function countWords({ steps, evidence }: LatestYield): string {
  if (steps === null) return ''
  return `, ${steps} ${evidence === 'reports' ? 'report' : 'change'}${steps === '1' ? '' : 's'}`
}

const bandOf = ({ apyLowWad, apyHighWad }: LatestYield): YieldBand | undefined =>
  apyLowWad === null || apyHighWad === null ? undefined : { low: BigInt(apyLowWad), high: BigInt(apyHighWad) }

/** How far a yield may be off, where reports were read. */
function surenessWords(apy: Wad, band: YieldBand | undefined): string {
  if (band === undefined) return ''
  const off = farthest(apy, band)
  return off === 0n ? ', exact' : `, ±${percent(off)}`
}

function spreadWords({ spread }: LatestYield): string {
  if (spread === null) return ''
  const { count, medianWad, lowWad, highWad } = spread
  const [median, low, high] = [medianWad, lowWad, highWad].map(wad => percent(BigInt(wad)))
  return `; the ${count} single reports gave a median of ${median}, from ${low} to ${high}`
}

function latestLine({ name, latest }: PoolHistory, hasReports: boolean): string {
  const { apyWad, spanSeconds, fromBlock, toBlock, yieldWhy } = latest
  if (apyWad === null || spanSeconds === null) return `${UNKNOWN} ${name}: ${yieldWhy}`
  const apy = BigInt(apyWad)
  const band = bandOf(latest)
  const over = `${formatSpan(BigInt(spanSeconds))}${countWords(latest)}`
  const blocks = `blocks ${fromBlock} to ${toBlock}`
  if (hasReports)
    return `${name}: implied APY ${percent(apy)} over ${over}${surenessWords(apy, band)}, ${blocks}${spreadWords(latest)}`
  const between =
    band === undefined ? '' : `, between ${percent(band.low)} and ${percent(band.high)} by these samples`
  return `${name}: implied APY ${percent(apy)} over ${over}, ${blocks}${between}`
}

/** Say what is in doubt of the reports behind a history, a sentence each. */
export const historyDoubts = (report: HistoryReport): readonly string[] =>
  findingsInWords(report, report.pools)

/** Write a history for a terminal: a line for each sample, rates in the pool's unit per token. */
export function historyText(report: HistoryReport): string {
  const { pools, head, chainId, windowSeconds, doubts } = report
  const read = pools.filter(({ why }) => why === null)
  const reasons = pools.flatMap(({ name, why }) => (why === null ? [] : [`${UNKNOWN} ${name}: ${why}`]))
  const inDoubt = historyDoubts(report)
  const yields = windowSeconds === null ? [] : ['', ...read.map(own => latestLine(own, doubts !== null))]
  return [
    `Chain ${chainId}, head ${head.block}, ${head.time}`,
    '',
    ...(read.length > 0 ? [pointsTable(read, windowSeconds !== null)] : []),
    ...yields,
    ...(reasons.length > 0 ? ['', ...reasons] : []),
    ...(inDoubt.length > 0 ? ['', ...inDoubt] : []),
  ].join('\n')
}
