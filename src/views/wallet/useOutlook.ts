import { useDeferredValue, useMemo } from 'react'
import type { Wallet } from '../../queries/wallet.ts'
import { pointsOf, seriesOf } from '../overview/poolFigures.ts'
import { usePoolData } from '../overview/usePoolData.ts'
import { useViewState } from '../state/viewState.ts'
import { type WindowOutlook, windowOutlook } from './outlook.ts'

/** Here nothing is late: the page of a wallet is loaded as a whole. */
const FIGURES = { pointsOf, seriesOf } as const

/** Get what a wallet earns at the present yields of the chosen window. Yields name no wallet. */
export function useOutlook(wallet: Wallet): WindowOutlook {
  const [state] = useViewState()
  const window = useDeferredValue(state.window)
  // The present yield needs no more of the past than the window itself.
  const { series, history, live } = usePoolData({ range: '30d', window }, FIGURES)
  const isRead = history.data?.isComplete === true || history.isError
  return useMemo(
    () => windowOutlook(wallet, { series, isRead, window, live: live.data }),
    [wallet, series, isRead, window, live.data],
  )
}
