/** Give the draw number `index` of a stream: 32 bits by mulberry32, the same for the same three integers. */
function draw(seed: number, stream: number, index: number): bigint {
  let state = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(stream, 0x85ebca6b)) + Math.imul(index, 0x6d2b79f5)
  state = Math.imul(state ^ (state >>> 15), state | 1)
  state ^= state + Math.imul(state ^ (state >>> 7), state | 61)
  return BigInt((state ^ (state >>> 14)) >>> 0)
}

/**
 * Draw an integer from `low` to `high`, both included.
 *
 * Draws have no state: draw 7 of a stream is the same whether or not draw 6 was asked for, so that a history can be
 * worked out backwards from its end and carried on beyond it.
 */
export function drawBetween(seed: number, stream: number, index: number, low: bigint, high: bigint): bigint {
  return low + ((draw(seed, stream, index) * (high - low + 1n)) >> 32n)
}

/** Give a triangular wave at `index`: from -amplitude to amplitude and back once in a period. */
export function wave(index: number, period: number, amplitude: bigint): bigint {
  const position = BigInt(((index % period) + period) % period)
  const half = BigInt(period) / 2n
  const height = position < half ? position : BigInt(period) - position
  return (amplitude * (2n * height - half)) / half
}
