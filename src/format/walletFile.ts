import { addUp, type Between, inWei, isExactly, type Mark, type Move } from '../math/course.ts'
import { type Earned, earnedIn, type Period } from '../math/earnings.ts'
import { mulDivDown, type Seconds, WAD } from '../math/fixedPoint.ts'
import { isAllExact, type Worth } from '../math/lots.ts'
import type { Moment } from '../math/moment.ts'
import type { WalletPast } from '../math/walletPast.ts'
import { castLine } from '../pools/read.ts'
import { chartTime, isoTime } from './time.ts'
import {
  type AssetPast,
  assetPasts,
  countedIn,
  eventsOf,
  type FileAsset,
  nameOf,
  type WalletEvent,
  type WalletFileInput,
} from './walletEvents.ts'
import { WALLET_NOTES } from './walletNotes.ts'
import { earnedReceipt, eventReceipt } from './walletReceipts.ts'

/** Changes when a reader of the file must: what is added changes nothing. */
const SCHEMA_VERSION = 1

const SCALES = {
  units: '10^-18 of a token, or of a share where `countedIn` says so',
  Wad: '10^-18 of the unit of account for each 10^18 units',
  Wei: '10^-18 of the unit of account',
  WeiWad: '10^-36 of the unit of account: units × rate, not rounded',
  Usd8: '10^-8 US dollars for 1 ETH',
  Usd44: '10^-44 US dollars: units × rate × price, not rounded',
} as const

const FORMULAS = {
  value: 'units × rateWad ÷ 10^18 = wei',
  earned:
    'value at `to` − value at `from` − Σ units × rate of the moves with block > from.block and block ≤ to.block; at least with the rate of each move that makes the sum largest, at most with the other',
  cost: 'fifo: of the lots that came first; average: the same part of every lot, at the average of their costs',
  gain: 'worth − cost',
} as const

const iso = (time: Seconds): string => isoTime(chartTime(time)).replace('.000Z', 'Z')

const text = (value: bigint | undefined): string | null => value?.toString() ?? null

const placeOf = ({ block, time }: Pick<Mark, 'block' | 'time'>) => ({
  block: block.toString(),
  time: iso(time),
  timeSeconds: time.toString(),
})

const markFile = (mark: Mark) => ({
  ...placeOf(mark),
  units: mark.units.toString(),
  rateWad: mark.rate.toString(),
  priceUsd8: text(mark.price),
})

/** What a move tells beside its units, in the same words for moves and for lots. */
type Moved = Pick<Move, 'after' | 'block' | 'since' | 'time' | 'units' | 'price'> & {
  readonly log?: Move['log'] | undefined
}

const movedFile = ({ after, block, since, time, units, price, log }: Moved, rate: Between) => ({
  afterBlock: after.toString(),
  ...placeOf({ block, time }),
  since: iso(since),
  sinceSeconds: since.toString(),
  units: units.toString(),
  rateLowWad: rate.low.toString(),
  rateHighWad: rate.high.toString(),
  priceUsd8: text(price),
  transaction: log?.transaction ?? null,
  logIndex: text(log?.index),
  counterpart: log?.counterpart ?? null,
})

const worthFile = ({ ether, dollars }: Worth) => ({ weiWad: ether.toString(), usd44: text(dollars) })

/** Between two moments of a grid what came and went again is not seen: that is exact of nothing. */
const betweenFile = (between: Between, { way }: Pick<WalletPast, 'way'>) => {
  const { low, high } = inWei(between)
  return {
    atLeastWeiWad: between.low.toString(),
    atMostWeiWad: between.high.toString(),
    atLeastWei: low.toString(),
    atMostWei: high.toString(),
    isExact: way === 'logs' && isExactly(between),
  }
}

function eventFile(event: WalletEvent, input: WalletFileInput) {
  const shared = {
    kind: event.kind,
    ...movedFile(event, event.between),
    rateWad: event.rate.toString(),
    worth: worthFile(event.worth),
    isExact: isAllExact(event),
    isCostExact: event.isCostExact,
  }
  const receipt = eventReceipt(event, input)
  if (event.kind === 'disposal') {
    const { cost, gain } = event.disposal
    return { ...shared, cost: worthFile(cost), gain: worthFile(gain), receipt }
  }
  const { left, cost } = event.lot
  return { ...shared, stillHeldUnits: left.toString(), costOfStillHeld: worthFile(cost), receipt }
}

const periodFile = ({ id, from, until }: Period) => ({
  period: id,
  askedFrom: from === undefined ? null : iso(from),
  askedUntil: until === undefined ? null : iso(until),
})

function earnedFile(period: Period, { asset, course }: AssetPast, input: WalletFileInput) {
  const earned: Earned | undefined = earnedIn(course, period)
  if (earned === undefined)
    return { ...periodFile(period), why: 'Nothing was read of it in this time.' as const }
  return {
    ...periodFile(period),
    from: placeOf(earned.from),
    to: placeOf(earned.to),
    startsLater: earned.isCut,
    ...betweenFile(earned, input.past),
    receipt: earnedReceipt(asset, earned, { moves: course.moves, input }),
  }
}

const callsOf = ({ units, rate }: FileAsset, { accounts }: WalletFileInput, block: bigint) => ({
  units: accounts.flatMap(account => units.reads(account).map(read => castLine(read, block))),
  rate: rate === undefined ? null : castLine(rate.read, block),
})

const describe = (asset: FileAsset) => ({
  id: asset.id,
  symbol: asset.symbol,
  name: nameOf(asset),
  pool: asset.pool?.id ?? null,
  contract: asset.token ?? null,
  kind: asset.kind,
  countedIn: countedIn(asset),
  unitOfAccount: asset.unit,
  note: asset.note ?? null,
})

function assetFile(own: AssetPast, input: WalletFileInput) {
  const { asset, course, lots } = own
  const events = eventsOf(own).map(event => eventFile(event, input))
  return {
    ...describe(asset),
    earned: input.past.periods.map(period => earnedFile(period, own, input)),
    lots: events.filter(({ kind }) => kind !== 'disposal'),
    disposals: events.filter(({ kind }) => kind === 'disposal'),
    sums: {
      cost: worthFile(lots.cost),
      realised: worthFile(lots.realised),
      unrealised: worthFile(lots.unrealised),
      worth: worthFile(lots.worth),
    },
    marks: course.marks.map(markFile),
    moves: course.moves.map(move => movedFile(move, move.rate)),
  }
}

/** What was held at the newest moment; an asset that is not known there is null. */
function holdingFile(asset: FileAsset, head: Moment, input: WalletFileInput) {
  const [units, rate] = [head.units[asset.id], head.rates[asset.id]]
  const value =
    units === 0n ? 0n : units === undefined || rate === undefined ? undefined : mulDivDown(units, rate, WAD)
  return {
    ...describe(asset),
    units: text(units),
    rateWad: text(rate),
    valueWei: text(value),
    calls: callsOf(asset, input, head.block),
  }
}

/** Add up what all assets earned in a period; not known where that of one is not. */
function totalFile(period: Period, pasts: readonly AssetPast[], past: WalletPast) {
  const parts = pasts.map(({ asset, course }) => ({ asset, earned: earnedIn(course, period) }))
  const missing = parts.filter(({ earned }) => earned === undefined).map(({ asset }) => nameOf(asset))
  if (missing.length > 0) return { ...periodFile(period), why: `Not known of ${missing.join(', ')}.` }
  return { ...periodFile(period), ...betweenFile(addUp(parts.flatMap(({ earned }) => earned ?? [])), past) }
}

/**
 * Tell a wallet's past in a form for JSON: holdings, what was earned, lots, and beside them all that was read, so that
 * each figure can be computed and asked for again. Numbers are decimal strings of whole numbers, with their scale in the
 * name.
 * @throws UnknownAsset
 */
export function walletFile(input: WalletFileInput) {
  const { past, assets, accounts, chainId, method } = input
  const pasts = assetPasts(input)
  const head = past.moments.at(-1)
  return {
    schema: 'poolglass.wallet',
    version: SCHEMA_VERSION,
    chainId: chainId.toString(),
    accounts,
    operator: past.operator,
    head: head === undefined ? null : { ...placeOf(head), priceUsd8: text(head.price) },
    notes: WALLET_NOTES,
    way: past.way,
    doubts: {
      movesNotExact: past.unsure,
      isOver: past.isOver,
      isPaused: past.isPaused,
      whyNoLogs: past.noLogs ?? null,
    },
    scales: SCALES,
    formulas: FORMULAS,
    method,
    holdings: head === undefined ? [] : assets.map(asset => holdingFile(asset, head, input)),
    earned: past.periods.map(period => totalFile(period, pasts, past)),
    assets: pasts.map(own => assetFile(own, input)),
  }
}

export type WalletFile = ReturnType<typeof walletFile>
