import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Fault } from './faultProxy.ts'

/** A JSON-RPC request as it is sent on. */
export type Asked = {
  readonly jsonrpc?: string
  readonly id?: unknown
  readonly method: string
  readonly params?: readonly unknown[]
}

type Pass = (asked: Asked) => Promise<{ readonly status: number; readonly body: string }>

/** What goes back to the client. */
export type Outcome =
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly body: string
      readonly contentType: string
      readonly isCut: boolean
    }
  | (Extract<Fault, { kind: 'flood' }> & { readonly id: unknown })
  | { readonly kind: 'hang' }
  | { readonly kind: 'reset' }

type Answered = Extract<Outcome, { kind: 'answer' }>

const JSON_TYPE = 'application/json'
const CHUNK = 256 * 1024

/** The faults of a fault, in turn. */
const stepsOf = (fault: Fault | undefined): readonly Fault[] => {
  if (fault === undefined) return []
  return fault.kind === 'several' ? fault.faults.flatMap(stepsOf) : [fault]
}

/** What the node is asked after this fault. */
export const paramsAfter = (fault: Fault | undefined, params: readonly unknown[]): readonly unknown[] =>
  stepsOf(fault).reduce((asked, step) => (step.kind === 'ask' ? step.params : asked), params)

/** Carry a call to the node and its answer back, as far as the fault lets it. */
export async function exchange(asked: Asked, fault: Fault | undefined, pass: Pass): Promise<Outcome> {
  const steps = stepsOf(fault)
  const own = steps.map(step => ownOutcome(step, asked.id)).find(outcome => outcome !== undefined)
  let outcome = own ?? (await passOn({ ...asked, params: paramsAfter(fault, asked.params ?? []) }, pass))
  for (const step of steps) {
    if (step.kind === 'wait') await Promise.allSettled([step.until])
    if (outcome.kind === 'answer') outcome = changed(outcome, step)
  }
  return outcome
}

/** What a fault answers without the node. */
function ownOutcome(step: Fault, id: unknown): Outcome | undefined {
  if (step.kind === 'hang' || step.kind === 'reset') return step
  if (step.kind === 'flood') return { ...step, id: id ?? null }
  if (step.kind !== 'reply') return undefined
  const { status, body, contentType = JSON_TYPE } = step
  const text = typeof body === 'string' ? body : body(id ?? null)
  return { kind: 'answer', status, body: text, contentType, isCut: false }
}

async function passOn(asked: Asked, pass: Pass): Promise<Outcome> {
  return { kind: 'answer', ...(await pass(asked)), contentType: JSON_TYPE, isCut: false }
}

function changed(answer: Answered, step: Fault): Answered {
  if (step.kind === 'cut') return { ...answer, isCut: true }
  if (step.kind === 'text') return { ...answer, body: step.change(answer.body) }
  if (step.kind !== 'result') return answer
  const reply = parse(answer.body)
  if (reply === undefined || !('result' in reply)) return answer
  return { ...answer, body: JSON.stringify({ ...reply, result: step.change(reply['result']) }) }
}

/** Read a JSON object. */
function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    // A fault before has left something else than JSON.
    return undefined
  }
}

/** Put the answers to a batch together. What is no JSON-RPC answer, or none at all, stands for the whole batch. */
export function gather(outcomes: readonly Outcome[]): Outcome {
  const isWhole = (outcome: Outcome): boolean =>
    outcome.kind !== 'answer' || outcome.status !== 200 || parse(outcome.body) === undefined
  const whole = outcomes.find(isWhole)
  if (whole !== undefined) return whole
  const answers = outcomes.filter(outcome => outcome.kind === 'answer')
  const body = `[${answers.map(answer => answer.body).join(',')}]`
  const isCut = answers.some(answer => answer.isCut)
  return { kind: 'answer', status: 200, body, contentType: JSON_TYPE, isCut }
}

/** Whether an answer is an error by its status or in its JSON. */
export function isErrorAnswer(outcome: Outcome): boolean {
  if (outcome.kind !== 'answer') return false
  return outcome.status !== 200 || 'error' in (parse(outcome.body) ?? {})
}

/**
 * Send an outcome.
 * @param sent is told how many bytes of the body went out, piece by piece
 */
export async function writeOutcome(
  outgoing: ServerResponse,
  outcome: Outcome,
  cors: Readonly<Record<string, string>>,
  sent: (bytes: number) => void,
): Promise<void> {
  if (outcome.kind === 'hang' || outgoing.destroyed) return
  if (outcome.kind === 'reset') return void outgoing.socket?.destroy()
  if (outcome.kind === 'flood') return writeFlood(outgoing, outcome, cors, sent)
  const body = Buffer.from(outcome.body)
  const length = { 'content-length': body.length }
  outgoing.writeHead(outcome.status, { ...cors, ...length, 'content-type': outcome.contentType })
  const part = outcome.isCut ? body.subarray(0, body.length >> 1) : body
  sent(part.length)
  if (outcome.isCut) outgoing.write(part, () => outgoing.socket?.destroy())
  else outgoing.end(part)
}

async function writeFlood(
  outgoing: ServerResponse,
  { bytes, isDeclared, id }: Extract<Outcome, { kind: 'flood' }>,
  cors: Readonly<Record<string, string>>,
  sent: (bytes: number) => void,
): Promise<void> {
  const [start, end] = [`{"jsonrpc":"2.0","id":${JSON.stringify(id)},"result":"0x`, '"}']
  const length = isDeclared ? { 'content-length': start.length + bytes + end.length } : {}
  outgoing.writeHead(200, { ...cors, ...length, 'content-type': JSON_TYPE })
  const chunk = '0'.repeat(CHUNK)
  function* pieces(): Generator<string> {
    yield start
    for (let left = bytes; left > 0; left -= CHUNK) yield chunk.slice(0, left)
    yield end
  }
  function* counted(): Generator<string> {
    for (const piece of pieces()) {
      sent(piece.length)
      yield piece
    }
  }
  // Not read ahead, so that what is counted is about what the client took.
  const flood = Readable.from(counted(), { highWaterMark: 1 })
  await pipeline(flood, outgoing).catch((error: unknown) => {
    if (!outgoing.destroyed) throw error
  })
}
