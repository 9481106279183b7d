import { type Course, earnedBetween, inWei, type Mark, type Move, middleOf } from '../../src/math/course.ts'
import { mulDivDown, type Seconds, WAD, type Wad, type Wei } from '../../src/math/fixedPoint.ts'
import { type LotMethod, lotsOf } from '../../src/math/lots.ts'
import { count, whole } from './digits.ts'
import { reportRows } from './vectors.ts'

type Report = { readonly block: bigint; readonly rate: Wad; readonly time: Seconds }

function reportAt(block: bigint): Report {
  const row = reportRows.find(one => one.block === block)
  if (row === undefined) throw new TypeError('A known answer is missing.')
  return row
}

/** Rocket Pool's reports in whose force the tokens of the example come, go and are counted. */
const june = reportAt(20_123_856n)
const dayLater = reportAt(20_131_012n)
const august = reportAt(20_632_311n)
const september = reportAt(20_682_453n)

const moveAt = ({ block, time, rate }: Report, tokens: bigint): Move => ({
  ...{ asset: 'rETH', after: block - 1n, block, since: time, time, units: tokens * WAD, price: undefined },
  rate: { low: rate, high: rate },
})

const markAt = ({ block, time, rate }: Report, tokens: bigint): Mark => ({
  ...{ block, time, price: undefined, units: tokens * WAD, rate },
})

const start = { ...june, block: june.block - 1n }
const moves = [moveAt(june, 10n), moveAt(dayLater, 4n), moveAt(august, -6n)]
const WHOLE = { unread: [], isLate: false, isStale: false } as const
const course: Course = { asset: 'rETH', marks: [markAt(start, 0n), markAt(september, 8n)], moves, ...WHOLE }

/** In wei, rounded down; the examples have no rest. */
const wei = (product: bigint): Wei => mulDivDown(product, 1n, WAD)

const ether = (product: bigint): string => whole(wei(product))

const earnedOf = (any: Course): { low: bigint; high: bigint } => {
  const between = earnedBetween(any, start.block, september.block)
  if (between === undefined) throw new TypeError('The ends were not read.')
  return between
}

const earned = earnedOf(course).low
const step = (tokens: bigint, from: Report, to: Report): bigint => tokens * WAD * (to.rate - from.rate)

/** The same as if only balances at the first and the third report had told that ten came. */
const unseen: Course = {
  asset: 'rETH',
  marks: [markAt(start, 0n), markAt(september, 10n)],
  moves: [
    {
      ...moveAt(august, 10n),
      after: start.block,
      since: start.time,
      rate: { low: june.rate, high: august.rate },
    },
  ],
  ...WHOLE,
}
const { value, doubt } = middleOf(inWei(earnedOf(unseen)))

/** The lines of METHOD.md's example of what a wallet earned. */
export const earnedExample: readonly string[] = [
  `rETH: 10 come at ${whole(june.rate)}, 4 come at ${whole(dayLater.rate)},`,
  `      6 go at ${whole(august.rate)}, 8 are left at ${whole(september.rate)}`,
  `  came   = 10 × ${whole(june.rate)} + 4 × ${whole(dayLater.rate)} = ${ether(10n * WAD * june.rate + 4n * WAD * dayLater.rate)} ETH`,
  `  went   = 6 × ${whole(august.rate)} = ${ether(6n * WAD * august.rate)} ETH`,
  `  worth  = 8 × ${whole(september.rate)} = ${ether(8n * WAD * september.rate)} ETH`,
  `  earned = worth + went − came = ${ether(earned)} ETH`,
  `  by each change of the rate: ${ether(step(10n, june, dayLater))} + ${ether(step(14n, dayLater, august))} + ${ether(step(8n, august, september))} = ${ether(step(10n, june, dayLater) + step(14n, dayLater, august) + step(8n, august, september))} ETH`,
  `10 rETH that came at some time between blocks ${count(june.block)} and ${count(august.block)}, counted in the end:`,
  `  earned = ${whole(value)} ETH ±${whole(doubt)}`,
]

function lotLine(method: LotMethod, name: string): readonly string[] {
  const { disposals, cost, realised, unrealised } = lotsOf(course, method)
  const [sale] = disposals
  if (sale === undefined) throw new TypeError('Nothing went.')
  return [
    `${name}: the 6 had cost ${ether(sale.cost.ether)} ETH, the 8 that are left cost ${ether(cost.ether)} ETH`,
    `  realised ${ether(realised.ether)} ETH, unrealised ${ether(unrealised.ether)} ETH, together ${ether(realised.ether + unrealised.ether)} ETH`,
  ]
}

/** The lines of METHOD.md's example of lots. */
export const lotsExample: readonly string[] = [
  'the same rETH:',
  ...lotLine('fifo', 'first in, first out').map(line => `  ${line}`),
  ...lotLine('average', 'average cost').map(line => `  ${line}`),
]
