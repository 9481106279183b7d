import { describe, expect, test } from 'vitest'
import { resultOf } from '../../src/chain/classify.ts'
import {
  ArchiveUnavailable,
  CallReverted,
  ChainError,
  MethodUnavailable,
  RateLimited,
  UnexpectedReply,
  Unreachable,
} from '../../src/chain/errors.ts'
import { refusals } from './refusals.ts'

const replyOf = (text: string, status = 200) => ({ status, text, operator: 'test' })
const errorOf = (error: unknown, status = 200) =>
  replyOf(JSON.stringify({ jsonrpc: '2.0', id: 1, error }), status)

const failureOf = (reply: ReturnType<typeof replyOf>): unknown => {
  try {
    return resultOf(reply)
  } catch (error) {
    return error
  }
}

describe('resultOf', () => {
  test('default', () => {
    expect(resultOf(replyOf('{"jsonrpc":"2.0","id":1,"result":"0x1"}'))).toBe('0x1')
  })

  test('behavior: null is a result, and an error that is null is none', () => {
    expect(resultOf(replyOf('{"id":1,"result":null}'))).toBeNull()
    expect(resultOf(replyOf('{"id":1,"error":null,"result":"0x"}'))).toBe('0x')
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
  ])('behavior: %s', (_, reply, expected) => {
    expect(failureOf(reply)).toBeInstanceOf(expected)
  })

  test('behavior: a long body is cut short', () => {
    expect(failureOf(replyOf('x'.repeat(5_000)))).toMatchObject({ body: 'x'.repeat(300) })
  })
})
