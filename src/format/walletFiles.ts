import type { Seconds } from '../math/fixedPoint.ts'
import { isAllExact, type Worth } from '../math/lots.ts'
import { type CsvCell, csvTable, inertText } from './csv.ts'
import { exactDecimal } from './number.ts'
import { chartTime, isoTime } from './time.ts'
import {
  assetPasts,
  countedIn,
  eventsOf,
  inOrder,
  nameOf,
  type WalletEvent,
  type WalletFileInput,
} from './walletEvents.ts'
import { walletFile } from './walletFile.ts'

/** Decimals of units times rate, and of that times a price of 8 decimals. */
const ETHER_DECIMALS = 36
const DOLLAR_DECIMALS = 44
const PRICE_DECIMALS = 8

/** A figure of a row by the heading of its column. */
type Row = Readonly<Record<(typeof HEADINGS)[number], CsvCell>>

const HEADINGS = [
  'kind',
  'token',
  'contract',
  'chain id',
  'block from',
  'block to',
  'time from',
  'time to',
  'transaction',
  'counterpart',
  'amount',
  'unit of amount',
  'rate',
  'rate at least',
  'rate at most',
  'unit of value',
  'value (ETH)',
  'price (USD per ETH)',
  'value (USD)',
  'method',
  'cost (ETH)',
  'cost (USD)',
  'gain (ETH)',
  'gain (USD)',
  'still held',
  'cost of still held (ETH)',
  'cost of still held (USD)',
  'exact',
] as const

const iso = (time: Seconds): string => isoTime(chartTime(time)).replace('.000Z', 'Z')

const ether = ({ ether }: Worth): string => exactDecimal(ether, ETHER_DECIMALS)

const dollars = ({ dollars }: Worth): CsvCell =>
  dollars === undefined ? null : exactDecimal(dollars, DOLLAR_DECIMALS)

const text = (cell: string | undefined): CsvCell => (cell === undefined ? null : inertText(cell))

/** frxETH and its like count as ether in sums: where one does, the row says so. */
const valueUnit = (unit: string): string => (unit === 'ETH' ? unit : `${unit} counted as ETH`)

type Tax = Pick<
  Row,
  | 'cost (ETH)'
  | 'cost (USD)'
  | 'gain (ETH)'
  | 'gain (USD)'
  | 'still held'
  | 'cost of still held (ETH)'
  | 'cost of still held (USD)'
>

const NO_TAX: Tax = {
  'cost (ETH)': null,
  'cost (USD)': null,
  'gain (ETH)': null,
  'gain (USD)': null,
  'still held': null,
  'cost of still held (ETH)': null,
  'cost of still held (USD)': null,
}

function taxOf(event: WalletEvent): Tax {
  if (event.kind === 'disposal') {
    const { cost, gain } = event.disposal
    return {
      ...NO_TAX,
      'cost (ETH)': ether(cost),
      'cost (USD)': dollars(cost),
      'gain (ETH)': ether(gain),
      'gain (USD)': dollars(gain),
    }
  }
  const { left, cost } = event.lot
  return {
    ...NO_TAX,
    'still held': exactDecimal(left),
    'cost of still held (ETH)': ether(cost),
    'cost of still held (USD)': dollars(cost),
  }
}

function rowOf(event: WalletEvent, { chainId, method }: WalletFileInput): Row {
  const { asset, between, worth, price, log } = event
  return {
    kind: event.kind,
    token: text(nameOf(asset)),
    contract: text(asset.token),
    'chain id': chainId.toString(),
    'block from': event.after.toString(),
    'block to': event.block.toString(),
    'time from': iso(event.since),
    'time to': iso(event.time),
    transaction: text(log?.transaction),
    counterpart: text(log?.counterpart),
    amount: exactDecimal(event.units),
    'unit of amount': text(countedIn(asset)),
    rate: exactDecimal(event.rate),
    'rate at least': exactDecimal(between.low),
    'rate at most': exactDecimal(between.high),
    'unit of value': text(valueUnit(asset.unit)),
    'value (ETH)': ether(worth),
    'price (USD per ETH)': price === undefined ? null : exactDecimal(price, PRICE_DECIMALS),
    'value (USD)': dollars(worth),
    method,
    ...taxOf(event),
    exact: isAllExact(event) ? 'yes' : 'no',
  }
}

/**
 * Write what came and went as a table for spreadsheets: one row for what was there at first, for each acquisition and for
 * each disposal, by block. Exact plain decimals, ISO times in UTC, empty where a value is not known.
 * @throws UnknownAsset
 */
export function walletCsv(input: WalletFileInput): string {
  const rows = inOrder(assetPasts(input).flatMap(eventsOf)).map(event => rowOf(event, input))
  return csvTable(
    HEADINGS,
    rows.map(row => HEADINGS.map(heading => row[heading])),
  )
}

/**
 * Write a wallet's past with all that is needed to compute and to ask for each figure again.
 * @throws UnknownAsset
 */
export const walletJson = (input: WalletFileInput): string =>
  `${JSON.stringify(walletFile(input), null, 1)}\n`
