import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { keptFigures } from '../chain/recallLive.ts'
import type { LastFigures } from '../math/lastFigures.ts'
import type { History } from './history.ts'
import { lastFiguresPlace, THE_MAINNET } from './lastFigures.ts'
import type { Live } from './live.ts'
import { type Session, useSession } from './session.ts'
import { useSettledLive } from './settledLive.ts'

/** Milliseconds between two keepings of the same chain. */
const SPACING = 60_000

/** The name under which the histories of this session are kept, once one has been read. */
function identityOf({ id }: Session, queries: QueryClient): string | undefined {
  const histories = queries.getQueriesData<History>({ queryKey: ['history', id] })
  return histories.flatMap(([, history]) => history?.identity ?? []).at(0)
}

type Kept = { readonly at: number; readonly identity: string | undefined; readonly session: string }

/** A visit too short for a history leaves the name that an earlier one found: there is one mainnet. */
async function keepIn(session: Session, figures: LastFigures): Promise<void> {
  const place = lastFiguresPlace(session)
  const identity =
    figures.identity ?? (place === THE_MAINNET ? (await session.last.load(place))?.identity : undefined)
  await session.last.keep(place, { ...figures, identity })
}

/** Milliseconds between two tries of what failed: an endpoint at its limit would be kept there. */
const TRY_AFTER = 60_000

/** Read again what stood in for readings that failed, and what failed with them unless that has just been tried. */
function comeBack(queries: QueryClient, triesFailed: boolean): void {
  void queries.invalidateQueries(
    {
      predicate: ({ queryKey: [kind], state }) =>
        (kind === 'history' || kind === 'reports') &&
        ((state.data as { isRecalled?: true } | undefined)?.isRecalled === true ||
          (triesFailed && state.status === 'error')),
    },
    // What is under way goes on.
    { cancelRefetch: false },
  )
}

/**
 * Keep the newest figures for a visit without a network: now and then, and as soon as the chain's name in the archives
 * is known. When live figures come again after a failure, what depends on them is read again too.
 */
export function useKeptFigures(): void {
  const session = useSession()
  const queries = useQueryClient()
  const { live, agreement } = useSettledLive()
  const { data, isError } = live
  const kept = useRef<Kept>(undefined)
  // What operators say of the figures is part of them: nothing is kept before.
  const settled = data?.isRecalled === true || agreement === undefined ? undefined : data
  useEffect(() => {
    if (settled === undefined) return undefined
    const keep = (figures: Live): void => {
      const [at, { id }] = [Date.now(), session]
      const before = kept.current?.session === id ? kept.current : undefined
      const identity = identityOf(session, queries) ?? before?.identity
      if (before !== undefined && at < before.at + SPACING && before.identity === identity) return
      kept.current = { at, identity, session: id }
      // A part of the page that cannot be loaded: nothing is kept yet, and the next block tries again.
      keepIn(session, keptFigures(figures, identity)).catch(() => {
        kept.current = before
      })
    }
    keep(settled)
    return queries.getQueryCache().subscribe(({ query, type }) => {
      if (type === 'updated' && query.queryKey[0] === 'history') keep(settled)
    })
  }, [session, queries, settled])
  const wasAway = useRef(false)
  const triedAt = useRef(0)
  useEffect(() => {
    const isAway = isError || data?.isRecalled === true
    if (wasAway.current && !isAway && data !== undefined) {
      const triesFailed = Date.now() >= triedAt.current + TRY_AFTER
      if (triesFailed) triedAt.current = Date.now()
      comeBack(queries, triesFailed)
    }
    if (isAway || data !== undefined) wasAway.current = isAway
  }, [isError, data, queries])
}
