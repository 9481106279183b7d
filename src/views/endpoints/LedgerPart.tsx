import { useDeferredValue, useMemo, useState } from 'react'
import { formatCount } from '../../format/number.ts'
import { isoTime } from '../../format/time.ts'
import { formatBytes, formatClock, formatWhile } from '../../format/traffic.ts'
import { isRefused, type LedgerEntry, useLedger } from '../../queries/endpoints.ts'
import page from '../ui/Page.module.css'
import press from '../ui/Press.module.css'
import { saveFile } from '../ui/saveFile.ts'
import tables from '../ui/Table.module.css'
import styles from './LedgerPart.module.css'
import { filtered, ledgerCsv, ledgerJson, type OperatorSum, sumByOperator } from './ledgerFigures.ts'

/** Rows that are drawn; a file has them all. */
const MOST_ROWS = 200

function Sums({ sums }: { readonly sums: readonly OperatorSum[] }) {
  return (
    <table className={`${tables['table']} ${tables['lines']} ${styles['sums']}`}>
      <caption className="visually-hidden">Requests of this visit by operator</caption>
      <thead>
        <tr>
          <th scope="col">Operator</th>
          <th scope="col">Requests</th>
          <th scope="col">Refused</th>
          <th scope="col">Sent</th>
          <th scope="col">Received</th>
          <th scope="col">With your address</th>
        </tr>
      </thead>
      <tbody>
        {sums.map(({ operator, requests, refused, bytesOut, bytesIn, withAddress }) => (
          <tr key={operator}>
            <th scope="row">{operator}</th>
            <td data-label="Requests">{formatCount(requests)}</td>
            <td data-label="Refused">{formatCount(refused)}</td>
            <td data-label="Sent">{formatBytes(bytesOut)}</td>
            <td data-label="Received">{formatBytes(bytesIn)}</td>
            <td data-label="With your address">{formatCount(withAddress)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** A request with a name of its own, which it keeps as others come. */
type Shown = { readonly entry: LedgerEntry; readonly key: string }

function Requests({ shown }: { readonly shown: readonly Shown[] }) {
  return (
    <table className={`${tables['table']} ${tables['lines']} ${styles['requests']}`}>
      <caption className="visually-hidden">Single requests, newest first</caption>
      <thead>
        <tr>
          <th scope="col">Time</th>
          <th scope="col">Operator</th>
          <th scope="col">Method</th>
          <th scope="col">Sent</th>
          <th scope="col">Received</th>
          <th scope="col">Took</th>
          <th scope="col">Outcome</th>
          <th scope="col">Your address</th>
        </tr>
      </thead>
      <tbody>
        {shown.map(({ entry, key }) => (
          <tr key={key}>
            <td>{formatClock(entry.at)}</td>
            <th scope="row">{entry.operator}</th>
            <td>
              <code>{entry.method}</code>
            </td>
            <td data-label="Sent">{formatBytes(entry.bytesOut)}</td>
            <td data-label="Received">{formatBytes(entry.bytesIn)}</td>
            <td data-label="Took">{formatWhile(entry.took)}</td>
            <td data-failed={isRefused(entry)} title={entry.refusal}>
              {entry.outcome}
            </td>
            <td data-label="Your address">{entry.carriesAddress ? 'yes' : 'no'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

type Format = { readonly ending: 'csv' | 'json'; readonly type: string }

const CSV: Format = { ending: 'csv', type: 'text/csv' }
const JSON_FILE: Format = { ending: 'json', type: 'application/json' }

function save(entries: readonly LedgerEntry[], { ending, type }: Format): void {
  const text = ending === 'csv' ? ledgerCsv(entries) : ledgerJson(entries)
  const newest = entries.at(-1)?.at ?? 0
  saveFile(`poolglass-requests-${isoTime(newest / 1_000).slice(0, 10)}.${ending}`, type, text)
}

/** This visit's requests: who was asked what, what came of it, and whether the reader's address went along. */
export function LedgerPart() {
  const all = useDeferredValue(useLedger())
  const [operator, setOperator] = useState<string>()
  const [isFailedOnly, setIsFailedOnly] = useState(false)
  const sums = useMemo(() => sumByOperator(all), [all])
  const shown = useMemo(
    () =>
      filtered(all, { operator, isFailedOnly })
        .map((entry, place) => ({ entry, key: `${entry.at} ${place}` }))
        .slice(-MOST_ROWS)
        .toReversed(),
    [all, operator, isFailedOnly],
  )
  return (
    <section aria-labelledby="ledger-title">
      <h3 id="ledger-title">Requests of this visit</h3>
      <p className={page['note']}>
        Kept only as long as this page is open, and sent nowhere. A saved file names hosts, not whole
        addresses, which may hold a key.
      </p>
      <Sums sums={sums} />
      <div className={styles['bar']}>
        <label>
          Operator{' '}
          <select
            className={press['press']}
            value={operator ?? ''}
            onChange={({ target: { value } }) => setOperator(value === '' ? undefined : value)}
          >
            <option value="">all</option>
            {sums.map(sum => (
              <option key={sum.operator}>{sum.operator}</option>
            ))}
          </select>
        </label>
        <label>
          <input
            type="checkbox"
            checked={isFailedOnly}
            onChange={event => setIsFailedOnly(event.target.checked)}
          />{' '}
          failed only
        </label>
        <span className={styles['grow']} />
        <button type="button" className={press['press']} onClick={() => save(all, CSV)}>
          Save as CSV
        </button>
        <button type="button" className={press['press']} onClick={() => save(all, JSON_FILE)}>
          Save as JSON
        </button>
      </div>
      <p className={page['note']}>
        {shown.length === 0
          ? 'No such request.'
          : `${formatCount(shown.length)} of ${formatCount(all.length)} requests, newest first.`}
      </p>
      {shown.length === 0 ? null : <Requests shown={shown} />}
    </section>
  )
}
