import { describe, expect, test } from 'vitest'
import type { ClockPoint } from '../../src/math/blockClock.ts'
import { DAY } from '../../src/math/fixedPoint.ts'
import {
  recordSample,
  type SamplingWish,
  samplingProgress,
  samplingStep,
  startSampling,
  takeNextBlock,
  wantedTimes,
} from '../../src/math/samplingPlan.ts'

/** A chain as the plan meets it: it only ever learns the times of blocks that it has asked for. */
type Chain = {
  readonly head: bigint
  readonly grid: bigint
  readonly firstBlock: bigint
  /** Blocks whose time is known beforehand. */
  readonly known?: readonly bigint[]
  readonly timeOf: (block: bigint) => bigint
}

const draw = (seed: bigint, index: bigint, most: bigint): bigint =>
  (((index + 7n) * 6_364_136_223_846_793_005n + seed * 1_442_695_040_888_963_407n) % 1_000_003n) % most

/** Mainnet: 13.4 s a block before the Merge, 12.06 s since, both uneven by up to half an hour a day. */
function mainnetLike(daysLater = 0n): Chain {
  const [merge, mergeTime] = [15_537_394n, 1_663_224_179n]
  const timeOf = (block: bigint): bigint => {
    const jitter = draw(3n, block / 7_200n, 1_800n)
    if (block < merge) return mergeTime - ((merge - block) * 134n) / 10n + jitter
    return mergeTime + ((block - merge) * 1_206n) / 100n + jitter
  }
  return {
    head: 26_060_123n + daysLater * 7_164n,
    grid: 7_200n,
    firstBlock: 11_225_126n,
    known: [merge],
    timeOf,
  }
}

/** The embedded chain: a block or two a day, hours off, and then a tail of blocks of 12 s. */
function embeddedLike(options: { tail: bigint; seed: bigint; days?: bigint; perDay?: bigint }): Chain {
  const { tail, seed, days = 1_095n, perDay = 1n } = options
  const start = 1_600_000_000n
  const lastDaily = days * perDay
  const timeOf = (block: bigint): bigint => {
    if (block > lastDaily) return timeOf(lastDaily) + (block - lastDaily) * 12n
    // The second block of a day lands a quarter of an hour after the first.
    const day = (block - 1n) / perDay
    return start + day * DAY + draw(seed, day, 14_400n) + ((block - 1n) % perDay) * 900n
  }
  return { head: lastDaily + tail, grid: 1n, firstBlock: 1n, timeOf }
}

type Visit = {
  readonly chain: Chain
  readonly span: bigint | undefined
  readonly windows?: readonly bigint[]
  readonly stored?: readonly bigint[]
  readonly workers?: number
}

/** A reader that answers in an order of its own, as several endpoints would. */
function visit({ chain, span, windows = [30n * DAY], stored = [], workers = 1 }: Visit) {
  const point = (block: bigint): ClockPoint => ({ block, time: chain.timeOf(block) })
  const head = point(chain.head)
  const first = point(chain.firstBlock)
  const from = span === undefined || head.time - span < first.time ? first.time : head.time - span
  const anchors = [head.time, ...windows.map(window => head.time - window)]
  const wish: SamplingWish = {
    from,
    until: head.time,
    grid: chain.grid,
    firstBlock: chain.firstBlock,
    anchors,
  }
  const state = startSampling(wish, [first, ...(chain.known ?? []).map(point), point(chain.head - 64n), head])
  for (const block of stored.filter(block => chain.timeOf(block) >= from - DAY))
    recordSample(state, point(block))
  recordSample(state, head)
  const reads: bigint[] = []
  const start = (): void => {
    while (state.underWay.size < workers) {
      const next = takeNextBlock(state)
      if (next === undefined) return
      reads.push(next.block)
      expect(reads.length, 'a plan that does not end').toBeLessThan(3_000)
    }
  }
  for (start(); state.underWay.size > 0; start()) {
    const pending = [...state.underWay]
    const answered = pending[reads.length % pending.length]
    if (answered === undefined) break
    recordSample(state, point(answered[1]))
    state.underWay.delete(answered[0])
  }
  return { reads, state, wish, from, head }
}

/** The longest stretch of a range without a sample, its ends included. */
function largestGap(times: readonly bigint[], from: bigint, until: bigint): bigint {
  const inside = times.filter(time => time > from && time < until)
  const sorted = [from, ...inside, until].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  return sorted.slice(1).reduce((largest, time, index) => {
    const gap = time - (sorted[index] ?? time)
    return gap > largest ? gap : largest
  }, 0n)
}

const chains: readonly (readonly [string, Chain])[] = [
  ['mainnet', mainnetLike()],
  ['the embedded chain, 64 blocks of tail', embeddedLike({ tail: 64n, seed: 1n })],
  ['the embedded chain, 300 blocks of tail', embeddedLike({ tail: 300n, seed: 2n })],
  ['the embedded chain with two blocks a day', embeddedLike({ tail: 70n, seed: 3n, perDay: 2n })],
]
const spans: readonly (readonly [string, bigint | undefined])[] = [
  ['30 days', 30n * DAY],
  ['90 days', 90n * DAY],
  ['a year', 365n * DAY],
  ['all', undefined],
]
const cases = chains.flatMap(([name, chain]) => spans.map(([range, span]) => ({ name, chain, range, span })))

describe('a whole reading', () => {
  test.each(cases)('behavior: $range of $name ends with every wanted time served', ({ chain, span }) => {
    for (const workers of [1, 8]) {
      const { reads, state, wish } = visit({ chain, span, workers })
      const { done, wanted } = samplingProgress(state)
      expect(done).toBe(wanted)
      expect(new Set(reads).size, 'a block read twice').toBe(reads.length)
      expect(reads.every(block => block % chain.grid === 0n)).toBe(true)
      expect(reads.every(block => block >= wish.firstBlock && block < chain.head)).toBe(true)
    }
  })

  test.each(cases)('behavior: $range of $name has a sample near every wanted time', ({ chain, span }) => {
    const { state, wish } = visit({ chain, span })
    const step = samplingStep(wish.from, wish.until)
    const times = state.sampled.map(({ time }) => time)
    // Where the chain has no block nearer, a day and its unevenness is the best there is.
    const reach = step > DAY ? step : DAY
    for (const time of wantedTimes(wish))
      expect(times.some(at => at - time <= reach && time - at <= reach)).toBe(true)
  })

  test.each(cases)('behavior: $range of $name has its shape after 24 answers', ({ chain, span }) => {
    const { reads, wish, from, head } = visit({ chain, span })
    const near = reads.filter(block => {
      const time = chain.timeOf(block)
      return wish.anchors.some(anchor => time - anchor <= 2n * DAY && anchor - time <= 3n * DAY)
    })
    const shape = reads.slice(0, 24 + near.length).map(chain.timeOf)
    const most = (head.time - from) / 6n
    expect(largestGap(shape, from, head.time)).toBeLessThan(most > 2n * DAY ? most : 2n * DAY)
  })

  test('behavior: a year of mainnet takes at most 365 answers beside the head', () => {
    for (const workers of [1, 3, 8])
      expect(visit({ chain: mainnetLike(), span: 365n * DAY, workers }).reads.length).toBeLessThanOrEqual(365)
  })

  test.each(chains)('behavior: a year of %s takes a few guesses more at most', (_, chain) => {
    // One block for each day and both ends, and a few until it is known where the blocks of 12 s begin.
    for (const workers of [1, 3, 8])
      expect(visit({ chain, span: 365n * DAY, workers }).reads.length).toBeLessThanOrEqual(370)
  })

  test.each(chains)('behavior: all of %s takes at most 400 answers', (_, chain) => {
    for (const workers of [1, 8])
      expect(visit({ chain, span: undefined, workers }).reads.length).toBeLessThanOrEqual(400)
  })

  test('behavior: any tail and any unevenness stays within the budget', () => {
    for (let seed = 10n; seed < 30n; seed += 1n) {
      const chain = embeddedLike({ tail: 64n + seed * 8n, seed, perDay: 1n + (seed % 2n) })
      expect(visit({ chain, span: 365n * DAY, workers: 8 }).reads.length).toBeLessThanOrEqual(370)
    }
  })

  test('behavior: a tail of thousands of blocks is not read block by block', () => {
    for (const tail of [2_000n, 10_000n, 40_000n]) {
      const chain = embeddedLike({ tail, seed: 3n, perDay: 2n })
      for (const workers of [1, 8])
        expect(visit({ chain, span: 365n * DAY, workers }).reads.length).toBeLessThanOrEqual(460)
    }
  })

  test('behavior: a chain shorter than the range is read as far as it goes', () => {
    const chain = embeddedLike({ tail: 70n, seed: 4n, days: 40n })
    const year = visit({ chain, span: 365n * DAY })
    expect(year.reads.toSorted()).toEqual(visit({ chain, span: undefined }).reads.toSorted())
    expect(new Set(year.reads).size).toBe(year.reads.length)
    expect(
      largestGap(
        year.state.sampled.map(({ time }) => time),
        year.from,
        year.head.time,
      ),
    ).toBeLessThan(2n * DAY)
  })

  test('behavior: a chain of a few blocks is read too', () => {
    const chain = embeddedLike({ tail: 65n, seed: 5n, days: 1n })
    const { state } = visit({ chain, span: undefined })
    expect(samplingProgress(state).done).toBe(samplingProgress(state).wanted)
  })
})

describe('order', () => {
  test('default: the windows that the page shows first are served first', () => {
    const chain = mainnetLike()
    const windows = [30n * DAY, 90n * DAY]
    const { reads, head } = visit({ chain, span: 365n * DAY, windows })
    const near = (age: bigint) => (block: bigint) => {
      const away = chain.timeOf(block) - (head.time - age)
      return away <= 2n * DAY && away >= -3n * DAY
    }
    const early = reads.slice(0, 9)
    expect(early.every(block => [0n, ...windows].some(age => near(age)(block)))).toBe(true)
    for (const age of windows) expect(early.filter(near(age)).length).toBeGreaterThanOrEqual(2)
  })

  test('behavior: wanted times are days apart at the time of day of the end, each once, within the range', () => {
    const wish: SamplingWish = {
      from: 1_700_000_123n,
      until: 1_700_000_123n + 365n * DAY,
      grid: 7_200n,
      firstBlock: 1n,
      anchors: [1_710_000_000n],
    }
    const step = samplingStep(wish.from, wish.until)
    const times = wantedTimes(wish)
    expect(step).toBe(DAY)
    expect(times).toHaveLength(365)
    expect(new Set(times).size).toBe(365)
    expect(times.every(time => time % step === wish.until % step)).toBe(true)
    expect(times.every(time => time > wish.from && time <= wish.until)).toBe(true)
  })

  test('behavior: a coarser range wants days that any later one wants again', () => {
    const wish = (until: bigint): SamplingWish => ({
      from: 1_500_000_000n,
      until,
      grid: 1n,
      firstBlock: 1n,
      anchors: [],
    })
    const today = 1_700_000_000n
    const days = (until: bigint) => new Set(wantedTimes(wish(until)).map(time => time / DAY))
    const [now, later] = [days(today), days(today + 5n * DAY + 7_000n)]
    expect(samplingStep(1_500_000_000n, today)).toBeGreaterThan(DAY)
    expect([...now].every(day => later.has(day))).toBe(true)
  })

  test('behavior: a range of an instant wants its end and nothing else', () => {
    const wish = { from: 6n, until: 6n, grid: 1n, firstBlock: 1n, anchors: [] }
    expect(wantedTimes(wish)).toEqual([6n])
    const state = startSampling(wish, [{ block: 1n, time: 6n }])
    recordSample(state, { block: 1n, time: 6n })
    expect(takeNextBlock(state)).toBeUndefined()
  })

  test('behavior: the step is a day for a year, and never asks for more than 400', () => {
    expect(samplingStep(0n, 365n * DAY)).toBe(DAY)
    for (const days of [1n, 7n, 30n, 90n, 365n, 399n, 400n, 1_095n, 1_826n, 4_000n]) {
      const step = samplingStep(0n, days * DAY)
      expect((days * DAY) / step).toBeLessThan(400n)
      expect(step % DAY === 0n || DAY % step === 0n).toBe(true)
    }
  })
})

describe('what is known already', () => {
  test.each(spans)('behavior: a second visit at once to %s reads nothing', (_, span) => {
    const chain = mainnetLike()
    const { reads } = visit({ chain, span })
    expect(visit({ chain, span, stored: reads }).reads).toEqual([])
  })

  test('behavior: a visit a day later reads the tail and hardly more', () => {
    const { reads } = visit({ chain: mainnetLike(), span: 365n * DAY })
    const later = visit({ chain: mainnetLike(1n), span: 365n * DAY, stored: reads }).reads
    expect(later.some(block => block > 26_060_123n - 7_200n)).toBe(true)
    expect(later.length).toBeLessThanOrEqual(3)
    expect(later.some(block => reads.includes(block))).toBe(false)
  })

  test('behavior: between two samples only one block is under way, and never the same twice', () => {
    const chain = mainnetLike()
    const known = [22_000_000n, chain.head].map(block => ({ block, time: chain.timeOf(block) }))
    const [from, until] = known.map(({ time }) => time)
    const wish = { from: from ?? 0n, until: until ?? 0n, grid: 7_200n, firstBlock: 1n, anchors: [] }
    const state = startSampling(wish, known)
    for (const point of known) recordSample(state, point)
    const blocks: bigint[] = []
    for (let count = 0; count < 3; count += 1) {
      const { time, block } = takeNextBlock(state) ?? expect.unreachable('nothing to read')
      if (count === 0) expect(takeNextBlock(state)).toBeUndefined()
      recordSample(state, { block, time: chain.timeOf(block) })
      state.underWay.delete(time)
      blocks.push(block)
    }
    for (let next = takeNextBlock(state); next !== undefined; next = takeNextBlock(state))
      blocks.push(next.block)
    expect(blocks.length).toBeGreaterThan(4)
    expect(new Set(blocks).size).toBe(blocks.length)
    const sampled = state.sampled.map(({ block }) => block)
    const brackets = blocks.slice(3).map(block => sampled.filter(one => one < block).length)
    expect(new Set(brackets).size).toBe(brackets.length)
  })

  test('behavior: a year after all that there is reads only what lies between', () => {
    const chain = mainnetLike()
    const all = visit({ chain, span: undefined }).reads
    const year = visit({ chain, span: 365n * DAY }).reads
    const after = visit({ chain, span: 365n * DAY, stored: all }).reads
    const shared = all.filter(block => chain.timeOf(block) > chain.timeOf(chain.head) - 365n * DAY)
    expect(shared.length).toBeGreaterThan(40)
    expect(after.some(block => all.includes(block))).toBe(false)
    expect(after.length).toBeLessThanOrEqual(year.length - shared.length + 3)
  })

  test('behavior: progress counts the wanted times that are served', () => {
    const chain = mainnetLike()
    const head = { block: chain.head, time: chain.timeOf(chain.head) }
    const wish = { from: head.time - 365n * DAY, until: head.time, grid: 7_200n, firstBlock: 1n, anchors: [] }
    const state = startSampling(wish, [head])
    recordSample(state, head)
    const before = samplingProgress(state)
    expect(before.wanted).toBe(365)
    expect(before.done).toBe(1)
    for (let count = 0; count < 3; count += 1) {
      const { time, block } = takeNextBlock(state) ?? expect.unreachable('nothing left to read')
      recordSample(state, { block, time: chain.timeOf(block) })
      state.underWay.delete(time)
    }
    expect(samplingProgress(state).done).toBeGreaterThan(before.done)
  })
})
