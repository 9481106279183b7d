import { lineSymbol } from '../ui/poolColour.ts'
import type { ChartLine } from './drawing.ts'

type Props = {
  readonly line: Pick<ChartLine, 'colour' | 'dash'>
  /** Without the line: where there is little room. */
  readonly isSymbol?: boolean
}

/** A piece of a line with its symbol, as a legend shows it: colour, dash pattern and shape. */
export function LineMark({ line: { colour, dash }, isSymbol = false }: Props) {
  const { path, isHollow } = lineSymbol(dash)
  const width = isSymbol ? 12 : 34
  return (
    <svg width={width} height="12" aria-hidden="true">
      {isSymbol ? null : <path d="M0,6H34" stroke={colour} strokeWidth="1.75" strokeDasharray={dash} />}
      <path
        d={`M${width / 2},6${path}`}
        stroke={colour}
        strokeWidth="1.5"
        strokeLinejoin="round"
        fill={isHollow ? 'var(--paper)' : colour}
      />
    </svg>
  )
}
