import { formatBlock, formatExact } from '../../format/number.ts'
import { formatTime } from '../../format/time.ts'
import { addUp, type Between, inWei, type Mark, type Move, valueMoved, worthOf } from '../../math/course.ts'
import type { Earned, Period } from '../../math/earnings.ts'
import type { WalletPast } from '../../math/walletPast.ts'
import { exactly, weiOf } from '../wallet/past/amounts.ts'
import { type EarnedTotal, periodLabel } from '../wallet/past/earnedRows.ts'
import { countedIn, type HeldAsset, nameOf } from '../wallet/past/held.ts'
import { callOf, type Receipt, type ReceiptCall, wordOf } from './receipt.ts'

/** What every receipt of a past rests on. */
export type PastSource = {
  readonly past: WalletPast
  readonly accounts: readonly `0x${string}`[]
}

export type EarnedCase = PastSource & {
  readonly held: HeldAsset
  readonly period: Period
  readonly earned: Earned
}

/** Moves that are listed; a file has them all. */
const MOST_MOVES = 12

/** Say by what it is known what moved. */
const wayNote = ({ way, moments }: WalletPast): string =>
  way === 'logs'
    ? 'What came in and went out is known from the logs of all transfers in this time, held against balances.'
    : `What came in and went out is known from balances at ${moments.length} moments: what came and went between two of them is not seen.`

const ROUNDING = 'Added up before rounding; each figure here is rounded down to 18 decimals on its own.'

/** What was read of an asset at one moment, as far as one call tells each. */
export function markCalls(
  { past, accounts }: PastSource,
  { asset }: HeldAsset,
  [where, mark]: readonly [where: string, mark: Mark],
): ReceiptCall[] {
  // Nothing is asked of a token that is not there yet; where nothing was held no rate counts.
  if (mark.units === 0n) return []
  const at = { block: mark.block, time: mark.time, operator: past.operator }
  const [account, ...others] = accounts
  const reads = account === undefined || others.length > 0 ? [] : asset.units.reads(account)
  const [units, ...more] = reads
  const { rate } = asset
  return [
    ...(units === undefined || more.length > 0
      ? []
      : [callOf(`Held ${where}`, units, wordOf(mark.units), at)]),
    // The answer of a contract that tells a rate in another form is not kept.
    ...(rate === undefined || rate.of(mark.rate) !== mark.rate
      ? []
      : [callOf(`Rate ${where}`, rate.read, wordOf(mark.rate), at)]),
  ]
}

/** Whoever is asked again for what one account held sees it. */
export const accountOf = (
  { accounts }: PastSource,
  calls: readonly ReceiptCall[],
): Pick<Receipt, 'account'> => {
  const [account] = accounts
  return account !== undefined && calls.some(({ label }) => label.startsWith('Held')) ? { account } : {}
}

/** Say when and at what something moved. */
export function moveInWords({ units, rate, since, time, block, log }: Move, { asset }: HeldAsset): string {
  const when = since === time ? formatTime(time) : `between ${formatTime(since)} and ${formatTime(time)}`
  const [size, verb] = units < 0n ? [-units, 'went out'] : [units, 'came in']
  const from = log === undefined ? 'as balances tell' : `transaction ${log.transaction}`
  const at =
    rate.low === rate.high
      ? formatExact(rate.low)
      : `between ${formatExact(rate.low)} and ${formatExact(rate.high)}`
  return `${when}, block ${formatBlock(block)}: ${formatExact(size)} ${countedIn(asset)} ${verb} at a rate of ${at}, ${from}.`
}

/** List moves, the first of them. */
function movesInWords(moves: readonly Move[], held: HeldAsset): string[] {
  const listed = moves.slice(0, MOST_MOVES).map((move, place) => `${place + 1}. ${moveInWords(move, held)}`)
  const rest = moves.length - listed.length
  return rest === 0 ? listed : [...listed, `And ${rest} more, which the files below the figures list.`]
}

const worthLine = (where: string, { units, rate }: Mark, unit: string): string =>
  `Value ${where}: ${formatExact(units)} × ${formatExact(rate)} = ${formatExact(weiOf(worthOf({ units, rate })))} ${unit}`

/** What came in, or what went out, as a positive amount. */
function sumOf(moves: readonly Move[], isIn: boolean): Between {
  const { low, high } = addUp(moves.filter(({ units }) => units > 0n === isIn).map(valueMoved))
  return isIn ? { low, high } : { low: -high, high: -low }
}

/** What was earned with one token in a period. */
export function earnedReceipt({ held, period, earned, ...source }: EarnedCase): Receipt {
  const { asset, course } = held
  const { from, to } = earned
  const moves = course.moves.filter(({ block }) => block > from.block && block <= to.block)
  const [came, went] = [sumOf(moves, true), sumOf(moves, false)]
  const [start, end] = [worthOf(from), worthOf(to)].map(worth => formatExact(weiOf(worth)))
  const value = `${exactly(earned)} ${asset.unit}`
  const calls = [
    ...markCalls(source, held, ['at the start', from]),
    ...markCalls(source, held, ['at the end', to]),
  ]
  return {
    title: `${nameOf(asset)}: earned, ${periodLabel(period).toLowerCase()}`,
    value,
    operator: source.past.operator,
    formula: [
      'value at the end − value at the start − what came in + what went out, each at the rate of its moment',
      worthLine('at the end', to, asset.unit),
      worthLine('at the start', from, asset.unit),
      `Came in: ${exactly(came)} ${asset.unit}`,
      `Went out: ${exactly(went)} ${asset.unit}`,
      `${end} − ${start} − ${bracketed(came)} + ${bracketed(went)} = ${value}`,
    ],
    notes: [
      `From block ${formatBlock(from.block)}, ${formatTime(from.time)}, to block ${formatBlock(to.block)}, ${formatTime(to.time)}.`,
      ...(earned.isCut ? ['Nothing from before was read: the period starts later than its name says.'] : []),
      ...(asset.note === undefined ? [] : [asset.note]),
      wayNote(source.past),
      ...movesInWords(moves, held),
      ROUNDING,
    ],
    calls,
    ...accountOf(source, calls),
  }
}

const bracketed = (between: Between): string => {
  const { low, high } = inWei(between)
  return low === high ? formatExact(low) : `(${exactly(between)})`
}

/** What was earned with all tokens in a period. */
export function earnedTotalReceipt({ past }: PastSource, total: EarnedTotal): Receipt {
  const { period, between, parts, missing, since, until } = total
  return {
    title: `Earned, ${periodLabel(period).toLowerCase()}`,
    value: between === undefined ? 'not known' : `${exactly(between)} ETH`,
    operator: past.operator,
    formula: [
      'The sum of what was earned with each token.',
      ...parts.map(({ held: { asset }, earned }) => `${nameOf(asset)}: ${exactly(earned)} ${asset.unit}`),
      ...missing.map(name => `${name}: not known`),
    ],
    notes: [
      wayNote(past),
      ...(since === undefined
        ? []
        : [`It starts at ${formatTime(since)}: no block nearer to its start was read.`]),
      ...(until === undefined
        ? []
        : [`It ends at ${formatTime(until)}: no block nearer to its end was read.`]),
      ...unitNotes(parts.map(({ held }) => held)),
      'Each of them has a receipt of its own in the table.',
    ],
    calls: [],
  }
}

/** What is counted as ether without being it. */
export const unitNotes = (held: readonly HeldAsset[]): string[] => [
  ...new Set(
    held.flatMap(({ asset: { unit } }) =>
      unit === 'ETH' ? [] : [`Counted as if 1 ${unit} were 1 ETH, which no contract promises.`],
    ),
  ),
]

/** What was earned in US dollars, at the price of the newest block that was read. */
export function earnedInDollarsReceipt({ past }: PastSource, between: Between): Receipt {
  const last = past.moments.at(-1)
  const price = last?.price
  const { low, high } = inWei(between)
  const dollars = (ether: bigint): string =>
    price === undefined ? 'not known' : `${formatExact((ether * price) / 10n ** 8n)} USD`
  return {
    title: 'Earned, in US dollars at the newest price',
    value: low === high ? dollars(low) : `between ${dollars(low)} and ${dollars(high)}`,
    operator: past.operator,
    formula: [
      'earned in ETH × price ÷ 10⁸',
      `${exactly(between)} × ${price === undefined ? '–' : formatExact(price, 8)}`,
    ],
    notes: [
      last === undefined
        ? 'No price was read.'
        : `Chainlink’s ETH/USD at block ${formatBlock(last.block)}, ${formatTime(last.time)}. Not the dollars of the days on which it was earned.`,
    ],
    calls: [],
  }
}
