import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { failureOf } from '../../src/chain/classify.ts'
import {
  ArchiveUnavailable,
  CallReverted,
  ChainError,
  MethodUnavailable,
  RangeTooWide,
  RateLimited,
  RequestTooLarge,
  TooManyResults,
  UnexpectedReply,
  Unreachable,
} from '../../src/chain/errors.ts'
import { refusals } from './refusals.ts'
import { heldOutRefusals, type Unseen, unseenRefusals } from './unseenRefusals.ts'

const replyOf = (text: string, status = 200) => ({ status, text, operator: 'test' })
const errorOf = (error: unknown, status = 200) =>
  replyOf(JSON.stringify({ jsonrpc: '2.0', id: 1, error }), status)

const unseenReply = ({ status = 200, code, message, data, text }: Unseen) =>
  text === undefined ? errorOf({ code, message, data }, status) : replyOf(text, status)
const hintOf = (failure: ChainError) =>
  failure instanceof RangeTooWide || failure instanceof TooManyResults ? failure.hint : undefined

describe('failureOf', () => {
  test('default', () => {
    expect(failureOf(errorOf({ code: -32_005, message: 'rate limit' }))).toBeInstanceOf(RateLimited)
  })

  test('behavior: a reply that holds a result is no refusal, yet gets a class', () => {
    expect(failureOf(replyOf('{"id":1,"result":"0x1"}'))).toBeInstanceOf(UnexpectedReply)
  })

  test('behavior: all 41 captured refusals are here', () => {
    expect(refusals).toHaveLength(41)
    expect(new Set(refusals.map(({ name }) => name)).size).toBe(41)
  })

  test.each(refusals)('behavior: $name is told by its class', ({ status, error, expected }) => {
    expect(failureOf(errorOf(error, status))).toBeInstanceOf(expected)
  })

  test.each(refusals)('behavior: $name keeps operator and body', ({ status, error }) => {
    const failure = failureOf(errorOf(error, status))
    expect(failure).toBeInstanceOf(ChainError)
    expect(failure).toMatchObject({
      operator: 'test',
      body: expect.stringContaining(error.message.slice(0, 20)),
    })
  })

  test.each(refusals)('behavior: $name says how many blocks it allows', ({ status, error, span }) => {
    expect(hintOf(failureOf(errorOf(error, status)))?.span).toBe(span)
  })

  test('behavior: the unseen wordings are many, and each is there once', () => {
    const all = [...unseenRefusals, ...heldOutRefusals]
    expect(heldOutRefusals.length).toBeGreaterThanOrEqual(60)
    expect(new Set(all.map(({ message, text, data }) => JSON.stringify([message, text, data]))).size).toBe(
      all.length,
    )
  })

  test.each([...unseenRefusals, ...heldOutRefusals])('behavior: $source is told: $message$text', unseen => {
    const failure = failureOf(unseenReply(unseen))
    expect(failure).toBeInstanceOf(unseen.expected)
    expect(hintOf(failure)?.span).toBe(unseen.span)
    if (unseen.oldest !== undefined) expect(failure).toMatchObject({ oldest: unseen.oldest })
  })

  test.each([
    ['HTTP 429 and no JSON', replyOf('slow down', 429), RateLimited],
    ['HTTP 429 with a code of its own', errorOf({ code: 1, message: 'no' }, 429), RateLimited],
    ['a limit in a 200', errorOf({ code: -32_005, message: 'rate limit' }), RateLimited],
    ['code 429 in a 200', errorOf({ code: 429, message: 'no' }), RateLimited],
    ['QuickNode', errorOf({ code: -32_007, message: '50/second request limit reached' }), RateLimited],
    ['a header of another fork', errorOf({ code: -32_000, message: 'header not found' }), ArchiveUnavailable],
    [
      'a web page',
      replyOf('<!doctype html><html><body>Checking your browser</body></html>'),
      UnexpectedReply,
    ],
    ['a web page of a firewall', replyOf('<html>Access denied</html>', 403), MethodUnavailable],
    ['a page that asks for a password', replyOf('', 401), MethodUnavailable],
    ['a page that is not there', replyOf('Not found', 404), UnexpectedReply],
    ['a gateway without its server', replyOf('<html>Bad gateway</html>', 502), Unreachable],
    ['a gateway in need of rest', replyOf('', 503), Unreachable],
    ['Cloudflare', replyOf('error code: 521', 521), Unreachable],
    ['nothing', replyOf(''), UnexpectedReply],
    ['half a JSON', replyOf('{"jsonrpc":"2.0","id":1,"resu'), UnexpectedReply],
    ['a JSON that is no answer', replyOf('{"status":"ok"}'), UnexpectedReply],
    ['a JSON that is a number', replyOf('5'), UnexpectedReply],
    ['a list', replyOf('[{"id":1,"result":"0x1"}]'), UnexpectedReply],
    ['an error that is words', errorOf('too many requests'), RateLimited],
    ['an error without a message', errorOf({}), UnexpectedReply],
    ['an error without a message behind a firewall', errorOf({}, 403), MethodUnavailable],
    ['an error without a message of a broken server', errorOf({}, 500), Unreachable],
    [
      'a revert without a reason',
      errorOf({ code: 3, message: 'execution reverted', data: '0x' }),
      CallReverted,
    ],
    [
      'a revert that mentions an archive',
      errorOf({ code: 3, message: 'execution reverted: archive' }),
      CallReverted,
    ],
    [
      'an opcode that does not exist',
      errorOf({ code: -32_000, message: 'invalid opcode: INVALID' }),
      CallReverted,
    ],
    ['a call that burns all gas', errorOf({ code: -32_000, message: 'out of gas' }), CallReverted],
    ['anvil’s word for it', errorOf({ code: -32_603, message: 'EVM error InvalidFEOpcode' }), CallReverted],
    ['a revert by its code alone', errorOf({ code: 3, data: '0x08c379a0' }), CallReverted],
    ['a code in quotes', errorOf({ code: '429', message: 'no' }), RateLimited],
    [
      'archive behind HTTP 429',
      errorOf({ message: 'archive requests need a token' }, 429),
      ArchiveUnavailable,
    ],
    ['range behind HTTP 429', errorOf({ message: 'block range too large' }, 429), RangeTooWide],
    ['results behind HTTP 429', errorOf({ message: 'query exceeds max results 5000' }, 429), TooManyResults],
    ['rate of archive requests', errorOf({ message: 'archive rate limit exceeded' }, 429), RateLimited],
    ['an outage behind HTTP 429', errorOf({ code: -32_603, message: 'internal error' }, 429), RateLimited],
    ['a method behind HTTP 429', errorOf({ message: 'unauthorized' }, 429), RateLimited],
    ['words before code', errorOf({ code: -32_601, message: 'archive node required' }), ArchiveUnavailable],
    ['code before status', errorOf({ code: -32_601, message: 'no' }, 500), MethodUnavailable],
    ['status at last', errorOf({ code: 1, message: 'no' }, 500), Unreachable],
    ['unknown words at 403', errorOf({ code: 1, message: 'no' }, 403), MethodUnavailable],
    ['unknown words at 400', errorOf({ code: 1, message: 'no' }, 400), UnexpectedReply],
    [
      'data before a vague message',
      errorOf({ message: 'Internal error', data: 'pruned' }),
      ArchiveUnavailable,
    ],
    ['a message before data', errorOf({ message: 'block range too large', data: 'archive' }), RangeTooWide],
    ['data in an object', errorOf({ message: 'no', data: { a: { b: ['rate limit'] } } }), RateLimited],
    [
      'a page named in the words',
      errorOf({ message: 'method not found, see https://example.org/archive/rate-limit' }),
      MethodUnavailable,
    ],
    ['a firewall with a code', errorOf({ code: 1, message: 'Request blocked' }, 403), MethodUnavailable],
    ['a firewall without a status', errorOf({ message: 'Request blocked' }), UnexpectedReply],
    ['a firewall’s page', replyOf('<html>Request blocked</html>', 403), MethodUnavailable],
    ['a refusal in a list', replyOf('[{"error":{"code":-32005,"message":"rate limit"}}]'), RateLimited],
    ['an error beside its words', replyOf('{"error":"Denied","message":"x"}', 200), MethodUnavailable],
    ['an error that says more beside it', replyOf('{"error":"E1","message":"pruned"}'), ArchiveUnavailable],
    ['JSON of a gateway', replyOf('{"detail":"too many requests"}', 503), RateLimited],
    ['half a JSON with words in it', replyOf('{"result":{"block range":"0x'), UnexpectedReply],
    ['words far down', errorOf({ message: `${'x'.repeat(2_000)} rate limit` }), UnexpectedReply],
    ['words just in reach', errorOf({ message: `${'x'.repeat(1_989)} rate limit` }), RateLimited],
    ['JSON that is words', replyOf('"rate limit exceeded"', 503), RateLimited],
    ['an empty list', replyOf('[]'), UnexpectedReply],
    ['HTTP 402', replyOf('', 402), MethodUnavailable],
    ['HTTP 413', replyOf('', 413), RequestTooLarge],
    ['HTTP 425', replyOf('', 425), Unreachable],
    [
      'a line that says more than its status',
      replyOf('Archive requests need a token', 403),
      ArchiveUnavailable,
    ],
    ['a text too long for a line', replyOf(`rate limit${'x'.repeat(491)}`, 403), MethodUnavailable],
    ['a line just short enough', replyOf(`rate limit${'x'.repeat(490)}`, 403), RateLimited],
    ['a page about a rate limit', replyOf('<html>rate limit</html>', 403), MethodUnavailable],
    [
      'data without end',
      replyOf(`{"error":{"message":"no","data":${'['.repeat(50_000)}${']'.repeat(50_000)}}}`),
      UnexpectedReply,
    ],
    ['a line about a revert', replyOf('reverted', 400), UnexpectedReply],
    ['a page that mentions a rate limit', replyOf('<html>rate limit</html>', 404), UnexpectedReply],
    ['a line where nothing is', replyOf('method not found', 404), UnexpectedReply],
    ['a challenge at 503', replyOf('<html>Checking your browser</html>', 503), RateLimited],
    ['Cloudflare at 525', replyOf('error code: 525', 403), Unreachable],
    ['Cloudflare’s wall', replyOf('error code: 1020', 403), MethodUnavailable],
    ['a limit of gas', errorOf({ message: 'out of gas limit for free requests per second' }), RateLimited],
  ])('behavior: %s', (_, reply, expected) => {
    expect(failureOf(reply)).toBeInstanceOf(expected)
  })

  test.each([
    [3, CallReverted],
    [12, ArchiveUnavailable],
    [15, RateLimited],
    [19, Unreachable],
    [30, Unreachable],
    [31, RequestTooLarge],
    [429, RateLimited],
    [4444, ArchiveUnavailable],
    [-32_004, MethodUnavailable],
    [-32_007, RateLimited],
    [-32_029, RateLimited],
    [-32_047, RangeTooWide],
    [-32_601, MethodUnavailable],
    [-32_603, Unreachable],
    [-32_614, RangeTooWide],
    [-32_005, UnexpectedReply],
    [-32_602, UnexpectedReply],
  ])('behavior: code %i without telling words', (code, expected) => {
    expect(failureOf(errorOf({ code, message: 'no' }))).toBeInstanceOf(expected)
  })

  test('behavior: a limit is told wherever its subject stands', () => {
    expect(failureOf(errorOf({ message: 'addresses exceed the limit' }))).toBeInstanceOf(RequestTooLarge)
    expect(failureOf(errorOf({ message: 'blocks are over the limit' }))).toBeInstanceOf(RangeTooWide)
  })

  test('behavior: a long body is cut short', () => {
    expect(failureOf(replyOf('x'.repeat(5_000)))).toMatchObject({ body: 'x'.repeat(300) })
  })

  test('behavior: a proposed range holds for its blocks alone where logs are too many', () => {
    const told = (name: string) => {
      const refusal = refusals.find(one => one.name === name)
      return hintOf(failureOf(errorOf(refusal?.error, refusal?.status)))
    }
    expect(told('mevblocker old')).toEqual({
      span: 16n,
      from: 0x184036cn,
      to: 0x184037bn,
      onlyHere: true,
    })
    expect(told('nethermind')).toMatchObject({ from: 0x1000000n, to: 0x1080000n, onlyHere: true })
    expect(told('alchemy public')).toEqual({ span: 100n, from: 0x100000n, to: 0x100063n, onlyHere: false })
    expect(told('infura')).toEqual({ onlyHere: true })
    expect(told('mevblocker span')).toEqual({ span: 10_000n, onlyHere: false })
  })

  test('behavior: a block number counts as the oldest only where the archive is short', () => {
    const oldest = (message: string) => failureOf(errorOf({ message }))
    expect(oldest('blocks are available from block 25771356')).toMatchObject({ oldest: 25_771_356n })
    expect(oldest('History has been pruned for this block')).toMatchObject({ oldest: undefined })
    expect(oldest('rate limit: available from 17')).not.toHaveProperty('oldest')
  })

  test('behavior: whatever came has a class, and its operator and body', () => {
    const status = fc.oneof(fc.integer({ min: 100, max: 599 }), fc.constantFrom(200, 403, 413, 429, 503))
    const words = fc.constantFrom(...refusals.map(({ error }) => error.message))
    const message = fc.oneof(fc.string(), words, fc.tuple(words, words).map(String), fc.jsonValue())
    const refusal = fc.record(
      { code: fc.oneof(fc.integer(), fc.jsonValue()), message, data: fc.oneof(fc.jsonValue(), message) },
      { requiredKeys: [] },
    )
    const text = fc.oneof(
      fc.string(),
      words,
      fc.json(),
      fc.oneof(refusal, fc.string()).map(error => JSON.stringify({ id: 1, error })),
    )
    fc.assert(
      fc.property(status, text, (code, body) => {
        const failure = failureOf(replyOf(body, code))
        expect(failure).toBeInstanceOf(ChainError)
        expect(failure.constructor).not.toBe(ChainError)
        expect(failure.operator).toBe('test')
        expect(failure.body).toBe(body.slice(0, 300))
        expect(failure.message.length).toBeGreaterThan('test '.length)
        const { span = 1n, from = 0n, to = 0n } = hintOf(failure) ?? {}
        expect(span > 0n && span <= 10_000_000n && from <= to).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})
