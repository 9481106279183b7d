const FACTORS = [1, 2, 2.5, 5]

/** Round numbers that cover a range, at most `most` (three or more): steps of 1, 2, 2.5 or 5 times a power of ten. */
export function valueTicks(low: number, high: number, most: number): number[] {
  if (!(high > low)) return [low]
  const rough = (high - low) / (most - 1)
  const power = 10 ** Math.floor(Math.log10(rough))
  const steps = [1, 10, 100].flatMap(tens => FACTORS.map(factor => factor * tens * power))
  const ends = (step: number): [number, number] => [Math.floor(low / step), Math.ceil(high / step)]
  // Both ends are rounded outwards, which may take a step more than the range alone.
  const fits = ([first, last]: [number, number]): boolean => last - first < most
  const step = steps.find(size => size >= rough && fits(ends(size))) ?? 100 * power
  const [first, last] = ends(step)
  // Each from its own multiple, so that no rounding error adds up along the axis.
  return Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  )
}

/** So often may an axis be made wider before its ends are taken as they are. */
const MOST_WIDENED = 20

/**
 * Ticks as `valueTicks`, fewer where two of them would be written alike; the two ends are always there. Values that
 * are all written alike get a wider axis.
 */
export function writtenTicks(
  [low, high]: readonly [number, number],
  most: number,
  write: (value: number) => string,
): number[] {
  const differ = (ticks: readonly number[]): boolean =>
    new Set(ticks.map(tick => write(tick))).size === ticks.length
  const endsOf = (ticks: readonly number[]): number[] => [
    ...new Set([ticks.at(0) ?? low, ticks.at(-1) ?? high]),
  ]
  for (let widened = 0; widened <= MOST_WIDENED; widened += 1) {
    const room = (high - low) * (2 ** widened - 1)
    for (let count = most; count >= 3; count -= 1) {
      const ticks = valueTicks(low - room, high + room, count)
      if (differ(ticks)) return ticks
      if (count === 3 && differ(endsOf(ticks))) return endsOf(ticks)
    }
  }
  return endsOf(valueTicks(low, high, 3))
}

/** How many decimals tell values apart: none where all of them are whole, at most `most`. */
export function decimalsOf(values: readonly number[], most: number): number {
  for (let decimals = 0; decimals < most; decimals += 1) {
    const scale = 10 ** decimals
    if (values.every(value => Math.abs(value * scale - Math.round(value * scale)) < 1e-6)) return decimals
  }
  return most
}

const HOUR = 3_600
const DAY = 24 * HOUR

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

/** How far one press of an arrow key goes: about a hundredth of a range, in whole days or, over a few days, one hour. */
export function timeStep(from: number, until: number): number {
  const span = until - from
  return span < 10 * DAY ? HOUR : Math.ceil(span / 100 / DAY) * DAY
}

/** The next time that is a multiple of a step, or the one before. */
export const nextTime = (time: number, step: number, direction: 1 | -1): number =>
  direction > 0 ? (Math.floor(time / step) + 1) * step : (Math.ceil(time / step) - 1) * step
