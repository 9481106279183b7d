/** What a refusal of a log request says about the range that would do. */
export type RangeHint = {
  /** Blocks that are allowed in one request. */
  readonly span?: bigint
  /** First and last block of a range that the endpoint proposes instead. */
  readonly from?: bigint
  readonly to?: bigint
  /** True where these blocks hold too many logs; false where the endpoint allows no more blocks anywhere. */
  readonly onlyHere: boolean
}

const CAPPED = String.raw`requested blocks is|limited to .{0,20}\b(?:blocks?|ranges?)\b`
const CROWDS = [
  String.raw`\bresults\b|\bresult (?:set|size|count|limit)`,
  String.raw`\blogs\b.{0,40}(?:exceed|limit|more than|too many)`,
  String.raw`(?:exceed|limit|more than|too many|max\w*).{0,40}\b(?:logs|events|records|entries)\b`,
  'response.{0,30}(?:too (?:large|big|long)|exceed|should not|limit)',
  'query time(?:d )?-?out|time(?:d )?-?out.{0,60}(?:reduc|narrow|smaller|range)',
]

/** Wordings that blame the number of logs, or the work to find them, and not the number of blocks. */
export const CROWDED = new RegExp(`^(?!.*(?:${CAPPED})).*(?:${CROWDS.join('|')})`, 'is')

/** More blocks than any endpoint gives at once: a block number or a size in bytes, mistaken for a span. */
const ABSURD = 10_000_000n

const NUMBER = String.raw`(?<![\w.,#/])(\d{1,3}(?:[,._'\s]\d{3})+|\d+)(k)?(?![\w/])`
const OTHER_UNIT = String.raw`(?!\s*(?:%|[><]|results?|logs|events|records|entries|bytes|[km]i?b\b|requests|calls|addresses|topics|filters|m?s\b|sec|min|hours?|days?))`
const BLOCKS = new RegExp(String.raw`${NUMBER}\s*-?(?:max\w*\s+)?(?:blocks?|ranges?)\b`, 'gi')
const LIMIT = new RegExp(
  String.raw`(?:limit|max|allowed|at most|up to|than|over|exceed|distance|>)[^\d>]{0,48}?${NUMBER}${OTHER_UNIT}`,
  'gi',
)

const HEX = '0x[0-9a-f]{1,16}'
/** A range that follows words of advice; one without them repeats what was asked. */
const PROPOSED = new RegExp(
  String.raw`(?:try|work|suggest\w*|recommend\w*|instead)[^\d[]{0,40}\[?\s*(${HEX}|\d{1,16})\s*(?:,|-|\.\.|to)\s*(${HEX}|\d{1,16})`,
  'i',
)
/** The range that was asked for, repeated; and addresses of pages, which may hold numbers. */
const NOISE = /https?:\/\/\S+|\bfrom\s+\d+\s+to\s+\d+/gi

/** Read a block number or a count as endpoints write it in JSON: decimal or hexadecimal text, or a number. */
function toBigint(value: unknown): bigint | undefined {
  const text = typeof value === 'string' || typeof value === 'number' ? `${value}` : ''
  return /^(?:0x[0-9a-f]{1,16}|\d{1,16})$/i.test(text) ? BigInt(text) : undefined
}

const isSpan = (value: bigint | undefined): value is bigint =>
  value !== undefined && value > 0n && value <= ABSURD

/** Find the number of blocks that a refusal allows: of all that may be it, the smallest, as what was asked is larger. */
function statedSpan(words: string, isCrowded: boolean): bigint | undefined {
  const text = words.replaceAll(NOISE, ' ').replace(PROPOSED, ' ')
  // A crowded range is refused with the number of logs, which must not pass for blocks.
  const found = [...text.matchAll(BLOCKS), ...(isCrowded ? [] : text.matchAll(LIMIT))]
  return found
    .map(([, digits = '0', thousand]) => {
      const value = BigInt(digits.replaceAll(/[^\d]/g, ''))
      return thousand === undefined ? value : value * 1_000n
    })
    .filter(isSpan)
    .reduce<bigint | undefined>(
      (least, value) => (least === undefined || value < least ? value : least),
      undefined,
    )
}

type Proposal = { readonly from: bigint; readonly to: bigint; readonly span: bigint }

function proposal(from: bigint | undefined, to: bigint | undefined): Proposal | undefined {
  if (from === undefined || to === undefined || !isSpan(to - from + 1n)) return undefined
  return { from, to, span: to - from + 1n }
}

function proposed(words: string, data: unknown): Proposal | undefined {
  if (typeof data === 'object' && data !== null && 'from' in data && 'to' in data) {
    const told = proposal(toBigint(data.from), toBigint(data.to))
    if (told !== undefined) return told
  }
  const [, from, to] = PROPOSED.exec(words) ?? []
  return proposal(toBigint(from), toBigint(to))
}

/**
 * Read from a refused log request what would have been allowed.
 * @param words message and data of the refusal, as text
 * @param data the refusal's `data` as it came: some endpoints put `{from, to, limit}` there
 */
export function readHint(words: string, data: unknown): RangeHint {
  const isCrowded = CROWDED.test(words)
  const range = proposed(words, data)
  // Beside a crowded range, `limit` counts logs.
  const told =
    !isCrowded && typeof data === 'object' && data !== null && 'limit' in data
      ? toBigint(data.limit)
      : undefined
  const stated = isSpan(told) ? told : statedSpan(words, isCrowded)
  const span = stated ?? range?.span
  return {
    ...(span === undefined ? {} : { span }),
    ...(range === undefined ? {} : { from: range.from, to: range.to }),
    onlyHere: isCrowded || (range !== undefined && stated === undefined),
  }
}

/** Read from a refusal the oldest block that the endpoint keeps; undefined where it names none. */
export function readOldest(words: string): bigint | undefined {
  const [, block] =
    /(?:available (?:from|since|after)|(?:lowest|earliest|oldest|first)(?: available)?(?: block| height)?)\D{0,20}?\b(0x[0-9a-f]{1,16}|\d{1,16})\b/i.exec(
      words,
    ) ?? []
  return toBigint(block)
}
