import PQueue from 'p-queue'
import { resultOf } from './classify.ts'
import { type Endpoint, isLoopback, type Role } from './endpoints.ts'
import {
  ArchiveUnavailable,
  CallReverted,
  ChainError,
  MethodUnavailable,
  NoEndpointServed,
  UnexpectedReply,
  Unreachable,
} from './errors.ts'

type RpcRequest = { readonly method: string; readonly params: readonly unknown[] }

export type Question<Value> = RpcRequest & {
  readonly role: Role
  readonly signal: AbortSignal | undefined
  /** Check and decode the answer; a ChainError thrown here counts against the endpoint, and the next is asked. */
  readonly read: (result: unknown, operator: string) => Value
}

export type Answer<Value> = { readonly value: Value; readonly operator: string }

export type EndpointPool = {
  readonly endpoints: readonly Endpoint[]
  readonly ask: <Value>(question: Question<Value>) => Promise<Answer<Value>>
}

/** Milliseconds. An archive call reads cold state and may take its time. */
const TIME_OUT: Readonly<Record<Role, number>> = { head: 6_000, wallet: 8_000, archive: 15_000 }
/** How long an endpoint that failed is asked last. */
const REST = 30_000

const BROWSER_HINT =
  'A page from the internet may be kept from a node on this machine until you allow local network access.'

type Member = {
  readonly endpoint: Endpoint
  readonly queue: PQueue
  /** Roles that this endpoint turned out not to serve. */
  readonly lacking: Set<Role>
  restsUntil: number
}

/** Public endpoints get two requests at a time, 150 ms apart: a pace that browsers have kept up for hundreds of reads. */
function member(endpoint: Endpoint): Member {
  const pace = isLoopback(endpoint.url)
    ? { concurrency: 8 }
    : { concurrency: 2, interval: 300, intervalCap: 2 }
  return { endpoint, queue: new PQueue(pace), lacking: new Set(), restsUntil: 0 }
}

let requestId = 0

function unreachable({ url, operator }: Endpoint, role: Role, cause: unknown): Unreachable {
  const isLate = cause instanceof DOMException && cause.name === 'TimeoutError'
  const isPage = 'document' in globalThis
  const what = isLate ? `gave no answer within ${TIME_OUT[role] / 1000} s` : `cannot be reached at ${url}`
  const check = isPage
    ? 'check the address, that the node runs, and that it allows this page (CORS)'
    : 'check the address, and that the node runs'
  const hint = isPage && isLoopback(url) ? ` ${BROWSER_HINT}` : ''
  return new Unreachable(`${what}; ${check}.${hint}`, { operator, cause })
}

/** Send one request and take its result; an abort by the caller stays an abort. */
async function post<Value>(endpoint: Endpoint, question: Question<Value>): Promise<unknown> {
  const { url, operator } = endpoint
  const { method, params, role, signal } = question
  const limit = AbortSignal.timeout(TIME_OUT[role])
  requestId += 1
  const request: RequestInit = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: requestId, method, params }),
    signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
    referrerPolicy: 'no-referrer',
    credentials: 'omit',
  }
  try {
    const response = await fetch(url, request)
    return resultOf({ status: response.status, text: await response.text(), operator })
  } catch (error) {
    if (signal?.aborted === true) throw signal.reason
    throw error instanceof ChainError ? error : unreachable(endpoint, role, error)
  }
}

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

/** Ask one endpoint once. */
const askMember = <Value>({ endpoint, queue }: Member, question: Question<Value>): Promise<Value> =>
  queue.add(
    async () => decode(question, await post(endpoint, question), endpoint.operator),
    question.signal === undefined ? {} : { signal: question.signal },
  )

function remember(failed: Member, failure: ChainError, role: Role): void {
  if (failure instanceof ArchiveUnavailable || failure instanceof MethodUnavailable) failed.lacking.add(role)
  else failed.restsUntil = Date.now() + REST
}

/**
 * Create a pool of endpoints that answers a question from the first operator able to. Endpoints are asked in their
 * order, those that just failed last; a revert is the contract's own answer and ends the search.
 * @throws (from `ask`) CallReverted; the endpoint's own failure where there is only one; NoEndpointServed
 */
export function createEndpointPool(endpoints: readonly Endpoint[]): EndpointPool {
  const members = endpoints.map(member)
  const candidates = (role: Role): Member[] => {
    const able = members.filter(
      ({ endpoint, lacking }) => endpoint.roles.includes(role) && !lacking.has(role),
    )
    const isResting = ({ restsUntil }: Member): boolean => restsUntil > Date.now()
    const pool = able.length > 0 ? able : members.filter(({ endpoint }) => endpoint.roles.includes(role))
    return [...pool.filter(one => !isResting(one)), ...pool.filter(isResting)]
  }
  return {
    endpoints,
    ask: async question => {
      const failures: ChainError[] = []
      for (const candidate of candidates(question.role)) {
        try {
          return { value: await askMember(candidate, question), operator: candidate.endpoint.operator }
        } catch (error) {
          if (!(error instanceof ChainError) || error instanceof CallReverted) throw error
          remember(candidate, error, question.role)
          failures.push(error)
        }
      }
      const [only] = failures
      throw only !== undefined && failures.length === 1 ? only : new NoEndpointServed(failures)
    },
  }
}
