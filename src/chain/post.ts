import { isOffline } from './deviceNetwork.ts'
import { type Endpoint, isLoopback, type Role } from './endpoints.ts'
import { ChainError, UnexpectedReply, Unreachable } from './errors.ts'
import { resultOf } from './reply.ts'
import { leash } from './signals.ts'

/** Milliseconds. An archive call reads cold state and may take its time; two that hang must not cost half a minute. */
export const TIME_OUT: Readonly<Record<Role, number>> = {
  head: 6_000,
  wallet: 8_000,
  archive: 10_000,
  logs: 12_000,
}

/** Bytes that an answer may have: a hundred times what any of ours needs. */
const MOST_BYTES = 16_000_000

const BROWSER_HINT =
  'A page from the internet may be kept from a node on this machine until you allow local network access.'

export type Letter = {
  readonly body: string
  readonly role: Role
  readonly signal: AbortSignal | undefined
  /** Milliseconds; by the role unless given. */
  readonly limit?: number | undefined
  /** Told as the answer comes in, so that a failed one is weighed too. */
  readonly weigh: (bytesIn: number) => void
}

function unreachable({ url, operator }: Endpoint, limit: number, cause: unknown): Unreachable {
  const isLate = cause instanceof DOMException && cause.name === 'TimeoutError'
  const isPage = 'document' in globalThis
  const what = isLate ? `gave no answer within ${limit / 1000} s` : `cannot be reached at ${url}`
  if (isOffline()) return new Unreachable(`${what}; this device is offline.`, { operator, cause })
  const check = isPage
    ? 'check the address, that the node runs, and that it allows this page (CORS)'
    : 'check the address, and that the node runs'
  const hint = isPage && isLoopback(url) ? ` ${BROWSER_HINT}` : ''
  return new Unreachable(`${what}; ${check}.${hint}`, { operator, cause })
}

/** Read an answer as text, and no further than an answer may be long. */
async function textOf(response: Response, operator: string, weigh: Letter['weigh']): Promise<string> {
  const reader = response.body?.getReader()
  if (reader === undefined) return ''
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    bytes += value.byteLength
    weigh(bytes)
    if (bytes > MOST_BYTES) {
      await reader.cancel()
      throw new UnexpectedReply('answered more than any question here asks for; use another endpoint', {
        operator,
        body: text.slice(0, 300),
      })
    }
    text += decoder.decode(value, { stream: true })
  }
}

/**
 * Send one request and take its result; an abort by the caller stays an abort.
 * @throws the classes of `errors.ts`, or the reason of an abort
 */
export async function post(endpoint: Endpoint, letter: Letter): Promise<unknown> {
  const { url, operator } = endpoint
  const { body, role, signal, weigh, limit = TIME_OUT[role] } = letter
  const held = leash(signal, limit)
  const request: RequestInit = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    signal: held.signal,
    referrerPolicy: 'no-referrer',
    credentials: 'omit',
    // Whoever an endpoint points to was not chosen, and is not in the ledger.
    redirect: 'error',
  }
  try {
    const response = await fetch(url, request)
    return await resultOf({
      status: response.status,
      text: await textOf(response, operator, weigh),
      operator,
    })
  } catch (error) {
    if (signal?.aborted === true) throw signal.reason
    throw error instanceof ChainError ? error : unreachable(endpoint, limit, error)
  } finally {
    held.release()
  }
}
