import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { courseOf, earnedBetween, isExactly, isLocated, type Transfer } from '../../src/math/course.ts'
import { WAD } from '../../src/math/fixedPoint.ts'
import type { Moment } from '../../src/math/moment.ts'
import { evenly, firstHeld, momentBy, nextBlocks, sharpeners } from '../../src/math/walletPlan.ts'
import { follow, type Happening, momentAt, REPORTING, type World } from '../support/walletWorld.ts'

const DAY = 86_400n

/** A year of blocks of two hours; a report every twelve of them, and moves in some. */
function yearWith(moves: Readonly<Record<number, bigint>>, blocks = 4_380): World {
  let rate = WAD
  return Array.from({ length: blocks }, (_, place): Happening[] => {
    const happenings: Happening[] = []
    if (place % 12 === 5) {
      rate += rate / 12_000n
      happenings.push({ rate })
    }
    const move = moves[place + 1]
    return move === undefined ? happenings : [...happenings, { move }]
  })
}

/** Read what the plan asks for until it asks for nothing, some blocks at a time. */
function carryOut(
  world: World,
  dates: readonly bigint[] = [],
  most = 4_000,
): { moments: Moment[]; asked: string[] } {
  const truths = follow(world)
  const moments: Moment[] = []
  const asked: string[] = []
  const head = BigInt(world.length)
  for (let round = 0; round < most; round++) {
    const courses = [courseOf(REPORTING, { moments, transfers: [], changes: [] })]
    const wishes = nextBlocks({ moments, courses, from: 0n, head, grid: 1n, dates }).slice(0, 4)
    if (wishes.length === 0) return { moments, asked }
    for (const { block, purpose } of wishes) {
      asked.push(purpose)
      moments.push(momentAt(truths, Number(block)))
    }
    moments.sort((a, b) => (a.block < b.block ? -1 : 1))
  }
  return { moments, asked }
}

const ten = Object.fromEntries(
  [301, 703, 1_103, 1_504, 1_905, 2_306, 2_707, 3_108, 3_509, 3_910].map((block, index) => [
    block,
    index % 3 === 2 ? -WAD : 2n * WAD,
  ]),
)

describe('nextBlocks', () => {
  test('default: a wallet with ten moves in a year ends exact, each in its block, after less than 300 calls', () => {
    const world = yearWith(ten)
    const { moments, asked } = carryOut(world)
    const course = courseOf(REPORTING, { moments, transfers: [], changes: [] })
    expect(course.moves.map(({ block }) => Number(block))).toEqual(Object.keys(ten).map(Number))
    expect(course.moves.every(move => isLocated(move) && isExactly(move.rate))).toBe(true)
    const truth = follow(world).at(-1)?.earned
    expect(earnedBetween(course, 0n, BigInt(world.length))).toEqual({ low: truth, high: truth })
    expect(asked.length).toBe(new Set(moments.map(({ block }) => block)).size)
    expect(asked.length).toBeLessThan(300)
  })

  test('behavior: a wallet that never held anything is left after the shape', () => {
    const { asked } = carryOut(yearWith({}))
    expect(new Set(asked)).toEqual(new Set(['shape']))
    expect(asked.length).toBeLessThan(100)
  })

  test('behavior: the first block at which something was held is found, by halves', () => {
    const { moments } = carryOut(yearWith({ 2345: WAD }))
    const { before, at } = firstHeld(moments) ?? {}
    expect([before?.block, at?.block]).toEqual([2_344n, 2_345n])
  })

  test('behavior: the shape comes from the coarse to the fine, ends first', () => {
    const plan = { moments: [], courses: [], from: 0n, head: 100_000n, grid: 100n, dates: [] }
    const blocks = nextBlocks(plan).map(({ block }) => block)
    expect(blocks.slice(0, 2)).toEqual([100_000n, 0n])
    expect(blocks.length).toBeLessThanOrEqual(51)
    expect(blocks.every(block => block === 100_000n || block % 100n === 0n)).toBe(true)
    // The first inner blocks lie far apart.
    const [, , third = 0n, fourth = 0n] = blocks
    expect(fourth > third ? fourth - third : third - fourth).toBeGreaterThan(20_000n)
  })
})

/** Blocks of mainnet since Multicall3, one report a day and ten moves in the last year: too many to list. */
describe('nextBlocks on a chain as long as mainnet', () => {
  const [from, head, daily] = [14_353_601n, 26_000_000n, 7_200n]
  const moves = Array.from({ length: 10 }, (_, index) => ({
    block: head - 2_628_000n + BigInt(index) * 250_000n + 1_234n,
    units: index % 3 === 2 ? -WAD : 2n * WAD,
  }))
  let isContinuous = false
  const rateAt = (block: bigint): bigint =>
    WAD +
    (isContinuous ? ((block - from) * WAD) / (12_000n * daily) : ((block - from) / daily) * (WAD / 12_000n))
  const unitsAt = (block: bigint): bigint =>
    moves.filter(move => move.block <= block).reduce((sum, { units }) => sum + units, 0n)
  const at = (block: bigint): Moment => ({
    block,
    time: 1_646_800_000n + (block - from) * 12n,
    price: undefined,
    units: { asset: unitsAt(block) },
    rates: { asset: rateAt(block) },
  })
  const truthOf = (): bigint =>
    moves.reduce((sum, { block, units }) => sum + units * (rateAt(head) - rateAt(block)), 0n)

  test.each([
    ['a report a day', REPORTING],
    ['a rate that moves with every block', { ...REPORTING, accrual: 'continuous' } as const],
  ])('default: %s: exact, with the ends of the usual spans, in under 400 calls', (_, asset) => {
    isContinuous = asset.accrual === 'continuous'
    const truth = truthOf()
    const moments: Moment[] = []
    const dates = [30n, 90n, 365n].map(days => at(head).time - days * DAY)
    for (;;) {
      const courses = [courseOf(asset, { moments, transfers: [], changes: [] })]
      const wishes = nextBlocks({ moments, courses, from, head, grid: daily, dates }).slice(0, 4)
      if (wishes.length === 0) break
      moments.push(...wishes.map(({ block }) => at(block)))
      moments.sort((a, b) => (a.block < b.block ? -1 : 1))
      expect(moments.length).toBeLessThan(400)
    }
    const course = courseOf(asset, { moments, transfers: [], changes: [] })
    expect(earnedBetween(course, from, head)).toEqual({ low: truth, high: truth })
    expect(course.moves.map(({ block, units }) => ({ block, units }))).toEqual(moves)
    expect(course.moves.every(isLocated)).toBe(true)
    // Each date by the last block before it, or by one at which all was the same.
    for (const date of dates) {
      const by = momentBy(moments, date) ?? expect.unreachable()
      const last = at((date - at(from).time) / 12n + from)
      expect(by.units).toEqual(last.units)
      if (last.units['asset'] === 0n) continue
      if (asset.accrual === 'report') expect(by.rates).toEqual(last.rates)
      else expect(date - by.time).toBeLessThanOrEqual(300n)
    }
    // The last year is read more closely than the years in which nothing was held.
    const inYear = moments.filter(({ block }) => block > head - 2_628_000n)
    const widest = inYear.slice(1).reduce((most, { block }, place) => {
      const gap = block - (inYear[place]?.block ?? block)
      return gap > most ? gap : most
    }, 0n)
    expect(widest).toBeLessThan(40_000n)
  })

  test('behavior: a date is not searched for where nothing changes around it', () => {
    const still = (block: bigint): Moment => ({ ...at(block), rates: { asset: WAD } })
    const read = [from, head - 9_000_000n, head].map(still)
    const plan = {
      moments: read,
      courses: [],
      from,
      head,
      grid: daily,
      dates: [still(head - 5_000_000n).time],
    }
    const purposes = new Set<string>()
    for (let round = 0; round < 400; round++) {
      const [wish] = nextBlocks({ ...plan, moments: read })
      if (wish === undefined) break
      purposes.add(wish.purpose)
      read.push(still(wish.block))
      read.sort((a, b) => (a.block < b.block ? -1 : 1))
    }
    expect(purposes.has('shape')).toBe(true)
    expect(purposes.has('date')).toBe(false)
  })
})

describe('sharpeners', () => {
  test('behavior: the move with the most ether in doubt comes first', () => {
    const world = yearWith({ 100: WAD, 2000: 50n * WAD, 4000: WAD })
    const truths = follow(world)
    const moments = [0, 1_000, 3_000, 4_380].map(block => momentAt(truths, block))
    const courses = [courseOf(REPORTING, { moments, transfers: [], changes: [] })]
    expect(sharpeners({ moments, courses })[0]).toMatchObject({ block: 2_000n, purpose: 'doubt' })
  })

  test('behavior: blocks in which logs tell that something moved, but not how much, come before all', () => {
    const world = yearWith({ 900: WAD, 2000: 50n * WAD, 2400: -50n * WAD })
    const truths = follow(world)
    const moments = [0, 1_500, 4_380].map(block => momentAt(truths, block))
    const silent = [2_000n, 2_400n].map(block => ({
      ...{ asset: 'asset', block, index: 1n, transaction: '0x1', units: undefined, counterpart: '0x' },
    })) as readonly Transfer[]
    const courses = [courseOf(REPORTING, { moments, transfers: silent, changes: [] })]
    expect(sharpeners({ moments, courses }).slice(0, 2)).toEqual([
      { block: 2_000n, purpose: 'doubt', weight: expect.anything() },
      { block: 2_400n, purpose: 'doubt', weight: expect.anything() },
    ])
  })

  test('behavior: a block that was read and did not help is not asked for again', () => {
    const world = yearWith({ 2000: WAD })
    const truths = follow(world)
    const silent = { ...momentAt(truths, 2_190), units: {} }
    const moments = [momentAt(truths, 0), silent, momentAt(truths, 4_380)]
    const courses = [courseOf(REPORTING, { moments, transfers: [], changes: [] })]
    expect(courses[0]?.moves).toMatchObject([{ after: 0n, block: 4_380n }])
    expect(sharpeners({ moments, courses })).toEqual([])
  })

  test('behavior: a move whose block a log tells asks for that block and the one before', () => {
    const world = yearWith({ 2000: WAD })
    const truths = follow(world)
    const moments = [0, 4_380].map(block => momentAt(truths, block))
    const transfer = {
      asset: 'asset',
      block: 2_000n,
      index: 1n,
      transaction: '0x1',
      units: WAD,
      counterpart: '0x',
    } as const
    const courses = [courseOf(REPORTING, { moments, transfers: [transfer], changes: [] })]
    expect(sharpeners({ moments, courses }).map(({ block }) => block)).toEqual([2_000n, 1_999n])
  })
})

describe('evenly', () => {
  test('behavior: multiples of the grid, inside the range, at most about so many, each once', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 7n }),
        fc.bigInt({ min: 1n, max: 10n ** 7n }),
        fc.bigInt({ min: 1n, max: 7_200n }),
        (from, length, grid) => {
          const blocks = evenly({ from, head: from + length, grid }, 48n)
          expect(blocks.every(block => block > from && block < from + length && block % grid === 0n)).toBe(
            true,
          )
          expect(new Set(blocks).size).toBe(blocks.length)
          expect(blocks.length).toBeLessThanOrEqual(97)
          if (length >= 96n * grid) expect(blocks.length).toBeGreaterThanOrEqual(40)
        },
      ),
    )
  })

  test('behavior: an empty range has none', () => {
    expect(evenly({ from: 5n, head: 5n, grid: 1n }, 48n)).toEqual([])
  })
})

describe('momentBy', () => {
  test('behavior: none before the first', () => {
    const truths = follow(yearWith({}, 10))
    const [moment] = [momentAt(truths, 3)]
    expect(momentBy([moment], moment.time - DAY)).toBeUndefined()
    expect(momentBy([moment], moment.time)).toBe(moment)
  })
})
