import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { corsHeaders, preflightHeaders } from './faultCors.ts'
import { type Asked, exchange, gather, isErrorAnswer, type Outcome, writeOutcome } from './faultExchange.ts'
import { type Arrival, createRecord } from './faultRecord.ts'

/** A JSON-RPC request as it came, and what became of it. */
export type ProxiedRequest = {
  readonly method: string
  readonly params: readonly unknown[]
  /** 0 for the first request of all, or since the last `forget`. */
  readonly index: number
  /** When it arrived: milliseconds, as performance.now() counts them. */
  readonly at: number
  /** How many requests came in one body; 1 where it came alone. */
  readonly batch: number
  /** Of the body in which it came; of a batch, the first request carries the bytes of all. */
  readonly bytesIn: number
  /** Of the answer's body, as far as it was sent. */
  readonly bytesOut: number
  /** Whether the client left before it had the whole answer. */
  readonly aborted: boolean
}

/**
 * What to do instead of passing a request on and its answer back.
 * - `reply`: this status and body, the node is not asked; a function is given the request's id
 * - `result`: the node's result is changed on its way back
 * - `text`: so is the body, whatever it holds
 * - `ask`: the node is asked something else
 * - `hang`: no answer, ever; `reset`: the connection is cut
 * - `cut`: half of the answer, which says that it is whole, and then the connection is cut
 * - `flood`: a result of so many bytes; `isDeclared` says whether its length is told beforehand
 * - `wait`: the answer is passed back once `until` has settled
 * - `several`: all of these in turn. The first that answers by itself does so, the others still change the answer
 */
export type Fault =
  | {
      readonly kind: 'reply'
      readonly status: number
      readonly body: string | ((id: unknown) => string)
      readonly contentType?: string
    }
  | { readonly kind: 'result'; readonly change: (result: unknown) => unknown }
  | { readonly kind: 'text'; readonly change: (body: string) => string }
  | { readonly kind: 'ask'; readonly params: readonly unknown[] }
  | { readonly kind: 'hang' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'cut' }
  | { readonly kind: 'flood'; readonly bytes: number; readonly isDeclared: boolean }
  | { readonly kind: 'wait'; readonly until: Promise<unknown> }
  | { readonly kind: 'several'; readonly faults: readonly Fault[] }

/** Where an endpoint leaves its CORS headers out, and whether it names the page's origin instead of any. */
export type Cors = {
  readonly isReflecting?: boolean
  readonly onPreflight?: boolean
  readonly onErrors?: boolean
  readonly onAnswers?: boolean
}

/** Ask the node behind the proxy itself, unseen. Gives undefined where it answers an error. */
export type AskNode = (method: string, params?: readonly unknown[]) => Promise<unknown>

/** Says what to do with a request; its function's `name` names it in tables. */
export type FaultPolicy = {
  (request: ProxiedRequest, node: AskNode): Fault | undefined | Promise<Fault | undefined>
  readonly cors?: Cors
}

export type FaultProxy = {
  readonly url: string
  /** Every request so far, in the order in which their bodies were complete. */
  readonly requests: readonly ProxiedRequest[]
  /** Requests of one method, or all, since the last `forget`. */
  readonly count: (method?: string) => number
  /** Requests by method since the last `forget`. */
  readonly counts: () => Readonly<Record<string, number>>
  /** Questions of a browser, whether it may ask, since the last `forget`. */
  readonly preflights: () => number
  /** The most requests that arrived within any window of so many milliseconds. */
  readonly busiest: (window: number) => number
  /** Milliseconds from each arrival to the next. */
  readonly gaps: () => number[]
  readonly forget: () => void
  /** Imitate faults from now on; without a policy everything is passed on. */
  readonly imitate: (policy?: FaultPolicy) => void
  /** Stop, and throw what a policy threw: a broken policy would look like a cut connection. */
  readonly stop: () => Promise<void>
}

const JSON_TYPE = { 'content-type': 'application/json' }

/** The node behind a proxy is gone. Ends in a cut connection and never leaves this file. */
class NodeUnreachable extends Error {
  override readonly name = 'NodeUnreachable'
}

async function pass(nodeUrl: string, asked: Asked): Promise<{ status: number; body: string }> {
  try {
    const body = JSON.stringify(asked)
    const passed = await fetch(nodeUrl, { method: 'POST', headers: JSON_TYPE, body })
    return { status: passed.status, body: await passed.text() }
  } catch (cause) {
    throw new NodeUnreachable('The node does not answer.', { cause })
  }
}

/** Put a proxy on 127.0.0.1 in front of a node. By default pages of any origin may ask it, as with public endpoints. */
export async function startFaultProxy(nodeUrl: string, firstPolicy?: FaultPolicy): Promise<FaultProxy> {
  let policy = firstPolicy
  const { enter, enterPreflight, ...record } = createRecord()
  const failures: unknown[] = []
  const sockets = new Set<Socket>()
  /** Answers whose connection the proxy itself cuts. */
  const cutHere = new WeakSet<ServerResponse>()
  const server = createServer((incoming, outgoing) => {
    void serve(incoming, outgoing).catch(() => incoming.socket.destroy())
  })
  server.on('connection', socket => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })

  const node: AskNode = async (method, params = []) => {
    const { body } = await pass(nodeUrl, { jsonrpc: '2.0', id: 1, method, params })
    return (JSON.parse(body) as { result?: unknown }).result
  }

  async function outcomeOf(asked: Asked, arrival: Arrival | undefined): Promise<Outcome> {
    try {
      const fault = arrival === undefined ? undefined : await policy?.(arrival, node)
      return await exchange(asked, fault, changed => pass(nodeUrl, changed))
    } catch (failure) {
      if (!(failure instanceof NodeUnreachable)) failures.push(failure)
      return { kind: 'reset' }
    }
  }

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const at = performance.now()
    const { origin } = incoming.headers
    const cors = policy?.cors ?? {}
    if (incoming.method === 'OPTIONS') {
      enterPreflight()
      return void outgoing.writeHead(204, preflightHeaders(cors, origin)).end()
    }
    const text = await textOf(incoming)
    const body = JSON.parse(text) as Asked | Asked[]
    const calls = Array.isArray(body) ? body : [body]
    const arrivals = enter(calls, at, Buffer.byteLength(text))
    outgoing.once('close', () => {
      if (outgoing.writableFinished || cutHere.has(outgoing) || !server.listening) return
      for (const arrival of arrivals) arrival.aborted = true
    })
    const outcomes = await Promise.all(calls.map((asked, place) => outcomeOf(asked, arrivals[place])))
    const outcome = Array.isArray(body) ? gather(outcomes) : outcomes[0]
    if (outcome === undefined) return void outgoing.socket?.destroy()
    if (outcome.kind === 'reset' || (outcome.kind === 'answer' && outcome.isCut)) cutHere.add(outgoing)
    await writeOutcome(outgoing, outcome, corsHeaders(cors, isErrorAnswer(outcome), origin), bytes => {
      const [first] = arrivals
      if (first !== undefined) first.bytesOut += bytes
    })
  }

  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', () => resolve()))
  return {
    ...record,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    imitate: next => {
      policy = next
    },
    stop: async () => {
      await new Promise<void>(resolve => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      })
      if (failures.length > 0) throw new AggregateError(failures, 'A fault policy failed.')
    },
  }
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of incoming.setEncoding('utf8')) text += String(chunk)
  return text
}

/** A refusal's body as JSON-RPC writes it, with the id of the request. */
const errorBody =
  (error: { readonly code?: number; readonly message: string; readonly data?: unknown }) =>
  (id: unknown): string =>
    JSON.stringify({ jsonrpc: '2.0', id, error })

/** Refuse as an endpoint does: a JSON-RPC error with an HTTP status of its own. */
export const refuse = (
  status: number,
  error: { readonly code?: number; readonly message: string; readonly data?: unknown },
): Fault => ({ kind: 'reply', status, body: errorBody(error) })

/** The same fault for every request of one method, or of any. */
export const always =
  (fault: Fault, method?: string): FaultPolicy =>
  request =>
    method === undefined || request.method === method ? fault : undefined

/** Answer calls at the newest block, whatever block was asked for: some public endpoints do. */
export const ignoreBlockTag: FaultPolicy = ({ method, params }) =>
  method === 'eth_call' ? { kind: 'ask', params: [params[0], 'latest'] } : undefined

/** Let a local node pass for another chain: in eth_chainId and in the word that Multicall3 gives. */
export function pretendChain(from: number, to: number): FaultPolicy {
  const word = (chainId: number): string => chainId.toString(16).padStart(64, '0')
  const change = (result: unknown): unknown =>
    typeof result === 'string' ? result.replace(word(from), word(to)) : result
  return ({ method }) => {
    if (method === 'eth_chainId') return { kind: 'result', change: () => `0x${to.toString(16)}` }
    return method === 'eth_call' ? { kind: 'result', change } : undefined
  }
}
