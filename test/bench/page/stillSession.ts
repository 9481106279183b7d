import type { QueryClient } from '@tanstack/react-query'
import { createQueries } from '../../../src/app/App.tsx'
import { readLive } from '../../../src/chain/readLive.ts'
import { nowInSeconds } from '../../../src/format/time.ts'
import { DAY, type Seconds } from '../../../src/math/fixedPoint.ts'
import { poolKey, type TokenPool } from '../../../src/pools/definePool.ts'
import { pools, tokenPools } from '../../../src/pools/index.ts'
import { rocketPool } from '../../../src/pools/rocketPool.ts'
import { agreementQuery } from '../../../src/queries/agreement.ts'
import { type History, historyKey } from '../../../src/queries/history.ts'
import { type Live, liveKey } from '../../../src/queries/live.ts'
import { type Reports, reportsKey } from '../../../src/queries/reports.ts'
import type { Session } from '../../../src/queries/session.ts'
import { RANGES, rangeSeconds, WINDOWS, windowSeconds } from '../../../src/views/state/viewState.ts'
import { createWorld } from '../../views/support/world.ts'
import { type FiveYears, makeFiveYears } from './fiveYears.ts'

/** The one that is missing from fifteen pools with a token. */
const fifteenth: TokenPool = { ...rocketPool, id: 'fifteenth', name: 'Fifteenth' }

const all: readonly TokenPool[] = [...tokenPools, fifteenth]

/** As long as the page asks for by itself. */
const RECENT: Seconds = 100n * DAY

/** What comes before a range, so that its first point has a window. */
const LEAD: Seconds = 2n * DAY

function historyOf({ samples }: FiveYears, live: Live, span: Seconds | undefined): History {
  const kept = samples.filter(({ time }) => span === undefined || time >= live.time - span)
  return { samples: kept, done: kept.length, wanted: kept.length, isComplete: true }
}

function reportsOf({ reports, samples }: FiveYears, live: Live, span: Seconds | undefined): Reports {
  const from = span === undefined ? (samples[0]?.time ?? 0n) : live.time - span
  const kept = [...reports].map(
    ([id, own]) => [id, own.filter(({ log }) => (log.time ?? 0n) >= from)] as const,
  )
  const blocks = (live.time - from) / 12n
  return {
    reports: new Map(kept),
    blockTimes: new Map(),
    covered: [{ from: live.block - blocks, to: live.block }],
    done: blocks,
    wanted: blocks,
    doubts: [],
    confirmed: [],
    malformed: [],
    timesMissing: 0,
    from,
    isComplete: true,
  }
}

/** Everything that the page would have read for any range and window, each as an answer of its own. */
function fill(queries: QueryClient, session: Session, live: Live, data: FiveYears): void {
  queries.setQueryData(liveKey(session), live)
  queries.setQueryData(agreementQuery(session, live).queryKey, null)
  queries.setQueryData(reportsKey(session, { span: RECENT }), reportsOf(data, live, RECENT))
  for (const one of RANGES)
    for (const other of WINDOWS) {
      const [range, window] = [rangeSeconds(one), windowSeconds(other)]
      const span = range === undefined ? undefined : range + window + LEAD
      queries.setQueryData(historyKey(session, { range, window }), historyOf(data, live, span))
      if (span === undefined || span > RECENT)
        queries.setQueryData(reportsKey(session, { span }), reportsOf(data, live, span))
    }
}

/** Make a session that has read fifteen pools over five years, and that nobody answers any more. */
export async function createStillSession() {
  const { session: answered } = createWorld({ id: 'bench' })
  const { samples, reports } = makeFiveYears(all, nowInSeconds())
  const last = samples.at(-1)
  if (last === undefined) throw new TypeError('Five years without a day.')
  const read = await readLive(answered.client, all, { role: 'head' })
  const live: Live = {
    ...read,
    block: last.block,
    time: last.time,
    pools: read.pools.map(own => ({ ...own, reading: last.readings[poolKey(own.pool)] ?? own.reading })),
  }
  const session: Session = {
    ...answered,
    client: { ...answered.client, ask: () => new Promise<never>(() => undefined) },
    pools: [...pools, fifteenth],
    tokenPools: all,
  }
  const queries = createQueries()
  fill(queries, session, live, { samples, reports })
  return { session, queries, points: [...reports.values()].flat().length }
}
