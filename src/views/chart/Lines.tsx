import type { ChartRow } from '../../format/chartRows.ts'
import type { ChartLine } from './drawing.ts'
import { type Extent, type Plot, pixel, usePlot } from './plot.ts'

/** The path of one line: a stair goes on to the next time before it rises or falls, and a gap begins another piece. */
function pathOf(rows: readonly ChartRow[], index: number, { plot, isStairs }: Drawn): string {
  let path = ''
  let before: string | undefined
  for (const { x, values } of rows) {
    const value = values[index]
    if (typeof value !== 'number') {
      before = undefined
      continue
    }
    const [left, top] = [pixel(plot.xOf(x)), pixel(plot.yOf(value))]
    if (before === undefined) path += `M${left},${top}`
    else if (!isStairs) path += `L${left},${top}`
    else path += before === top ? `H${left}` : `H${left}V${top}`
    before = top
  }
  return path
}

type Drawn = { readonly plot: Plot; readonly isStairs: boolean }

type Props = {
  readonly lines: readonly ChartLine[]
  readonly rows: readonly ChartRow[]
  readonly extent: Extent
}

/** The lines themselves. recharts' own take three times as long, for labels and dots that there are none of. */
export function Lines({ lines, rows, extent }: Props) {
  const plot = usePlot(extent)
  if (plot === undefined) return null
  return lines.map(({ id, colour, dash, isStairs }, index) => (
    <path
      key={id}
      data-line={id}
      d={pathOf(rows, index, { plot, isStairs })}
      stroke={colour}
      strokeWidth="1.75"
      strokeDasharray={dash}
      strokeLinejoin="round"
      fill="none"
    />
  ))
}
