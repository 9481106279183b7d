import { formatSpan } from '../../format/time.ts'
import { fixed, percent, UNKNOWN } from './figures.ts'
import type { HistoryReport, PointReport, PoolHistory } from './history.ts'
import { csvOf, textTable } from './table.ts'

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

function latestLine({ name, latest }: PoolHistory): string {
  const { apyWad, apyLowWad, apyHighWad, spanSeconds, fromBlock, toBlock, yieldWhy } = latest
  if (apyWad === null || spanSeconds === null) return `${UNKNOWN} ${name}: ${yieldWhy}`
  const band =
    apyLowWad === null || apyHighWad === null
      ? ''
      : `, between ${percent(BigInt(apyLowWad))} and ${percent(BigInt(apyHighWad))} by these samples`
  return `${name}: implied APY ${percent(BigInt(apyWad))} over ${formatSpan(BigInt(spanSeconds))}, blocks ${fromBlock} to ${toBlock}${band}`
}

/** Write a history for a terminal: a line for each sample, rates in the pool's unit per token. */
export function historyText({ pools, head, chainId, windowSeconds }: HistoryReport): string {
  const read = pools.filter(({ why }) => why === null)
  const reasons = pools.flatMap(({ name, why }) => (why === null ? [] : [`${UNKNOWN} ${name}: ${why}`]))
  const yields = windowSeconds === null ? [] : ['', ...read.map(latestLine)]
  return [
    `Chain ${chainId}, head ${head.block}, ${head.time}`,
    '',
    ...(read.length > 0 ? [pointsTable(read, windowSeconds !== null)] : []),
    ...yields,
    ...(reasons.length > 0 ? ['', ...reasons] : []),
  ].join('\n')
}
