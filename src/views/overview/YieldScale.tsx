import { chartPercent } from '../../format/number.ts'
import type { YieldBand } from '../../math/window.ts'

type Props = {
  readonly value: bigint
  readonly band: YieldBand | undefined
  /** Percent at both ends of the common scale. */
  readonly scale: readonly [number, number]
  readonly colour: string
}

const WIDTH = 120
const PAD = 6

/** A yield as a dot on the scale that all pools share, its band of uncertainty as a line. */
export function YieldScale({ value, band, scale, colour }: Props) {
  const [low, high] = scale
  const x = (fraction: bigint): number => {
    const share = (chartPercent(fraction) - low) / (high - low)
    return PAD + Math.min(1, Math.max(0, share)) * (WIDTH - 2 * PAD)
  }
  return (
    <svg width={WIDTH} height="20" viewBox={`0 0 ${WIDTH} 20`} aria-hidden="true">
      <line x1={PAD} x2={WIDTH - PAD} y1="10" y2="10" stroke="var(--line)" />
      {band === undefined ? null : (
        <line
          x1={x(band.low)}
          x2={x(band.high)}
          y1="10"
          y2="10"
          stroke={colour}
          strokeWidth="2.5"
          opacity="0.5"
        />
      )}
      <circle cx={x(value)} cy="10" r="4" fill={colour} />
    </svg>
  )
}
