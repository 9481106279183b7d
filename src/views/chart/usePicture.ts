import { useMemo } from 'react'
import type { Seconds } from '../../math/fixedPoint.ts'
import type { Sample } from '../../math/sample.ts'
import type { PoolSeries } from '../overview/poolFigures.ts'
import { type ViewState, WINDOW_LABELS } from '../state/viewState.ts'
import type { Drawing } from './drawing.ts'
import { extentOf, lineOf } from './lines.ts'
import { FORMATS, nameOf, summaryOf } from './measures.ts'
import { isDrawn, type Picture } from './notes.ts'
import { type Drawn, trackOf, valueAt } from './tracks.ts'
import { tipOfValue } from './trackWords.ts'

type Inputs = {
  readonly series: readonly PoolSeries[]
  readonly samples: readonly Sample[]
  readonly view: ViewState
  readonly from: Seconds | undefined
  readonly until: Seconds | undefined
  readonly choose: (from: number, until: number) => void
}

type Whole = Picture & {
  /** Undefined where there is nothing to draw: then `whyNothing` says so. */
  readonly drawing: Drawing | undefined
  readonly whyNothing: string
}

/** Why there is no chart, where something is known of the range. */
function whyNoLine(series: readonly PoolSeries[], { shown, window }: ViewState, isRead: boolean): string {
  if (series.length === 0) return 'No pool is chosen.'
  if (!isRead) return 'No rate has been read in this range.'
  switch (shown) {
    case 'yield':
      return `No yield is known in this range: for a window of ${WINDOW_LABELS[window]} it takes two changes of rate about so far apart.`
    case 'premium':
      return 'No market’s price of these pools has been read in this range.'
    default:
      return 'Nothing has been read in this range.'
  }
}

/** Build what the chart draws. */
export function pictureOf({ series, samples, view, from, until, choose }: Inputs): Whole {
  const { shown, measure } = view
  const drawn: Drawn = { shown, measure, from, samples }
  const extent = extentOf(series, drawn, until)
  const lines = extent === undefined ? [] : series.map(own => lineOf(own, drawn, extent)).filter(isDrawn)
  const window = WINDOW_LABELS[view.window]
  const picture = { series, drawn, extent, lines, window }
  const whyNothing = whyNoLine(series, view, extent !== undefined)
  if (extent === undefined || lines.length === 0) return { ...picture, drawing: undefined, whyNothing }
  const tracks = new Map(series.map(own => [own.pool.id, trackOf(own, drawn)]))
  const format = FORMATS[shown]
  const drawing: Drawing = {
    ...extent,
    lines,
    title: summaryOf(nameOf(view), { lines, extent, format }),
    formatValue: format,
    tipOf: (id, x) => {
      const track = tracks.get(id)
      const [first] = track?.times ?? []
      const moment = BigInt(Math.floor(x))
      if (track === undefined || first === undefined || first > moment) return undefined
      return tipOfValue(valueAt(track, moment), track.own.pool, measure)
    },
    choose,
  }
  return { ...picture, drawing, whyNothing }
}

/** Build what the chart draws, anew only where something changed. */
export function usePicture({ series, samples, view, from, until, choose }: Inputs): Whole {
  return useMemo(
    () => pictureOf({ series, samples, view, from, until, choose }),
    [series, samples, view, from, until, choose],
  )
}
