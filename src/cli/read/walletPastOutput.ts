import {
  type AssetPast,
  assetPasts,
  eventsOf,
  inOrder,
  nameOf,
  type WalletEvent,
  type WalletFileInput,
} from '../../format/walletEvents.ts'
import { addUp, type Between, inWei, isExactly, middleOf, type WeiWad } from '../../math/course.ts'
import { type Earned, earnedIn, type Period } from '../../math/earnings.ts'
import { mulDivDown, WAD } from '../../math/fixedPoint.ts'
import { type DollarSum, isAllExact } from '../../math/lots.ts'
import type { WalletPast } from '../../math/walletPast.ts'
import { fixed, isoTime, UNKNOWN } from './figures.ts'
import { type Column, textTable } from './table.ts'

const DIGITS = 9
const DOLLAR_DECIMALS = 44

const LABELS: Readonly<Record<string, string>> = {
  all: 'All',
  '30d': '30 days',
  '90d': '90 days',
  '1y': '1 year',
}

const day = (time: bigint): string => isoTime(time).slice(0, 10)

const right = (title: string): Column => ({ title, align: 'right' })

const inEther = (value: WeiWad): string => fixed(mulDivDown(value, 1n, WAD), 18, DIGITS)

const inDollars = (sum: DollarSum | undefined): string =>
  sum === undefined ? UNKNOWN : fixed(sum, DOLLAR_DECIMALS, 2)

/** The last digit that is written: what is cut off belongs to the doubt. */
const LAST = 10n ** BigInt(18 - DIGITS)

/** Write an amount so that what it lies between also lies within the ±. */
export function between(value: Between): string {
  const { value: middle, doubt } = middleOf(inWei(value))
  if (isExactly(value)) return fixed(middle, 18, DIGITS)
  return `${fixed(middle, 18, DIGITS)} ±${fixed(doubt + 2n * LAST - 1n, 18, DIGITS)}`
}

/** Say since when something was held, as well as that is known. */
function beginning(events: readonly WalletEvent[]): string[] {
  const [first] = events
  if (first === undefined) return []
  const { kind, since, time, block } = first
  if (kind === 'opening')
    return [`Held since ${isoTime(time)} or before: block ${block} is the first that was read.`]
  const at = `${isoTime(time)}, block ${block}`
  return [since === time ? `Held since ${at}.` : `Held since between ${isoTime(since)} and ${at}.`]
}

/** Say by what it is known what was earned, and what is in doubt. */
export function wayLines({
  way,
  unsure,
  moments,
  isOver,
  isPaused,
  noLogs,
  searchCost,
}: WalletPast): string[] {
  const soFar = isOver ? '' : ' so far'
  const isExact = way === 'logs' && unsure === 0 && isOver
  const told = isExact
    ? 'From transfer logs and archive state: exact to the wei.'
    : way === 'logs'
      ? `From transfer logs and archive state; ${unsure} moves${soFar} are not known to the block and its rate: ± says how much that leaves open.`
      : `From balances at ${moments.length} moments${soFar}: what came and went between two of them is not seen; ± says what is left open by what moved at a time between.`
  return [
    told,
    ...(way === 'logs' || noLogs === undefined ? [] : [`Transfers were not searched for: ${noLogs}`]),
    ...(searchCost === undefined
      ? []
      : [`Searching the transfers too takes about ${searchCost} requests: --way logs.`]),
    ...(isPaused ? ['Not all was read that could be: --thorough goes on.'] : []),
  ]
}

const NOT_WHOLE = 'Not known in a sum: a part of it is not.'

function earnedLines({ periods }: WalletPast, pasts: readonly AssetPast[]): string[] {
  const cells = pasts.map(({ course }) => periods.map(period => earnedIn(course, period)))
  const cell = (earned: Earned | undefined): string =>
    earned === undefined ? UNKNOWN : `${between(earned)}${earned.isCut ? '*' : ''}`
  const total = (place: number): string => {
    const parts = cells.map(row => row[place])
    const known = parts.flatMap(part => part ?? [])
    return known.length < parts.length ? UNKNOWN : between(addUp(known))
  }
  const label = ({ id }: Period): string => LABELS[id] ?? id
  const all = cells.flat().flatMap(earned => earned ?? [])
  const cut = all.filter(({ isCut }) => isCut).map(({ from }) => from.time)
  const since = cut.reduce<bigint | undefined>(
    (last, time) => (last === undefined || time > last ? time : last),
    undefined,
  )
  return [
    'Earned, in ETH',
    textTable(
      [{ title: 'Token' }, ...periods.map(period => right(label(period)))],
      [
        ...pasts.map(({ asset }, row) => [nameOf(asset), ...(cells[row] ?? []).map(cell)]),
        ['Total', ...periods.map((_, place) => total(place))],
      ],
    ),
    ...(since === undefined
      ? []
      : [`* It starts later than the period, at ${day(since)} or before: nothing was read of it earlier.`]),
    ...(all.length < cells.length * periods.length ? [`${UNKNOWN} ${NOT_WHOLE}`] : []),
  ]
}

function lotLines(pasts: readonly AssetPast[], { method }: WalletFileInput): string[] {
  const name = method === 'fifo' ? 'first in, first out' : 'average cost'
  const titles = [
    'Came',
    'Went',
    'Cost ETH',
    'Worth ETH',
    'Unrealised ETH',
    'Realised ETH',
    'Unrealised USD',
    'Realised USD',
  ]
  return [
    `Lots by ${name}`,
    textTable(
      [{ title: 'Token' }, ...titles.map(right)],
      pasts.map(({ asset, lots }) => [
        nameOf(asset),
        `${lots.lots.length}`,
        `${lots.disposals.length}`,
        inEther(lots.cost.ether),
        inEther(lots.worth.ether),
        inEther(lots.unrealised.ether),
        inEther(lots.realised.ether),
        inDollars(lots.unrealised.dollars),
        inDollars(lots.realised.dollars),
      ]),
    ),
    ...(pasts.some(({ lots }) => lots.realised.dollars === undefined || lots.unrealised.dollars === undefined)
      ? [`${UNKNOWN} The price of ETH is not known at each of these moments.`]
      : []),
  ]
}

/** Events that a terminal is shown; a file has all. */
const MOST_EVENTS = 20

function eventRow(event: WalletEvent): string[] {
  const { asset, block, time, units, rate, worth } = event
  const gain = event.kind === 'disposal' ? inEther(event.disposal.gain.ether) : ''
  return [
    `${isAllExact(event) ? ' ' : '≈'} ${isoTime(time)}`,
    `${block}`,
    event.kind,
    nameOf(asset),
    fixed(units, 18, DIGITS),
    fixed(rate, 18, DIGITS),
    inEther(worth.ether),
    inDollars(worth.dollars),
    gain,
  ]
}

function eventLines(events: readonly WalletEvent[]): string[] {
  const shown = events.slice(-MOST_EVENTS)
  const titles = ['Units', 'Rate', 'ETH', 'USD', 'Gain ETH']
  const left = events.length - shown.length
  return [
    'What came and went',
    textTable(
      [{ title: '  Time' }, right('Block'), { title: 'Kind' }, { title: 'Token' }, ...titles.map(right)],
      shown.map(eventRow),
    ),
    ...(left > 0 ? [`${left} earlier ones are left out: --csv and --json have all.`] : []),
    ...(shown.some(event => !isAllExact(event))
      ? ['≈ at this time or before; at a rate between two that are known; or at a cost that rests on such.']
      : []),
  ]
}

/**
 * Write a past for a terminal.
 * @throws UnknownAsset
 */
export function pastText(input: WalletFileInput): string {
  const pasts = assetPasts(input)
  if (pasts.length === 0) {
    const { isOver, moments } = input.past
    return `None of these tokens was seen here${isOver ? '' : ' so far'} at any of ${moments.length} moments. What came and went between two of them is not seen.`
  }
  const events = inOrder(pasts.flatMap(eventsOf))
  return [
    [...beginning(events), ...wayLines(input.past)],
    earnedLines(input.past, pasts),
    lotLines(pasts, input),
    eventLines(events),
  ]
    .map(lines => lines.join('\n'))
    .join('\n\n')
}
