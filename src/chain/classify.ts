import {
  ArchiveUnavailable,
  CallReverted,
  type ChainError,
  MethodUnavailable,
  RangeTooWide,
  RateLimited,
  RequestTooLarge,
  TooManyResults,
  UnexpectedReply,
  Unreachable,
} from './errors.ts'
import { CROWDED, readHint, readOldest } from './hints.ts'
import type { Reply } from './reply.ts'

type Refusal = { readonly code?: unknown; readonly message?: unknown; readonly data?: unknown }
type Details = ConstructorParameters<typeof ChainError>[1]
type Kind = { readonly Failure: new (message: string, details: Details) => ChainError; readonly says: string }

const reverted: Kind = { Failure: CallReverted, says: 'the contract refused the call' }
const rate: Kind = {
  Failure: RateLimited,
  says: 'wants fewer requests; wait a minute, or use another endpoint',
}
const large: Kind = {
  Failure: RequestTooLarge,
  says: 'takes less in one request; ask for fewer addresses or calls at once',
}
const archive: Kind = {
  Failure: ArchiveUnavailable,
  says: 'does not keep state this old; use an archive node',
}
const range: Kind = { Failure: RangeTooWide, says: 'allows fewer blocks in one log request' }
const crowded: Kind = { Failure: TooManyResults, says: 'has more logs than it returns at once' }
const method: Kind = {
  Failure: MethodUnavailable,
  says: 'does not offer this method without a key; use another endpoint',
}
const unreachable: Kind = {
  Failure: Unreachable,
  says: 'is out of order for the moment; try again, or use another endpoint',
}

/** Make one expression of a list, a wording a line. */
const any = ({ raw }: TemplateStringsArray): RegExp =>
  new RegExp(
    raw
      .join('')
      .trim()
      .split(/\s*\n\s*/)
      .join('|'),
    'is',
  )

type Wordings = readonly (readonly [RegExp, Kind])[]

/**
 * Wordings by what to do about them, first match wins. Text comes before code: operators use the same codes for
 * opposite things (-32602 is both "archive needs a token" and "range too wide").
 */
const WORDINGS: Wordings = [
  // First, because the reason of a revert is the contract's own text and may say anything.
  [
    any`
      \breverts?\b|\breverted\b
      invalid (?:opcode|jump)|bad (?:instruction|jump)|stack (?:under|over)flow|write protection
      \bout of gas\b(?! limit)
      EVM error|VM (?:execution error|exception)
    `,
    reverted,
  ],
  [
    any`
      rate.?(?:limit|exceeded)|throttl|too many requests|maximum requests|exceeded .{0,20}requests|exceeded the rps
      requests? (?:rate|count|limit|quota)|call limit|(?:daily|monthly) limit|(?:requests|calls|units) per
      capacity|quota|credits|throughput|usage has been|too much load|\bis full
      reached (?!.*\b(?:blocks?|ranges?|logs|results)\b).{0,60}limit
    `,
    rate,
  ],
  [
    any`
      \bbatch
      \b(?:exceed|limit|max|less|fewer|too many|number of)(?:(?!range|block).){0,40}\b(?:addresses|topics)\b
      \b(?:addresses|topics)\b(?:(?!range|block).){0,40}(?:exceed|limit|max)
      too many (?:filters|param|calls)|contains \d+ filters
      (?:request|payload|body|content(?: length)?|entity|array|list|input|calldata)\b.{0,20} too (?:large|big|long)
      gas (?:required )?exceeds|exceeds.{0,20} gas|intrinsic gas too high
    `,
    large,
  ],
  [
    any`
      archiv|prun(?:ed|ing)|missing trie node|proof window|suitable provider|unfinalized
      historical (?:state|data|block|rpc|backend)
      \bstate\b.{0,80}(?:not available|unavailable|discarded|not found)|no state
      \b(?:header|blocks?|body|hash)\b.{0,80}(?:not (?:found|available|known)|(?:cannot|could not) be found|does not exist)
      (?:find|unknown|no such) (?:block|header)|block.?(?:is )?out.?of.?range
      (?:blocks?|history|state|data) (?:is |are )?available (?:from|since)
      (?:lowest|earliest|oldest) (?:available )?(?:height|block)|height .{0,40}(?:less than or equal|not available)
      block (?:is )?too old|(?:after|beyond|above) .{0,20}(?:head|last accepted|latest)
    `,
    archive,
  ],
  [CROWDED, crowded],
  [
    any`
      \branges?\b
      (?:max\w*|limit|more than|too many|at most|number of|requested) .{0,30}blocks?
      blocks? .{0,30}(?:limit|max)
      smaller than size
    `,
    range,
  ],
  [
    any`
      method not|method .{0,60}not found|does not exist
      not (?:whitelisted|available|enabled|included|supported|allowed)|unsupported|disabled|whitelist
      authori[sz]ed|authenticat|forbidden|denied|api key|project id|dedicated (?:full )?node
    `,
    method,
  ],
]

/** Words that say little: they count only where neither message nor data say more. */
const VAGUE: Wordings = [
  [
    any`
      time(?:d )?-?out|deadline|cancel
      temporar|try again|busy|overloaded|health|sync(?:ing|ed)
      internal error|bad gateway|unreachable|ECONN|connect(?:ion)?:? (?:error|refused|reset|failure)
      no (?:server|node|upstream)s? (?:is |are )?available
    `,
    unreachable,
  ],
]

/** Codes that mean one thing wherever they are seen: small ones are dRPC's, 4444 is geth's for pruned history. */
const BY_CODE: ReadonlyMap<string, Kind> = new Map([
  ['3', reverted],
  ['12', archive],
  ['15', rate],
  ['19', unreachable],
  ['30', unreachable],
  ['31', large],
  ['429', rate],
  ['4444', archive],
  ['-32004', method],
  ['-32007', rate],
  ['-32029', rate],
  ['-32047', range],
  ['-32601', method],
  ['-32603', unreachable],
  ['-32614', range],
])

const WEB_PAGE = /<html|<!doctype/i
/** A page that wants to see a browser run it: the firewall has had too many requests, and forgets. */
const CHALLENGE = /just a moment|checking your browser|challenge-platform|cf-chl|being rate limited/i

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/** Gather what a value says: the start of its texts. */
function wordsIn(value: unknown, depth = 3): string {
  if (typeof value === 'string') return value.slice(0, 2_000)
  if (!isRecord(value) || depth === 0) return ''
  const parts = Object.values(value).map(part => wordsIn(part, depth - 1))
  return parts
    .filter(part => part !== '')
    .join(' ')
    .slice(0, 2_000)
}

/** Find the kind that the first telling text names. Addresses of pages say nothing: "/docs/archive" is on many. */
function wordedIn(wordings: Wordings, texts: readonly string[]): Kind | undefined {
  for (const text of texts) {
    const plain = text.replaceAll(/https?:\/\/\S+/g, '')
    const found = wordings.find(([pattern]) => pattern.test(plain))
    if (found !== undefined) return found[1]
  }
  return undefined
}

/** Find what the words of a refusal name, or else its code; undefined where both say nothing. */
function toldBy({ code, message, data }: Refusal, status: number): Kind | undefined {
  const texts = [wordsIn(message), wordsIn(data)]
  const worded = wordedIn(WORDINGS, texts) ?? wordedIn(VAGUE, texts)
  if (status === 429) return [archive, range, crowded].find(kind => kind === worded) ?? rate
  // PublicNode's firewall, on a filter with too many addresses.
  if (status === 403 && (code ?? null) === null && /^request blocked$/i.test(texts.join(''))) return large
  return worded ?? BY_CODE.get(typeof code === 'string' || typeof code === 'number' ? `${code}` : '')
}

function classifyStatus({ status, text, operator }: Reply): ChainError {
  const details = { operator, body: text }
  if (status === 429) return new RateLimited(rate.says, details)
  if (status === 413) return new RequestTooLarge(large.says, details)
  if ([401, 402, 403, 451].includes(status))
    return new MethodUnavailable(`refused the request (HTTP ${status}); use another endpoint`, details)
  if (status === 408 || status === 425 || status >= 500)
    return new Unreachable(`is out of order (HTTP ${status}); try again, or use another endpoint`, details)
  const what = WEB_PAGE.test(text) ? 'a web page' : text === '' ? 'nothing' : 'something else'
  const where = status === 404 || status === 405 ? ` (HTTP ${status}: nothing takes requests there)` : ''
  return new UnexpectedReply(
    `answered ${what} instead of JSON-RPC${where}; check that the URL is that of a node`,
    details,
  )
}

/** Name the failure behind a refusal in words: JSON, or a line of a gateway. */
function classifyRefusal(refusal: Refusal, reply: Reply): ChainError {
  const details = { operator: reply.operator, body: reply.text }
  const words = `${wordsIn(refusal.message)} ${wordsIn(refusal.data)}`.trim()
  const told = toldBy(refusal, reply.status)
  if (told === undefined) {
    const failure = classifyStatus(reply)
    if (words === '' || !(failure instanceof UnexpectedReply)) return failure
    return new UnexpectedReply(`refused with “${words.slice(0, 120)}”`, details)
  }
  if (told === range || told === crowded) {
    const hint = readHint(words, refusal.data)
    // A range that is proposed will do, whatever made the other too large.
    const { Failure, says } = hint.from === undefined ? told : range
    return new Failure(says, { ...details, hint })
  }
  const oldest = told === archive ? readOldest(words) : undefined
  return new told.Failure(told.says, { ...details, oldest })
}

/** Name the failure behind a body that is not JSON: a line of a gateway, or a web page. */
function classifyText(reply: Reply): ChainError {
  const { status, text, operator } = reply
  const details = { operator, body: text }
  const [, cloudflare = ''] = /^\s*error code: (\d{3,4})\s*$/i.exec(text) ?? []
  if (cloudflare === '1015' || ((status === 403 || status === 503) && CHALLENGE.test(text)))
    return new RateLimited(rate.says, details)
  if (/^5\d\d$/.test(cloudflare))
    return new Unreachable(
      `is out of order (Cloudflare ${cloudflare}); try again, or use another endpoint`,
      details,
    )
  // Half an answer may hold any word; and where nothing is, "Method Not Allowed" is about POST.
  const isLine = text.length <= 500 && !WEB_PAGE.test(text) && !/^\s*[[{]/.test(text)
  const told = isLine && status !== 404 && status !== 405 ? toldBy({ message: text }, status) : undefined
  return told === undefined || told === reverted
    ? classifyStatus(reply)
    : classifyRefusal({ message: text }, reply)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not JSON: HTML of a gateway, half an answer, or nothing. Its text or its status says which failure it is.
    return undefined
  }
}

/** Name the failure behind a reply that holds no result. Throws nothing, whatever came. */
export function failureOf(reply: Reply): ChainError {
  const parsed = parse(reply.text)
  // Some endpoints refuse a single request in a list of one.
  const body: unknown = Array.isArray(parsed) ? parsed[0] : parsed
  if (!isRecord(body)) return classifyText(reply)
  const { error, code, message, detail } = body
  if (isRecord(error)) return classifyRefusal(error, reply)
  if (typeof error === 'string') return classifyRefusal({ code, message: error, data: message }, reply)
  if ('result' in body) return classifyStatus(reply)
  // Gateways before a node refuse in JSON of their own.
  return classifyRefusal({ code, message: message ?? detail }, reply)
}
