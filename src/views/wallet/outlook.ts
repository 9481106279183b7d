import { DAY, YEAR } from '../../math/fixedPoint.ts'
import { isYield, type WindowYield } from '../../math/window.ts'
import type { Live } from '../../queries/live.ts'
import { type Outlook, outlookOf, type Prospect } from '../../queries/outlook.ts'
import type { Wallet } from '../../queries/wallet.ts'
import { type PoolSeries, WHY_NO_YIELD, yieldOf } from '../overview/poolFigures.ts'
import type { Window } from '../state/viewState.ts'

/** Times over which earnings are projected. */
export const SPANS = [
  { id: 'day', label: 'Earns a day', words: 'a day', span: DAY },
  { id: 'month', label: 'In 30 days', words: 'in 30 days', span: 30n * DAY },
  { id: 'year', label: 'A year', words: 'a year', span: YEAR },
] as const

export type Span = (typeof SPANS)[number]

type OwnYield = { readonly series: PoolSeries; readonly result: WindowYield }

export type WindowProspect = Prospect<OwnYield>

/** What is expected of a wallet at the yields of a window. */
export type WindowOutlook = Outlook<OwnYield> & {
  readonly window: Window
  readonly live: Live | undefined
}

type Inputs = {
  readonly series: readonly PoolSeries[]
  /** Whether all of the past that can be read has been. */
  readonly isRead: boolean
  readonly window: Window
  readonly live: Live | undefined
}

const READING = 'The rates of the past are still being read.'

/** Work out what a wallet's holdings earn at the yields of the last window. */
export function windowOutlook(wallet: Wallet, { series, isRead, window, live }: Inputs): WindowOutlook {
  const ownYield = (poolId: string | undefined): OwnYield | { readonly why: string } => {
    const own = series.find(({ pool }) => pool.id === poolId)
    if (own === undefined) return { why: READING }
    const result = yieldOf(own)
    if (isYield(result)) return { series: own, result }
    return { why: isRead ? WHY_NO_YIELD[result.why] : READING }
  }
  return { ...outlookOf(wallet, { yieldOf: ownYield, live }), window, live }
}
