import { usePlotArea } from 'recharts'

/** What the axes span: times in seconds since 1970, values as they are drawn. */
export type Extent = {
  readonly from: number
  readonly until: number
  readonly low: number
  readonly high: number
}

/** Where times and values lie in the chart, in pixels from its upper left corner. */
export type Plot = {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly foot: number
  readonly xOf: (time: number) => number
  readonly yOf: (value: number) => number
}

/** Get where the plot lies; undefined until the chart knows its size. */
export function usePlot({ from, until, low, high }: Extent): Plot | undefined {
  const area = usePlotArea()
  if (area === undefined) return undefined
  const { x, y, width, height } = area
  return {
    left: x,
    right: x + width,
    top: y,
    foot: y + height,
    xOf: time => x + ((time - from) / (until - from || 1)) * width,
    yOf: value => y + ((high - value) / (high - low || 1)) * height,
  }
}

/** Pixels to a tenth: more cost bytes and are not seen. */
export const pixel = (value: number): string => value.toFixed(1)
