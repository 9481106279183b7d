import type { QueryClient } from '@tanstack/react-query'
import { isWhole } from '../chain/readHistory.ts'
import { readPast } from '../chain/readPast.ts'
import { startOfDay } from '../math/day.ts'
import { DAY } from '../math/fixedPoint.ts'
import type { Sample } from '../math/sample.ts'
import { byBlock } from '../math/series.ts'
import type { History } from './history.ts'
import { liveQuery } from './live.ts'
import type { Past, pastKey } from './past.ts'
import type { Session } from './session.ts'

/** A day was asked for that no calendar has. */
export class NoSuchDay extends Error {
  override readonly name = 'NoSuchDay'
  constructor(day: string) {
    super(`${day} is not a day. Write it as year, month and day: 2025-03-01.`)
  }
}

/** The samples of all histories that were read to their end, and thereby reviewed. */
const samplesAtHand = ({ id }: Session, queries: QueryClient): Sample[] =>
  queries
    .getQueriesData<History>({ queryKey: ['history', id] })
    .flatMap(([, history]) => (history?.isComplete === true ? history.samples : []))
    .sort(byBlock)

/** Read the day that a key names; a history at hand that has it saves the questions. */
export async function gatherPast(
  session: Session,
  queries: QueryClient,
  key: ReturnType<typeof pastKey>,
  signal: AbortSignal,
): Promise<Past> {
  const [, , day] = key
  const time = startOfDay(day)
  if (time === undefined) throw new NoSuchDay(day)
  const { client, store, tokenPools } = session
  const known = samplesAtHand(session, queries)
  const sample = known.find(one => one.time >= time && one.time - time <= DAY && isWhole(one, tokenPools))
  if (sample !== undefined) return { kind: 'read', sample, isConfirmed: undefined }
  const head = await queries.fetchQuery(liveQuery(session))
  return readPast(client, store, { pools: tokenPools, head, time, known, signal })
}
