import { readHistory } from '../../../src/chain/readHistory.ts'
import { readLive as readLiveOf } from '../../../src/chain/readLive.ts'
import type { YieldMeasure } from '../../../src/math/chartSeries.ts'
import { DAY, type Seconds } from '../../../src/math/fixedPoint.ts'
import type { RatePoint } from '../../../src/math/series.ts'
import type { WindowYield } from '../../../src/math/window.ts'
import type { TokenPool } from '../../../src/pools/definePool.ts'
import type { History } from '../../../src/queries/history.ts'
import type { Live, LivePool } from '../../../src/queries/live.ts'
import type { Reports } from '../../../src/queries/reports.ts'
import { type PoolSeries, pointsOf, seriesOf } from '../../../src/views/overview/poolFigures.ts'
import { type TableRow, tableRows } from '../../../src/views/overview/tableRows.ts'
import type { World } from './world.ts'

export const readLive = ({ session: { client, tokenPools } }: World): Promise<Live> =>
  readLiveOf(client, tokenPools, { role: 'head' })

/** Read 80 days of history to its end. */
async function readWhole({ session }: World, head: Live): Promise<History> {
  const request = { pools: session.tokenPools, head, span: 80n * DAY, windows: [] }
  let whole: History = { samples: [], done: 0, wanted: 0, isComplete: true }
  for await (const progress of readHistory(session.client, session.store, request))
    whole = { ...progress, isComplete: true }
  return whole
}

type Figures = {
  readonly live: Live
  readonly history: History
  readonly series: readonly PoolSeries[]
  readonly rows: readonly TableRow[]
}

type Inputs = {
  readonly history: History | undefined
  readonly live: Live
  readonly window: Seconds
  readonly reports?: Reports
}

/** Work out the series of some pools, as the page does. */
export const seriesFrom = (
  pools: readonly TokenPool[],
  { history, live, window, reports }: Inputs,
): readonly PoolSeries[] => seriesOf(pointsOf(pools, history, live, reports), { history, live, window })

/** Read a world and work out the rows of the table, as the overview does. */
export async function readFigures(
  world: World,
  measure: YieldMeasure = 'apy',
  window: Seconds = 30n * DAY,
): Promise<Figures> {
  const live = await readLive(world)
  const history = await readWhole(world, live)
  const series = seriesFrom(world.session.tokenPools, { history, live, window })
  const rows = tableRows({ live, history, series, measure, from: live.time - 30n * DAY })
  return { live, history, series, rows }
}

/** Find a pool in what was read. */
export function livePoolOf({ pools }: Live, id: string): LivePool {
  const found = pools.find(({ pool }) => pool.id === id)
  if (found === undefined) throw new Error(`${id} was not read`)
  return found
}

/** Find a pool's row. */
export function rowOf(rows: readonly TableRow[], id: string): TableRow {
  const found = rows.find(({ pool }) => pool.id === id)
  if (found === undefined) throw new Error(`${id} has no row`)
  return found
}

const end = (
  measuredAt: Seconds,
  notBefore: Seconds | undefined,
  block: bigint,
  rate: bigint,
): RatePoint => ({
  measuredAt,
  notBefore,
  landedAt: measuredAt,
  block,
  rate,
  evidence: 'sample',
})

/** Midnight of 1 July 2026, UTC. */
const JULY = 1_782_864_000n

/** A yield by hand: a rate of 1 at block 10 and of 1.003 at block 40, thirty days apart, each seen a day late at most. */
export const thirtyDays = (change: Partial<WindowYield> = {}): WindowYield => ({
  start: end(JULY, JULY - DAY, 10n, 10n ** 18n),
  end: end(JULY + 30n * DAY, JULY + 29n * DAY, 40n, 1_003n * 10n ** 15n),
  span: 30n * DAY,
  steps: 30,
  apr: 36_500_000_000_000_000n,
  apy: 37_117_633_588_540_305n,
  ...change,
})
