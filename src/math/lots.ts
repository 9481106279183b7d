import { type Course, isExactly, type Mark, type Move, middleOf, type WeiWad } from './course.ts'
import { mulDivDown, type Seconds, type Wad, type Wei } from './fixedPoint.ts'

/** Which lot is given away first: the oldest, or a part of each at the average of what they cost. */
export type LotMethod = 'fifo' | 'average'

/** US dollars times 10^44: products of units, rates and prices, added up before anything is rounded. */
export type DollarSum = bigint

/** What something was worth: in ether, and in US dollars where the price of its moment is known. */
export type Worth = { readonly ether: WeiWad; readonly dollars: DollarSum | undefined }

/** Units that came in together. */
export type Lot = {
  /** The move that brought them; undefined for what was there at the first moment that was read. */
  readonly move: Move | undefined
  readonly time: Seconds
  /** Units that came in, and those of them still held. */
  readonly units: Wei
  readonly left: Wei
  /** ETH per 10^18 units when they came in: the middle, where only two ends are known. */
  readonly rate: Wad
  readonly price: bigint | undefined
  /** Of the units still held. */
  readonly cost: Worth
  /** Whether block and rate are known, so that nothing about it is estimated. */
  readonly isExact: boolean
}

/** Units that went out together. */
export type Disposal = {
  readonly move: Move
  readonly units: Wei
  readonly rate: Wad
  /** What they were worth when they went. */
  readonly worth: Worth
  /** What they had cost when they came. */
  readonly cost: Worth
  /** Worth less cost. */
  readonly gain: Worth
  readonly isExact: boolean
}

export type Lots = {
  /** Ascending by time; with those of which nothing is left. */
  readonly lots: readonly Lot[]
  readonly disposals: readonly Disposal[]
  readonly cost: Worth
  /** Sum of the disposals' gains. */
  readonly realised: Worth
  /** What is held at the end, less what it cost. */
  readonly unrealised: Worth
  readonly worth: Worth
}

const NOTHING: Worth = { ether: 0n, dollars: 0n }

const add = (one: Worth, other: Worth): Worth => ({
  ether: one.ether + other.ether,
  dollars: one.dollars === undefined || other.dollars === undefined ? undefined : one.dollars + other.dollars,
})

const subtract = (one: Worth, other: Worth): Worth => ({
  ether: one.ether - other.ether,
  dollars: one.dollars === undefined || other.dollars === undefined ? undefined : one.dollars - other.dollars,
})

const worthOf = (units: Wei, rate: Wad, price: bigint | undefined): Worth => ({
  ether: units * rate,
  dollars: price === undefined ? undefined : units * rate * price,
})

/** A part of what something cost, rounded down; all of it for all of the units. */
const partOf = ({ ether, dollars }: Worth, part: Wei, whole: Wei): Worth => ({
  ether: mulDivDown(ether, part, whole),
  dollars: dollars === undefined ? undefined : mulDivDown(dollars, part, whole),
})

type Open = { -readonly [Key in keyof Lot]: Lot[Key] }

function openingOf({ time, units, rate, price }: Mark): Open {
  const cost = worthOf(units, rate, price)
  return { move: undefined, time, units, left: units, rate, price, cost, isExact: true }
}

const isSure = ({ rate, since, time }: Move): boolean => isExactly(rate) && since === time

function lotOf(move: Move): Open {
  const { units, price, time } = move
  const rate = middleOf(move.rate).value
  const cost = worthOf(units, rate, price)
  return { move, time, units, left: units, rate, price, cost, isExact: isSure(move) }
}

/** Take units from a lot. @returns what they had cost */
function take(lot: Open, units: Wei): Worth {
  const cost = partOf(lot.cost, units, lot.left)
  lot.cost = subtract(lot.cost, cost)
  lot.left -= units
  return cost
}

/** Take units from the oldest lots first. @returns what they had cost, and how many there were not */
function takeOldest(lots: readonly Open[], units: Wei): { cost: Worth; short: Wei } {
  let [cost, short] = [NOTHING, units]
  for (const lot of lots) {
    if (short === 0n) break
    if (lot.left === 0n) continue
    const part = lot.left < short ? lot.left : short
    cost = add(cost, take(lot, part))
    short -= part
  }
  return { cost, short }
}

/** Take an equal part of every lot, at the average of their costs. */
function takeAverage(lots: readonly Open[], units: Wei): { cost: Worth; short: Wei } {
  const open = lots.filter(({ left }) => left > 0n)
  const held = open.reduce((sum, { left }) => sum + left, 0n)
  const taken = units < held ? units : held
  if (taken === 0n) return { cost: NOTHING, short: units }
  const whole = open.reduce((sum, lot) => add(sum, lot.cost), NOTHING)
  const cost = partOf(whole, taken, held)
  let [due, rest] = [taken, held]
  let owed = subtract(whole, cost)
  // What is left costs the same per unit in every lot; what rounding leaves over stays with the last.
  for (const lot of open) {
    const part = mulDivDown(lot.left, due, rest)
    const [left, leftInAll] = [lot.left - part, rest - due]
    rest -= lot.left
    due -= part
    lot.cost = leftInAll === 0n ? NOTHING : partOf(owed, left, leftInAll)
    owed = subtract(owed, lot.cost)
    lot.left = left
  }
  return { cost, short: units - taken }
}

function disposalOf(lots: readonly Open[], move: Move, method: LotMethod): Disposal {
  const units = -move.units
  const rate = middleOf(move.rate).value
  const worth = worthOf(units, rate, move.price)
  const { cost, short } = method === 'fifo' ? takeOldest(lots, units) : takeAverage(lots, units)
  // More went than was seen coming: the rest is taken at its own worth, so that nothing is earned by what is not known.
  const whole = short === 0n ? cost : add(cost, worthOf(short, rate, move.price))
  return {
    move,
    units,
    rate,
    worth,
    cost: whole,
    gain: subtract(worth, whole),
    isExact: isSure(move) && short === 0n,
  }
}

/**
 * Follow what an asset cost, from the units that came in to those that went out, at the protocol's own rate of each
 * moment. What was there at the first moment counts as acquired then.
 */
export function lotsOf(course: Course, method: LotMethod): Lots {
  const [first, last] = [course.marks[0], course.marks.at(-1)]
  const lots: Open[] = first === undefined || first.units === 0n ? [] : [openingOf(first)]
  const disposals: Disposal[] = []
  for (const move of course.moves) {
    if (move.units > 0n) lots.push(lotOf(move))
    else disposals.push(disposalOf(lots, move, method))
  }
  const cost = lots.reduce((sum, lot) => add(sum, lot.cost), NOTHING)
  const worth = last === undefined ? NOTHING : worthOf(last.units, last.rate, last.price)
  return {
    lots,
    disposals,
    cost,
    realised: disposals.reduce((sum, { gain }) => add(sum, gain), NOTHING),
    unrealised: subtract(worth, cost),
    worth,
  }
}
