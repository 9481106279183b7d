import { type ReactNode, useId } from 'react'
import { formatDay, formatSpan } from '../../format/time.ts'
import styles from './Crosshair.module.css'
import type { Drawing } from './drawing.ts'
import type { Extent } from './plot.ts'
import { spoken, Tip } from './Tip.tsx'
import { type Marked, useCrosshair } from './useCrosshair.ts'

type Inset = { readonly top: number; readonly right: number; readonly bottom: number; readonly left: number }

type Props = {
  readonly drawing: Drawing
  readonly extent: Extent
  /** From the edges of the chart to its plot, in pixels. */
  readonly inset: Inset
  readonly children: ReactNode
}

const wordsOf = ({ from, until }: Marked): string => {
  const [start, end] = [BigInt(from), BigInt(until)]
  return `${formatDay(start)} – ${formatDay(end)}, ${formatSpan(end - start)}`
}

/**
 * A chart with a crosshair that pointer and keys move, and a span that they mark. It draws on top: what lies under it
 * is not drawn anew.
 */
export function Crosshair({ drawing, extent, inset, children }: Props) {
  const { crosshair, marked, keys, pointer } = useCrosshair(drawing, extent)
  const help = useId()
  const { from, until, high, low } = extent
  const partOf = (time: number): number => (time - from) / (until - from || 1)
  const percent = (part: number): string => `${(part * 100).toFixed(3)}%`
  return (
    <div
      className={styles['chart']}
      role="application"
      aria-label={drawing.title}
      aria-describedby={help}
      {...keys}
    >
      {children}
      <p id={help} className="visually-hidden">
        The arrow keys move through time and from line to line, with Shift they mark a span; Enter shows only
        that span, Escape clears it.
      </p>
      <p className="visually-hidden" aria-live="polite">
        {crosshair?.isByKey === true ? spoken(crosshair) : ''}
        {crosshair?.isByKey === true && marked !== undefined ? ` Marked: ${wordsOf(marked)}.` : ''}
      </p>
      <div className={styles['plot']} style={inset} {...pointer}>
        {marked === undefined ? null : (
          <div
            className={styles['marked']}
            style={{ left: percent(partOf(marked.from)), right: percent(1 - partOf(marked.until)) }}
          >
            <span data-end={partOf(marked.from) > 0.5 ? '' : undefined}>{wordsOf(marked)}</span>
          </div>
        )}
        {crosshair === undefined ? null : (
          <>
            <i className={styles['hair']} style={{ left: percent(partOf(crosshair.at)) }} />
            {crosshair.readings.map(({ line, value }) =>
              value === null ? null : (
                <i
                  key={line.id}
                  className={styles['dot']}
                  style={{
                    left: percent(partOf(crosshair.at)),
                    top: percent((high - value) / (high - low || 1)),
                    background: line.colour,
                  }}
                />
              ),
            )}
            <div
              className={styles['beside']}
              data-end={partOf(crosshair.at) > 0.5 ? '' : undefined}
              style={
                {
                  '--at': percent(partOf(crosshair.at)),
                  '--left': `${inset.left}px`,
                  '--right': `${inset.right}px`,
                } as object
              }
            >
              <Tip {...crosshair} />
            </div>
          </>
        )}
      </div>
    </div>
  )
}
