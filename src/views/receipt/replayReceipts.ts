import { formatBlock, formatExact, formatPercent } from '../../format/number.ts'
import { formatDay, formatTime } from '../../format/time.ts'
import { worthOf } from '../../math/course.ts'
import { exactly, weiOf } from '../wallet/past/amounts.ts'
import type { Measure, TimeLine, TimePoint } from '../wallet/past/overTime.ts'
import { type ReplayRow, type Replays, UNSTAKED, WALLET } from '../wallet/past/replayRows.ts'
import { accountOf, markCalls, type PastSource, unitNotes } from './pastReceipts.ts'
import { callOf, type Receipt, wordOf } from './receipt.ts'

export type PointCase = PastSource & {
  readonly line: TimeLine
  readonly point: TimePoint
  readonly measure: Measure
}

const NAMES: Readonly<Record<Measure, string>> = {
  ether: 'value in ETH',
  dollars: 'value in US dollars',
  earned: 'earned',
}

/** One point of what the wallet had over time. */
export function pointReceipt({ line, point, measure, ...source }: PointCase): Receipt {
  const { held, name } = line
  const { past } = source
  const mark = held?.course.marks.find(({ block }) => block === point.block)
  const moment = past.moments.find(({ block }) => block === point.block)
  const calls = held === undefined || mark === undefined ? [] : markCalls(source, held, ['then', mark])
  const unit = measure === 'dollars' ? 'USD' : 'ETH'
  const price = moment?.price
  const { value, between } = point
  const told = between === undefined ? formatExact(value ?? 0n) : exactly(between)
  return {
    title: `${name}: ${NAMES[measure]} on ${formatTime(point.time)}`,
    value: value === undefined ? 'not known' : `${told} ${unit}`,
    operator: past.operator,
    formula: [
      ...(measure === 'earned'
        ? [
            'value then − value at the first moment − what came in + what went out, each at the rate of its moment',
          ]
        : held === undefined
          ? ['The sum of all tokens, each of which has a receipt of its own in the table.']
          : ['held × rate, rounded down to 18 decimals']),
      ...(mark === undefined
        ? []
        : [
            `${formatExact(mark.units)} × ${formatExact(mark.rate)} = ${formatExact(weiOf(worthOf(mark)))} ${held?.asset.unit ?? 'ETH'}`,
          ]),
      ...(measure === 'dollars' && price !== undefined ? [`× ${formatExact(price, 8)} USD per ETH`] : []),
    ],
    notes: [
      `At the end of block ${formatBlock(point.block)}.`,
      ...unitNotes(held === undefined ? [] : [held]),
      ...(measure === 'earned' ? ['The table of what was earned has a receipt with every move.'] : []),
    ],
    calls,
    ...accountOf(source, calls),
  }
}

type ReplayCase = PastSource & { readonly row: ReplayRow; readonly replays: Replays }

const HOW: Readonly<Record<string, string>> = {
  [WALLET]: 'What the wallet’s own tokens are worth at the newest block that was read.',
  [UNSTAKED]: 'What came in less what went out, in ether at the rate of each moment: it only lay there.',
}

/** What the same ether on the same dates would be worth. */
export function replayReceipt({ row, replays, past }: ReplayCase): Receipt {
  const { pool, value, difference, fraction, id } = row
  const { last, flows, isExact, first } = replays
  const rate = pool === undefined ? undefined : last.rates[pool.token.address]
  return {
    title: `${row.name}: the same ETH on the same dates`,
    value: `${formatExact(value)} ETH`,
    operator: past.operator,
    formula: [
      HOW[id] ??
        `Each time ether came in it is turned into ${pool?.token.symbol} at that moment’s rate, and back as it went out; what is left × the rate now.`,
      `More than this wallet: ${formatExact(difference)} ETH${fraction === undefined ? '' : ` = ${formatPercent(fraction, 4)} %`}`,
    ],
    notes: [
      `${flows.length} moves from ${formatDay(first)} on, each at the wallet’s own worth then.`,
      ...(isExact
        ? []
        : [
            'Estimated: of some moves the rate is known only to lie between two values, or the block was not read.',
          ]),
      'At the rate of the first moment read at or after each move. Fees of entry and exit, market prices, gas and taxes are not counted.',
      ...(pool === undefined || pool.unit === 'ETH'
        ? []
        : [`Counted as if 1 ${pool.unit} were 1 ETH, which no contract promises.`]),
    ],
    calls:
      pool === undefined || rate === undefined
        ? []
        : [
            callOf('The rate now', pool.rate, wordOf(rate), {
              block: last.block,
              time: last.time,
              operator: past.operator,
            }),
          ],
  }
}
