import { useMemo } from 'react'
import { formatBlock } from '../../format/number.ts'
import { formatTime } from '../../format/time.ts'
import { CopyButton } from '../ui/CopyButton.tsx'
import { receiptBook } from './book.ts'
import styles from './ReceiptDialog.module.css'
import type { ReceiptCall } from './receipt.ts'
import type { MakeReceipt } from './receiptContext.ts'

function Call({ call }: { readonly call: ReceiptCall }) {
  return (
    <section className={styles['call']}>
      <h3>{call.label}</h3>
      <dl>
        <dt>Block</dt>
        <dd>
          {formatBlock(call.block)}, {formatTime(call.time)}
        </dd>
        <dt>Contract</dt>
        <dd>
          <code>{call.read.address}</code>
        </dd>
        <dt>Function</dt>
        <dd>
          <code>{call.read.signature}</code>
        </dd>
        <dt>Call data</dt>
        <dd>
          <code>{call.read.callData}</code>
        </dd>
        <dt>Raw answer</dt>
        <dd>
          <code>{call.returnData}</code>
        </dd>
        <dt>Repeat it</dt>
        <dd>
          <code>{call.castLine}</code>{' '}
          <CopyButton text={call.castLine} label={`Copy the command for ${call.label}`} />
        </dd>
      </dl>
    </section>
  )
}

/** What a receipt says: the value, its formula, and the calls behind it. */
export function ReceiptBody({ make }: { readonly make: MakeReceipt }) {
  const receipt = useMemo(() => make(receiptBook), [make])
  return (
    <>
      <h2 id="receipt-title">{receipt.title}</h2>
      <p className={styles['value']}>{receipt.value}</p>
      <div className={styles['formula']}>
        {receipt.formula.map(line => (
          <p key={line}>{line}</p>
        ))}
      </div>
      {receipt.notes.map(note => (
        <p key={note} className={styles['note']}>
          {note}
        </p>
      ))}
      {receipt.calls.map(call => (
        <Call key={call.label} call={call} />
      ))}
      {receipt.operator === undefined ? null : (
        <p className={styles['note']}>Read from {receipt.operator}.</p>
      )}
    </>
  )
}
