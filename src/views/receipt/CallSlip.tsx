import { formatBlock } from '../../format/number.ts'
import { formatTime } from '../../format/time.ts'
import { isProvable } from '../../queries/proof.ts'
import { CopyButton } from '../ui/CopyButton.tsx'
import { type Answer, doDiffer, type PlacedCall } from './answers.ts'
import { answerInWords, argumentsOf } from './answerWords.ts'
import { BlockHash } from './BlockHash.tsx'
import { Proof } from './Proof.tsx'
import styles from './Receipt.module.css'

type Props = {
  readonly call: PlacedCall
  /** The first is the figure's own. */
  readonly answers: readonly Answer[]
  readonly isFolded: boolean
}

const ASKED: Readonly<Record<Answer['how'], string>> = {
  figure: '',
  agreement: ', asked beside the figures',
  hash: ', asked again by the block’s hash',
  number: ', asked again by the block’s number',
}

/** What another operator answered, beside what the figure is made of. */
function OtherAnswer({ call, answer, own }: { call: PlacedCall; answer: Answer; own: Answer }) {
  const isSame = !doDiffer([answer, own])
  return (
    <dd data-differs={!isSame}>
      <span>
        {answer.operator}, {isSame ? 'the same' : 'different'}
        {ASKED[answer.how]}:{' '}
      </span>
      <code>{answer.returnData}</code>
      {isSame ? null : (
        <span className={styles['meaning']}>{answerInWords(call.read, answer.returnData)}</span>
      )}
    </dd>
  )
}

function Details({ call, answers }: Omit<Props, 'isFolded'>) {
  const { read, block, time, returnData, castLine, label } = call
  const [own, ...others] = answers
  return (
    <>
      <dl>
        <dt>Block</dt>
        <dd>
          {formatBlock(block)}, {formatTime(time)}
        </dd>
        <dt>Its hash</dt>
        <dd>
          <BlockHash call={call} />
        </dd>
        <dt>Contract</dt>
        <dd>
          <code>{read.address}</code>
        </dd>
        <dt>Function</dt>
        <dd>
          <code>{read.signature}</code>
        </dd>
        {argumentsOf(read).map(({ name, value }) => (
          <div key={name}>
            <dt>with {name}</dt>
            <dd>
              <code>{value}</code>
            </dd>
          </div>
        ))}
        <dt>Call data</dt>
        <dd>
          <code>{read.callData}</code>
        </dd>
        <dt>Raw answer</dt>
        <dd>
          <code>{returnData}</code>
        </dd>
        <dt>Read as</dt>
        <dd>{answerInWords(read, returnData)}</dd>
        {others.length === 0 || own === undefined ? null : (
          <>
            <dt>Others</dt>
            {others.map(answer => (
              <OtherAnswer key={answer.operator} call={call} answer={answer} own={own} />
            ))}
          </>
        )}
        <dt>Repeat it</dt>
        <dd>
          <code>{castLine}</code> <CopyButton text={castLine} label={`Copy the command for ${label}`} />
        </dd>
      </dl>
      {isProvable(read) ? <Proof call={call} /> : null}
    </>
  )
}

/** One call with what anybody needs to repeat it, and who answered what. */
export function CallSlip({ isFolded, ...rest }: Props) {
  const { label } = rest.call
  const title = <h3>{label}</h3>
  return isFolded ? (
    <details className={styles['call']} open={doDiffer(rest.answers) || undefined}>
      <summary>{title}</summary>
      <Details {...rest} />
    </details>
  ) : (
    <section className={styles['call']}>
      {title}
      <Details {...rest} />
    </section>
  )
}
