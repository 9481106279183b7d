import {
  ArchiveUnavailable,
  CallReverted,
  type ChainError,
  MethodUnavailable,
  RangeTooWide,
  RateLimited,
  TooManyResults,
  UnexpectedReply,
  Unreachable,
} from './errors.ts'

/** An endpoint's answer as it came: HTTP status and body. */
export type Reply = { readonly status: number; readonly text: string; readonly operator: string }

type Refusal = { readonly code?: unknown; readonly message?: unknown; readonly data?: unknown }
type ErrorClass = new (message: string, details: ConstructorParameters<typeof ChainError>[1]) => ChainError

/**
 * Wordings by what to do about them, first match wins. Text comes before code: operators use the same codes for
 * opposite things (-32602 is both "archive needs a token" and "range too wide").
 */
const WORDINGS: readonly (readonly [RegExp, ErrorClass, string])[] = [
  [
    /execution reverted|revert(ed)?\b|invalid opcode|out of gas|EVM error/i,
    CallReverted,
    'the contract refused the call',
  ],
  [
    /rate.?limit|too many requests|exceeded the rps|requests per second/i,
    RateLimited,
    'wants fewer requests; wait a minute, or use another endpoint',
  ],
  [
    /archive|pruned|missing trie node|historical state|suitable provider|header not found|blocks are available from|proof window|BlockOutOfRange|state .*not available/i,
    ArchiveUnavailable,
    'does not keep state this old; use an archive node',
  ],
  // "More than 10000 results. Try with this block range": the range that it names will do.
  [/try with this block range/i, RangeTooWide, 'allows fewer blocks in one log request'],
  [/results|response size exceeded(?!.*blocks)/i, TooManyResults, 'has more logs than it returns at once'],
  [
    /range|maximum .*blocks|too many blocks|requested blocks/i,
    RangeTooWide,
    'allows fewer blocks in one log request',
  ],
  [
    /method not|not whitelisted|not available|unauthorized|authenticate|api key|unsupported/i,
    MethodUnavailable,
    'does not offer this method without a key; use another endpoint',
  ],
  [
    /timeout|timed out|temporar|internal error/i,
    Unreachable,
    'is out of order for the moment; try again, or use another endpoint',
  ],
]

const BY_CODE: ReadonlyMap<unknown, readonly [ErrorClass, string]> = new Map([
  [3, [CallReverted, 'the contract refused the call']],
  [15, [RateLimited, 'wants fewer requests; wait a minute, or use another endpoint']],
  [429, [RateLimited, 'wants fewer requests; wait a minute, or use another endpoint']],
  [-32_029, [RateLimited, 'wants fewer requests; wait a minute, or use another endpoint']],
  [-32_007, [RateLimited, 'wants fewer requests; wait a minute, or use another endpoint']],
  [-32_601, [MethodUnavailable, 'does not offer this method without a key; use another endpoint']],
  [-32_603, [Unreachable, 'is out of order for the moment; try again, or use another endpoint']],
] as const)

/** Name the failure behind a refusal that is JSON-RPC. */
function classifyRefusal(refusal: Refusal, reply: Reply): ChainError {
  const { status, text, operator } = reply
  const words = [refusal.message, refusal.data].filter(part => typeof part === 'string').join(' ')
  const worded = WORDINGS.find(([pattern]) => pattern.test(words))
  const coded = BY_CODE.get(refusal.code) ?? (status === 429 ? BY_CODE.get(429) : undefined)
  const [Failure, message] = worded === undefined ? (coded ?? []) : [worded[1], worded[2]]
  if (Failure !== undefined && message !== undefined) return new Failure(message, { operator, body: text })
  // A firewall's words say nothing; its status does.
  if (words === '' || status === 401 || status === 403) return classifyStatus(reply)
  return new UnexpectedReply(`refused with “${words.slice(0, 120)}”`, { operator, body: text })
}

function classifyStatus({ status, text, operator }: Reply): ChainError {
  if (status === 429)
    return new RateLimited('wants fewer requests; wait a minute, or use another endpoint', {
      operator,
      body: text,
    })
  if (status === 401 || status === 403)
    return new MethodUnavailable(`refused the request (HTTP ${status}); use another endpoint`, {
      operator,
      body: text,
    })
  if (status >= 500)
    return new Unreachable(`is out of order (HTTP ${status}); try again, or use another endpoint`, {
      operator,
      body: text,
    })
  const what = /<html|<!doctype/i.test(text) ? 'a web page' : text === '' ? 'nothing' : 'something else'
  return new UnexpectedReply(`answered ${what} instead of JSON-RPC; check that the URL is that of a node`, {
    operator,
    body: text,
  })
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not JSON: HTML of a gateway, half an answer, or nothing. The status says which failure it is.
    return undefined
  }
}

/**
 * Take the result out of an endpoint's reply, or throw what stands in its way.
 * @throws one of the classes of `errors.ts`
 */
export function resultOf(reply: Reply): unknown {
  const body = parse(reply.text)
  if (!isRecord(body)) throw classifyStatus(reply)
  if (isRecord(body['error'])) throw classifyRefusal(body['error'], reply)
  if (typeof body['error'] === 'string') throw classifyRefusal({ message: body['error'] }, reply)
  if (!('result' in body)) throw classifyStatus(reply)
  return body['result']
}
