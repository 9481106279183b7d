import PQueue from 'p-queue'
import { resultOf } from './classify.ts'
import { type Endpoint, isLoopback, type Role } from './endpoints.ts'
import {
  ArchiveUnavailable,
  CallReverted,
  ChainError,
  MethodUnavailable,
  NoEndpointServed,
  Unreachable,
} from './errors.ts'

export type RpcRequest = { readonly method: string; readonly params: readonly unknown[] }

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

async function post(
  { url, operator }: Endpoint,
  { method, params }: RpcRequest,
  signal: AbortSignal,
): Promise<unknown> {
  requestId += 1
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: requestId, method, params }),
    signal,
    referrerPolicy: 'no-referrer',
    credentials: 'omit',
  })
  return resultOf({ status: response.status, text: await response.text(), operator })
}

/** Ask one endpoint once. An abort by the caller stays an abort; everything else becomes a ChainError. */
async function askMember<Value>({ endpoint, queue }: Member, question: Question<Value>): Promise<Value> {
  const { signal, role, read } = question
  try {
    const run = async (): Promise<Value> => {
      const limit = AbortSignal.timeout(TIME_OUT[role])
      const both = signal === undefined ? limit : AbortSignal.any([signal, limit])
      return read(await post(endpoint, question, both), endpoint.operator)
    }
    return await queue.add(run, signal === undefined ? {} : { signal })
  } catch (error) {
    if (signal?.aborted === true) throw signal.reason
    if (error instanceof ChainError) throw error
    const isLate = error instanceof DOMException && error.name === 'TimeoutError'
    const hint = isLoopback(endpoint.url) && 'document' in globalThis ? ` ${BROWSER_HINT}` : ''
    const what = isLate
      ? `gave no answer within ${TIME_OUT[role] / 1000} s`
      : `cannot be reached at ${endpoint.url}`
    throw new Unreachable(
      `${what}; check the address, that the node runs, and that it allows this page.${hint}`,
      {
        operator: endpoint.operator,
        cause: error,
      },
    )
  }
}

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
