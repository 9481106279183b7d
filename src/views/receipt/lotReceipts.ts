import { formatBlock, formatExact } from '../../format/number.ts'
import { formatTime } from '../../format/time.ts'
import type { Mark } from '../../math/course.ts'
import type { Disposal, Lot, LotMethod, Worth } from '../../math/lots.ts'
import { readEtherPrice } from '../../pools/infrastructure.ts'
import { castLine } from '../../pools/read.ts'
import { dollarsOf, weiOf } from '../wallet/past/amounts.ts'
import { countedIn, type HeldAsset, nameOf } from '../wallet/past/held.ts'
import { type LotSums, type TokenLots, worthNow, worthThen } from '../wallet/past/lotRows.ts'
import { accountOf, markCalls, moveInWords, type PastSource, unitNotes } from './pastReceipts.ts'
import type { Receipt } from './receipt.ts'

type LotSource = PastSource & { readonly held: HeldAsset; readonly method: LotMethod }

export type LotCase = LotSource & { readonly lot: Lot; readonly last: Mark }
export type DisposalCase = LotSource & { readonly disposal: Disposal }

const METHODS: Readonly<Record<LotMethod, string>> = {
  fifo: 'The oldest units go first.',
  average: 'A part of every lot goes, at the average of what they cost.',
}

const TAX = 'Not tax advice. Tokens lent, pooled or wrapped elsewhere are not seen.'

/** Write a worth in ether, and in dollars where they are known. */
const worthInWords = ({ ether, dollars }: Worth, unit = 'ETH'): string =>
  `${formatExact(weiOf(ether))} ${unit}${dollars === undefined ? ', in dollars not known' : ` = ${formatExact(dollarsOf(dollars))} USD`}`

function priceNotes(price: bigint | undefined, block: bigint | undefined): string[] {
  if (price === undefined || block === undefined) return ['The price of ether of that time is not known.']
  return [
    `The price is Chainlink’s ETH/USD: ${formatExact(price, 8)}. Near that block it can be read with: ${castLine(readEtherPrice, block)}`,
  ]
}

const UNSURE =
  'Estimated: the block or the rate of it is not known exactly, and the middle of what is possible is taken.'

const UNSURE_COST =
  'Its cost is estimated: it rests on units of which the block or the rate is not known exactly.'

/** One acquisition: what came, what it cost, what is left of it and what that is worth. */
export function lotReceipt({ held, method, lot, last, ...source }: LotCase): Receipt {
  const { asset, course } = held
  const { unit } = asset
  const { worth, unrealised } = worthNow(lot, last)
  const calls = markCalls(source, held, ['now', last])
  const name = countedIn(asset)
  return {
    title: `${nameOf(asset)}: acquired ${formatTime(lot.time)}`,
    value: `${formatExact(lot.units)} ${name}, of which ${formatExact(lot.left)} are still held`,
    operator: source.past.operator,
    formula: [
      `Worth then: ${formatExact(lot.units)} × ${formatExact(lot.rate)} = ${worthInWords(worthThen(lot), unit)}`,
      `Cost of what is still held: ${worthInWords(lot.cost, unit)}`,
      `Worth now: ${formatExact(lot.left)} × ${formatExact(last.rate)} = ${worthInWords(worth, unit)}`,
      `Unrealised, worth less cost: ${worthInWords(unrealised, unit)}`,
    ],
    notes: [
      lot.move === undefined
        ? `It was there already at block ${formatBlock(course.marks[0]?.block ?? 0n)}, the first that was read, and counts as acquired then.`
        : moveInWords(lot.move, held),
      ...(lot.isExact ? [] : [UNSURE]),
      ...(lot.isCostExact ? [] : [UNSURE_COST]),
      METHODS[method],
      ...priceNotes(lot.price, lot.move?.block ?? course.marks[0]?.block),
      ...unitNotes([held]),
      TAX,
    ],
    calls,
    ...accountOf(source, calls),
  }
}

/** One disposal: what went, what it was worth then and what it had cost. */
export function disposalReceipt({ held, method, disposal, past }: DisposalCase): Receipt {
  const { asset } = held
  const { units, rate, worth, cost, gain, move, isExact, isCostExact } = disposal
  return {
    title: `${nameOf(asset)}: given away ${formatTime(move.time)}`,
    value: `${formatExact(units)} ${countedIn(asset)}`,
    operator: past.operator,
    formula: [
      `Proceeds: ${formatExact(units)} × ${formatExact(rate)} = ${worthInWords(worth, asset.unit)}`,
      `Cost: ${worthInWords(cost, asset.unit)}`,
      `Gain, proceeds less cost: ${worthInWords(gain, asset.unit)}`,
    ],
    notes: [
      moveInWords(move, held),
      'The proceeds are what it was worth at the protocol’s rate of that moment: what was got for it is not seen.',
      ...(isExact ? [] : [UNSURE]),
      ...(isCostExact ? [] : [UNSURE_COST]),
      METHODS[method],
      ...priceNotes(move.price, move.block),
      ...unitNotes([held]),
      TAX,
    ],
    calls: [],
  }
}

const SUMS: Readonly<Record<keyof LotSums, string>> = {
  cost: 'cost of what is held',
  worth: 'worth of what is held',
  unrealised: 'unrealised gain',
  realised: 'realised gain',
}

type SumCase = PastSource & {
  readonly which: keyof LotSums
  readonly method: LotMethod
  readonly tokens: readonly TokenLots[]
  readonly sum: Worth
}

/** The sum of one token's lots or disposals, or of all tokens'. */
export function lotSumReceipt({ which, method, tokens, sum, past }: SumCase): Receipt {
  const [only, ...others] = tokens
  const isOne = only !== undefined && others.length === 0
  const listed = (name: string, worth: Worth): string => `${name}: ${worthInWords(worth)}`
  return {
    title: `${isOne ? `${nameOf(only.held.asset)}: ` : 'All tokens: '}${SUMS[which]}`,
    value: worthInWords(sum),
    operator: past.operator,
    formula: isOne
      ? [
          which === 'unrealised'
            ? 'worth − cost, of what is held'
            : `The sum of each ${which === 'realised' ? 'disposal’s gain' : 'lot’s'} in the tables below.`,
        ]
      : tokens.map(({ held, lots }) => listed(nameOf(held.asset), lots[which])),
    notes: [METHODS[method], ...unitNotes(tokens.map(({ held }) => held)), TAX],
    calls: [],
  }
}
