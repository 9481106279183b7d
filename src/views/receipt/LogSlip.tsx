import { formatBlock, formatExact } from '../../format/number.ts'
import { formatTime } from '../../format/time.ts'
import { CopyButton } from '../ui/CopyButton.tsx'
import styles from './Receipt.module.css'
import type { ReceiptLog } from './receipt.ts'

function Details({ log }: { readonly log: ReceiptLog }) {
  const { label, time, report, signature, words, logsLine, callLine } = log
  const { confirmedBy } = report
  const { block, address, topics, data, transaction, operator } = report.log
  return (
    <dl>
      <dt>Block</dt>
      <dd>
        {formatBlock(block)}, {report.log.time === undefined ? 'at the latest ' : ''}
        {formatTime(time)}
      </dd>
      <dt>Transaction</dt>
      <dd>
        <code>{transaction}</code>
      </dd>
      <dt>Contract</dt>
      <dd>
        <code>{address}</code>
      </dd>
      <dt>Event</dt>
      <dd>
        <code>{signature}</code>
      </dd>
      {words.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <code>{value.toString()}</code>
          </dd>
        </div>
      ))}
      <dt>Topics</dt>
      <dd>
        {topics.map(topic => (
          <code key={topic}>{topic} </code>
        ))}
      </dd>
      <dt>Data</dt>
      <dd>
        <code>{data}</code>
      </dd>
      <dt>Rate</dt>
      <dd>{formatExact(report.rate)}, as its arguments imply; the contract’s answers around it agree.</dd>
      <dt>Given by</dt>
      <dd>
        {confirmedBy === undefined
          ? `${operator} alone`
          : `${operator}; ${confirmedBy} told the same when asked`}
      </dd>
      <dt>See it again</dt>
      <dd>
        <code>{logsLine}</code>{' '}
        <CopyButton text={logsLine} label={`Copy the command for the event of ${label}`} />
      </dd>
      <dt>The same by call</dt>
      <dd>
        <code>{callLine}</code> <CopyButton text={callLine} label={`Copy the command for ${label}`} />
      </dd>
    </dl>
  )
}

/** One event that told a rate, with what anybody needs to see it again. */
export const LogSlip = ({ log }: { readonly log: ReceiptLog }) => (
  <section className={`${styles['call']} ${styles['log']}`}>
    <h3>{log.label}</h3>
    <Details log={log} />
  </section>
)
