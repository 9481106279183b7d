type Props = { readonly values: readonly (number | null)[]; readonly colour: string }

const WIDTH = 92
const HEIGHT = 22
const PAD = 2

/** A line without axes; a value that is not known leaves a gap. Hidden from readers who have the column beside it. */
export function Sparkline({ values, colour }: Props) {
  const known = values.filter(value => value !== null)
  const [low, high] = [Math.min(...known), Math.max(...known)]
  const scale = high > low ? (HEIGHT - 2 * PAD) / (high - low) : 0
  const step = values.length > 1 ? WIDTH / (values.length - 1) : 0
  let isDrawing = false
  const path = values
    .map((value, index) => {
      if (value === null) {
        isDrawing = false
        return ''
      }
      const command = isDrawing ? 'L' : 'M'
      isDrawing = true
      const y = scale === 0 ? HEIGHT / 2 : HEIGHT - PAD - (value - low) * scale
      return `${command}${(index * step).toFixed(1)} ${y.toFixed(1)}`
    })
    .join('')
  return (
    <svg width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      {known.length < 2 ? null : (
        <path d={path} fill="none" stroke={colour} strokeWidth="1.5" strokeLinejoin="round" />
      )}
    </svg>
  )
}
