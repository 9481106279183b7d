import { isoTime } from '../../format/time.ts'
import { isRefused, type LedgerEntry } from '../../queries/endpoints.ts'

export type OperatorSum = {
  readonly operator: string
  readonly requests: number
  readonly refused: number
  readonly bytesOut: number
  readonly bytesIn: number
  /** Requests that carried the reader's address. */
  readonly withAddress: number
}

const noneOf = (operator: string): OperatorSum => ({
  operator,
  requests: 0,
  refused: 0,
  bytesOut: 0,
  bytesIn: 0,
  withAddress: 0,
})

/** Add up the requests of each operator, in the order in which they were first asked. */
export function sumByOperator(entries: readonly LedgerEntry[]): readonly OperatorSum[] {
  const sums = new Map<string, OperatorSum>()
  for (const entry of entries) {
    const { operator, bytesOut, bytesIn, carriesAddress } = entry
    const sum = sums.get(operator) ?? noneOf(operator)
    sums.set(operator, {
      operator,
      requests: sum.requests + 1,
      refused: sum.refused + (isRefused(entry) ? 1 : 0),
      bytesOut: sum.bytesOut + bytesOut,
      bytesIn: sum.bytesIn + bytesIn,
      withAddress: sum.withAddress + (carriesAddress ? 1 : 0),
    })
  }
  return [...sums.values()]
}

export type LedgerFilter = { readonly operator: string | undefined; readonly isFailedOnly: boolean }

/** Which of the requests are to be seen. */
export const filtered = (
  entries: readonly LedgerEntry[],
  { operator, isFailedOnly }: LedgerFilter,
): readonly LedgerEntry[] =>
  entries.filter(
    entry => (operator === undefined || entry.operator === operator) && (!isFailedOnly || isRefused(entry)),
  )

/** A URL may hold a key: a file that is passed on names the host alone. */
function rowOf({ at, url, took, refusal, ...entry }: LedgerEntry) {
  const { host } = new URL(url)
  return {
    time: isoTime(at / 1_000),
    operator: entry.operator,
    host,
    method: entry.method,
    bytesOut: entry.bytesOut,
    bytesIn: entry.bytesIn,
    milliseconds: Math.round(took),
    outcome: entry.outcome,
    refusal: refusal?.replaceAll(url, host) ?? '',
    carriedAddress: entry.carriesAddress,
  }
}

const COLUMNS = [
  'time',
  'operator',
  'host',
  'method',
  'bytesOut',
  'bytesIn',
  'milliseconds',
  'outcome',
  'refusal',
  'carriedAddress',
] as const

/** Quote what needs it (RFC 4180); what endpoints say must not become a formula in a spreadsheet. */
function cell(value: string | number | boolean): string {
  const text = String(value).replace(/^[=+\-@\t\r]/, "'$&")
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Write the requests as CSV, a line for each, oldest first. */
export function ledgerCsv(entries: readonly LedgerEntry[]): string {
  const rows = entries.map(rowOf).map(row => COLUMNS.map(column => cell(row[column])).join(','))
  return [COLUMNS.join(','), ...rows, ''].join('\r\n')
}

/** Write the requests as JSON, oldest first. */
export const ledgerJson = (entries: readonly LedgerEntry[]): string =>
  `${JSON.stringify(entries.map(rowOf), undefined, 2)}\n`
