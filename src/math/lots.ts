import { type Course, isExactly, isLocated, type Mark, type Move, middleOf, type WeiWad } from './course.ts'
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
  /** Whether block and rate of its own move are known, so that nothing about what came is estimated. */
  readonly isExact: boolean
  /** Whether nothing about the cost of the units still held is: at the average it rests on all that was mixed. */
  readonly isCostExact: boolean
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
  /** Whether block and rate of its own move are known, so that nothing about its worth is estimated. */
  readonly isExact: boolean
  /** Whether nothing about what it had cost is: its place among the moves and every lot that it took from are known. */
  readonly isCostExact: boolean
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

/** Whether block and rate of a move are known, and the block was read. */
export const isSure = ({ rate, since, time, after, block }: Move): boolean =>
  isExactly(rate) && since === time && isLocated({ after, block })

/** Whether nothing at all is estimated of a lot or a disposal: its gain is exact only then. */
export const isAllExact = ({ isExact, isCostExact }: Pick<Lot, 'isExact' | 'isCostExact'>): boolean =>
  isExact && isCostExact

type Open = { -readonly [Key in keyof Lot]: Lot[Key] }

const openingOf = ({ time, units, rate, price }: Mark): Open => ({
  ...{ move: undefined, time, units, left: units, rate, price, cost: worthOf(units, rate, price) },
  ...{ isExact: true, isCostExact: true },
})

function lotOf(move: Move): Open {
  const { units, price, time } = move
  const rate = middleOf(move.rate).value
  const cost = worthOf(units, rate, price)
  const isExact = isSure(move)
  return { move, time, units, left: units, rate, price, cost, isExact, isCostExact: isExact }
}

/** What was taken had cost, whether that is exact, and how many units there were not. */
type Taken = { readonly cost: Worth; readonly isExact: boolean; readonly short: Wei }

/** What is held, by one of the methods: each step takes the same time however many lots there are. */
type Stock = {
  readonly put: (lot: Open) => void
  readonly take: (units: Wei) => Taken
  /** The lots as they are in the end. */
  readonly close: () => readonly Lot[]
}

/** Take units from a lot. @returns what they had cost */
function takeFrom(lot: Open, units: Wei): Worth {
  const cost = partOf(lot.cost, units, lot.left)
  lot.cost = subtract(lot.cost, cost)
  lot.left -= units
  return cost
}

/** Hold lots of which the oldest go first. */
function queueOf(): Stock {
  const lots: Open[] = []
  let oldest = 0
  return {
    put: lot => lots.push(lot),
    take: units => {
      let [cost, short, isExact] = [NOTHING, units, true]
      for (let lot = lots[oldest]; lot !== undefined && short > 0n; lot = lots[oldest]) {
        const part = lot.left < short ? lot.left : short
        isExact &&= lot.isCostExact
        cost = add(cost, takeFrom(lot, part))
        short -= part
        if (lot.left === 0n) oldest += 1
      }
      return { cost, isExact, short }
    },
    close: () => lots,
  }
}

type Pool = { readonly units: Wei; readonly cost: Worth; readonly isExact: boolean }

const EMPTY: Pool = { units: 0n, cost: NOTHING, isExact: true }

/** What a lot came into: the pool's units with its own. */
type Poured = { readonly lot: Open; readonly units: Wei }

/**
 * Divide what is left of a pool among the lots that came into it: of each the part of it that no disposal took, all at
 * the same cost per unit. What rounding leaves over stays with the oldest.
 */
function divide(poured: readonly Poured[], { units, cost, isExact }: Pool): void {
  let [due, owed] = [units, cost]
  // Of what was there when a lot came in, as much is left of the lot as of the rest: no step between matters.
  for (const { lot, units: whole } of poured.toReversed()) {
    lot.left = mulDivDown(lot.units, due, whole)
    lot.cost = lot.left === 0n ? NOTHING : partOf(owed, lot.left, due)
    if (lot.left > 0n) lot.isCostExact = isExact
    due -= lot.left
    owed = subtract(owed, lot.cost)
  }
}

/** Hold lots of which an equal part of each goes, at the average of their costs. */
function poolOf(): Stock {
  const poured: Poured[] = []
  let pool = EMPTY
  return {
    put: lot => {
      const units = pool.units + lot.units
      pool = { units, cost: add(pool.cost, lot.cost), isExact: pool.isExact && lot.isCostExact }
      poured.push({ lot, units })
    },
    take: wanted => {
      const { units, cost: whole, isExact } = pool
      const taken = wanted < units ? wanted : units
      const cost = taken === 0n ? NOTHING : partOf(whole, taken, units)
      pool = taken === units ? EMPTY : { units: units - taken, cost: subtract(whole, cost), isExact }
      return { cost, isExact, short: wanted - taken }
    },
    close: () => {
      divide(poured, pool)
      return poured.map(({ lot }) => lot)
    },
  }
}

const STOCKS: Readonly<Record<LotMethod, () => Stock>> = { fifo: queueOf, average: poolOf }

function disposalOf(stock: Stock, move: Move): Disposal {
  const units = -move.units
  const rate = middleOf(move.rate).value
  const worth = worthOf(units, rate, move.price)
  const { cost, isExact, short } = stock.take(units)
  // More went than was seen coming: the rest is taken at its own worth, so that nothing is earned by what is not known.
  const whole = short === 0n ? cost : add(cost, worthOf(short, rate, move.price))
  return {
    ...{ move, units, rate, worth, cost: whole, gain: subtract(worth, whole) },
    isExact: isSure(move),
    isCostExact: isExact && short === 0n && isLocated(move),
  }
}

/**
 * Follow what an asset cost, from the units that came in to those that went out, at the protocol's own rate of each
 * moment. What was there at the first moment counts as acquired then.
 */
export function lotsOf(course: Course, method: LotMethod): Lots {
  const [first, last] = [course.marks[0], course.marks.at(-1)]
  const stock = STOCKS[method]()
  if (first !== undefined && first.units > 0n) stock.put(openingOf(first))
  const disposals: Disposal[] = []
  for (const move of course.moves) {
    if (move.units > 0n) stock.put(lotOf(move))
    else disposals.push(disposalOf(stock, move))
  }
  const lots = stock.close()
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
