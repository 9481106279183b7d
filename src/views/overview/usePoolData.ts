import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useMemo } from 'react'
import type { Seconds } from '../../math/fixedPoint.ts'
import { historyQuery } from '../../queries/history.ts'
import { useSession } from '../../queries/session.ts'
import { useSettledLive } from '../../queries/settledLive.ts'
import { rangeSeconds, type ViewState, windowSeconds } from '../state/viewState.ts'
import type { PoolSeries } from './poolFigures.ts'

type SeriesOf = typeof import('./poolFigures.ts').seriesOf

const NONE: readonly PoolSeries[] = []

/**
 * The live figures, the history of the chosen range, and what follows from both: shared by overview and pool page.
 * @param seriesOf works out what follows; the overview has it a moment later than its first figures
 */
export function usePoolData(
  { range, window }: Pick<ViewState, 'range' | 'window'>,
  seriesOf: SeriesOf | undefined,
) {
  const session = useSession()
  const { live } = useSettledLive()
  const inputs = { range: rangeSeconds(range), window: windowSeconds(window) }
  const history = useQuery({ ...historyQuery(session, inputs), placeholderData: keepPreviousData })
  // While samples come in, what the reader does goes first.
  const read = useDeferredValue(history.data)
  const series = useMemo(
    () => seriesOf?.(session.tokenPools, read, live.data, inputs.window) ?? NONE,
    [seriesOf, session.tokenPools, read, live.data, inputs.window],
  )
  const from: Seconds | undefined =
    inputs.range === undefined || live.data === undefined ? undefined : live.data.time - inputs.range
  return { session, live, history, read, series, from, inputs }
}
