import type { EndpointMemory } from '../math/endpointMemory.ts'
import { type Endpoint, paceOf } from './endpoints.ts'
import { CallReverted, ChainError, RateLimited, UnexpectedReply } from './errors.ts'
import type { Ledger } from './ledger.ts'
import { post } from './post.ts'
import type { Answer, Question } from './question.ts'
import { createStanding, type Standing, type Subject } from './standing.ts'
import { createTurns, type Turns } from './turns.ts'

/** An endpoint of a pool, with the turns that it is asked in. */
export type Member = { readonly endpoint: Endpoint; readonly standing: Standing; readonly turns: Turns }

export function createMember(endpoint: Endpoint, memory: EndpointMemory): Member {
  const standing = createStanding(endpoint, memory.recall(endpoint.url))
  return { endpoint, standing, turns: createTurns(paceOf(endpoint).atOnce) }
}

/** Milliseconds until an endpoint could begin with one more request. */
export const waitOf = ({ turns, standing }: Member): number =>
  standing.pacer.delay() +
  (turns.waiting() + (turns.working() < turns.atOnce ? 0 : 1)) *
    Math.max(standing.pacer.spacing(), standing.pause() / turns.atOnce)

/** Decode an answer; whatever the decoder cannot take, the endpoint should not have sent. */
function decode<Value>({ read }: Question<Value>, result: unknown, operator: string): Value {
  try {
    return read(result, operator)
  } catch (cause) {
    if (cause instanceof ChainError) throw cause
    throw new UnexpectedReply('gave an answer that cannot be decoded; ask another endpoint', {
      operator,
      cause,
    })
  }
}

let requestId = 0

export type AttemptOptions = {
  readonly signal: AbortSignal | undefined
  readonly subject: Subject
  readonly ledger: Ledger
  readonly memory: EndpointMemory
}

/** Send a question whose turn has come, and write down what came of it. */
async function send<Value>(
  { endpoint, standing }: Member,
  question: Question<Value>,
  { signal, subject, ledger, memory }: AttemptOptions,
): Promise<Answer<Value>> {
  const { method, params, role, limit, shows = [], isAnonymous = false } = question
  const { url, operator } = endpoint
  requestId += 1
  const body = JSON.stringify({ jsonrpc: '2.0', id: requestId, method, params })
  const began = performance.now()
  let bytesIn = 0
  const weigh = (bytes: number): void => {
    bytesIn = bytes
  }
  const enter = (outcome: string, refusal?: string): void => {
    const took = performance.now() - began
    const carriesAddress = role === 'wallet' && !isAnonymous
    const weight = { bytesOut: body.length, bytesIn, took }
    ledger.add({ at: Date.now(), operator, url, method, ...weight, outcome, refusal, carriesAddress })
  }
  try {
    const value = decode(question, await post(endpoint, { body, role, signal, limit, weigh }), operator)
    standing.noteAnswer(subject, performance.now() - began, shows)
    enter('answered')
    return { value, operator, url }
  } catch (error) {
    if (!(error instanceof ChainError)) {
      enter('left')
      throw error
    }
    // A revert is the contract's word, duly passed on.
    if (error instanceof CallReverted) standing.noteAnswer(subject, performance.now() - began, [])
    else standing.noteFailure(subject, error)
    if (error instanceof RateLimited) memory.remember(url, { spacing: standing.pacer.spacing() })
    enter(error.name, error.body ?? error.message)
    throw error
  }
}

/**
 * Ask one endpoint once, at its pace.
 * @throws a ChainError class, or the reason of an abort
 */
export const askMember = <Value>(
  member: Member,
  question: Question<Value>,
  options: AttemptOptions,
): Promise<Answer<Value>> =>
  member.turns.take(async () => {
    await member.standing.pacer.turn(options.signal)
    return send(member, question, options)
  }, options.signal)
