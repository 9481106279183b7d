import { useCallback, useMemo } from 'react'
import { formatBlock, formatExact } from '../../format/number.ts'
import { poolKey } from '../../pools/definePool.ts'
import type { Agreement } from '../../queries/agreement.ts'
import { useKnownAgreement } from '../../queries/knownAgreement.ts'
import type { Opinion } from '../../queries/recheck.ts'
import { useSession } from '../../queries/session.ts'
import page from '../ui/Page.module.css'
import {
  type Answer,
  agreementInWords,
  answersTo,
  doDiffer,
  earlierAgreement,
  type PlacedCall,
} from './answers.ts'
import { receiptBook } from './book.ts'
import { CallSlip } from './CallSlip.tsx'
import { LogSlip } from './LogSlip.tsx'
import { ReadAgain } from './ReadAgain.tsx'
import styles from './Receipt.module.css'
import type { Receipt } from './receipt.ts'
import type { MakeReceipt } from './receiptContext.ts'
import { useReadAgain } from './useReadAgain.ts'

/** Calls that are shown whole; more are folded, or the slip would be a roll. */
const MOST_OPEN = 2

/** What operators claim, of figures that are not shown because they differ. */
function Claims({ why, agreement }: { readonly why: string; readonly agreement: Agreement | undefined }) {
  const { tokenPools } = useSession()
  const doubts = tokenPools.flatMap(pool => {
    const doubt = agreement?.doubts.get(poolKey(pool))
    return doubt?.why === why ? [{ pool, claims: doubt.claims }] : []
  })
  return doubts.map(({ pool, claims }) => (
    <section key={pool.id} className={styles['claims']} aria-label={`What operators say of ${pool.name}`}>
      <h3>{pool.name}</h3>
      <ul>
        {claims.map(({ operator, reading }) => (
          <li key={operator}>
            {operator} says{' '}
            {reading.state === 'known'
              ? `rate ${formatExact(reading.rate)} ${pool.unit}, supply ${formatExact(reading.pooled)} ${pool.unit}`
              : 'that there is no rate'}
          </li>
        ))}
      </ul>
    </section>
  ))
}

type AnsweredCall = { readonly call: PlacedCall; readonly answers: readonly Answer[] }

/** Who gave the calls and whether they say the same, in as few sentences as that takes. */
function Givers({
  answered,
  agreement,
}: {
  answered: readonly AnsweredCall[]
  agreement: Agreement | undefined
}) {
  const { tokenPools } = useSession()
  const labels = new Map<string, string[]>()
  for (const { call, answers } of answered) {
    const sentence = agreementInWords(answers, call.read)
    labels.set(sentence, [...(labels.get(sentence) ?? []), call.label])
  }
  const loud = answered.filter(({ answers }) => doDiffer(answers)).map(({ call }) => call.label)
  const calls = answered.map(({ call }) => call)
  const earlier = earlierAgreement(calls, tokenPools, agreement)
  return (
    <section className={styles['who']} aria-label="Who gave it" aria-live="polite">
      {[...labels].map(([sentence, named]) => (
        <p key={sentence} className={named.some(label => loud.includes(label)) ? styles['loud'] : undefined}>
          {labels.size > 1 ? `${named.join(', ')}: ` : ''}
          {sentence}
        </p>
      ))}
      {earlier === undefined ? null : (
        <p className={page['note']}>
          {earlier.operators} agreed on the rates and supplies of block {formatBlock(earlier.block)}.
        </p>
      )}
    </section>
  )
}

type CallsProps = { readonly receipt: Receipt; readonly agreement: Agreement | undefined }

/** Who gave the calls, the way to ask somebody else, and the calls themselves. */
function Calls({ receipt, agreement }: CallsProps) {
  const { tokenPools } = useSession()
  const calls = useMemo(() => receipt.calls.map((call, place): PlacedCall => ({ ...call, place })), [receipt])
  const answersOf = useCallback(
    (call: PlacedCall, opinions: readonly Opinion<{ readonly place: number }>[]) =>
      answersTo(call, tokenPools, agreement, opinions),
    [tokenPools, agreement],
  )
  const { opinions, ...again } = useReadAgain(receipt, calls, answersOf)
  const answered = calls.map(call => ({ call, answers: answersOf(call, opinions) }))
  return (
    <>
      <Givers answered={answered} agreement={agreement} />
      <ReadAgain {...again} account={receipt.account} hasAsked={opinions.length > 0} />
      {answered.map(({ call, answers }) => (
        <CallSlip key={call.place} call={call} answers={answers} isFolded={answered.length > MOST_OPEN} />
      ))}
    </>
  )
}

/** What a receipt says: the value, its formula, the calls behind it, and who gave them. */
export function ReceiptBody({ make }: { readonly make: MakeReceipt }) {
  const receipt = useMemo(() => make(receiptBook), [make])
  const agreement = useKnownAgreement()
  const { title, value, formula, notes, calls, logs = [], operator, why } = receipt
  return (
    <>
      <h2 id="receipt-title">{title}</h2>
      <p className={styles['value']}>{value}</p>
      <div className={styles['formula']}>
        {formula.map(line => (
          <p key={line}>{line}</p>
        ))}
      </div>
      {why === undefined ? null : <Claims why={why} agreement={agreement} />}
      {notes.map(note => (
        <p key={note} className={page['note']}>
          {note}
        </p>
      ))}
      {operator === undefined ? null : <p className={page['note']}>Read from {operator}.</p>}
      {logs.map(log => (
        <LogSlip key={log.label} log={log} />
      ))}
      {calls.length === 0 ? null : <Calls receipt={receipt} agreement={agreement} />}
    </>
  )
}
