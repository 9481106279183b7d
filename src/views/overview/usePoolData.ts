import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useCallback, useDeferredValue, useMemo, useState } from 'react'
import { nowInSeconds } from '../../format/time.ts'
import { DAY, type Seconds } from '../../math/fixedPoint.ts'
import { historyQuery } from '../../queries/history.ts'
import { reportsQuery } from '../../queries/reports.ts'
import { useSession } from '../../queries/session.ts'
import { isOfDevice, type LiveState, useSettledLive } from '../../queries/settledLive.ts'
import { usableRange } from '../state/customRange.ts'
import { rangeSeconds, type ViewState, windowSeconds } from '../state/viewState.ts'
import { useOnline } from '../ui/useOnline.ts'
import type { Past } from './past.ts'
import type { PoolPoints, PoolSeries } from './poolFigures.ts'

const NO_POINTS: readonly PoolPoints[] = []
const NO_SERIES: readonly PoolSeries[] = []

/** Reports of so long are read by themselves; those of a longer range when somebody asks for them. */
const RECENT: Seconds = 100n * DAY

type Chosen = Pick<ViewState, 'range' | 'window'> & Partial<Pick<ViewState, 'from' | 'until'>>

/** The live figures as a page draws them. */
function useShownLive(): LiveState {
  const { live } = useSettledLive()
  // The table is drawn in small steps, which a finger may come between.
  const data = useDeferredValue(live.data)
  const { isError, isFetching, refetch } = live
  // Without a network a notice says so, once for the whole page; a node on this machine may fail by itself.
  const isOnline = useOnline()
  const isTold = data !== undefined && (isOfDevice(live.error) || (!isOnline && data.isRecalled === true))
  const error = isTold ? null : live.error
  return useMemo(
    () => ({ data, error, isError, isFetching, refetch }),
    [data, error, isError, isFetching, refetch],
  )
}

/**
 * The live figures, the history of the chosen range, the reports in it, and what follows from all three: shared by
 * overview and pool page.
 * @param past works out what follows; the overview has it a moment later than its first figures
 */
export function usePoolData(
  { range, window, from: first = '', until: last = '' }: Chosen,
  past: Pick<Past, 'pointsOf' | 'seriesOf'> | undefined,
) {
  const session = useSession()
  const live = useShownLive()
  const now = live.data?.time ?? nowInSeconds()
  const custom = usableRange(first, last, now)
  // Whole days, so that a day's readings share one range.
  const wanted = custom === undefined ? rangeSeconds(range) : ((now - custom.from) / DAY + 1n) * DAY
  const length = windowSeconds(window)
  const inputs = useMemo(() => ({ range: wanted, window: length }), [wanted, length])
  const history = useQuery({
    ...historyQuery(session, inputs),
    // The first figures are painted before anything else is read.
    enabled: live.data !== undefined || live.isError,
    placeholderData: keepPreviousData,
  })
  const [wantsAll, setWantsAll] = useState(false)
  const span = inputs.range === undefined ? undefined : inputs.range + inputs.window + 2n * DAY
  const isShort = span !== undefined && span <= RECENT
  const reports = useQuery({
    // Samples tell where reports are, so they come first: those of this range, as another's may begin later.
    ...reportsQuery(
      session,
      { span: isShort || wantsAll ? span : RECENT },
      history.data?.isComplete === true && !history.isPlaceholderData,
    ),
    placeholderData: keepPreviousData,
  })
  // While samples and reports come in, what the reader does goes first.
  const read = useDeferredValue(history.data)
  const told = useDeferredValue(reports.data)
  const points = useMemo(
    () => past?.pointsOf(session.tokenPools, read, live.data, told) ?? NO_POINTS,
    [past, session.tokenPools, read, live.data, told],
  )
  const series = useMemo(
    () => past?.seriesOf(points, { history: read, live: live.data, window: inputs.window }) ?? NO_SERIES,
    [past, points, read, live.data, inputs.window],
  )
  const from: Seconds | undefined =
    custom?.from ??
    (inputs.range === undefined || live.data === undefined ? undefined : live.data.time - inputs.range)
  // The day of now has not ended: what is drawn ends with the newest reading.
  const until = custom?.until === undefined || custom.until > now ? undefined : custom.until
  const readAll = useCallback(() => setWantsAll(true), [])
  /** Read the reports of the whole range; undefined where they are read anyway. */
  const readAllReports = isShort || wantsAll ? undefined : readAll
  const isCustom = custom !== undefined
  return { session, live, history, read, reports, readAllReports, series, from, until, inputs, now, isCustom }
}
