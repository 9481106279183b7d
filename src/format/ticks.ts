/** Round numbers within a range, at most `most` of them: steps of 1, 2, 2.5 or 5 times a power of ten. */
export function valueTicks(low: number, high: number, most: number): number[] {
  if (!(high > low)) return [low]
  const rough = (high - low) / (most - 1)
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 2.5, 5, 10].find(factor => factor * power >= rough) ?? 10) * power
  const first = Math.floor(low / step)
  const last = Math.ceil(high / step)
  // Each from its own multiple, so that no rounding error adds up along the axis.
  return Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  )
}

const DAY = 86_400

const monthsFrom = (start: Date, stride: number, until: number): number[] => {
  const ticks: number[] = []
  for (let month = start.getUTCMonth() + 1; ; month += 1) {
    const time = Date.UTC(start.getUTCFullYear(), month, 1) / 1000
    if (time > until) return ticks
    if (new Date(time * 1000).getUTCMonth() % stride === 0) ticks.push(time)
  }
}

/** Times for an axis in seconds since 1970: starts of months over long ranges, of days over short ones. */
export function timeTicks(from: number, until: number, most: number): number[] {
  const days = (until - from) / DAY
  if (days > 150) {
    const stride = [1, 2, 3, 6, 12].find(months => days / 30.4 / months <= most) ?? 12
    return monthsFrom(new Date(from * 1000), stride, until)
  }
  const stride = Math.max(1, Math.ceil(days / most)) * DAY
  const ticks: number[] = []
  for (let time = Math.ceil(from / DAY) * DAY; time <= until; time += stride) ticks.push(time)
  return ticks
}
