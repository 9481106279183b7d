import { beforeEach, describe, expect, test, vi } from 'vitest'

const TABLE = '../../src/chain/classify.ts'

beforeEach(() => {
  vi.doUnmock(TABLE)
  vi.resetModules()
})

/** The modules afresh, so that the table of wordings is loaded again, or not. */
const load = async () => ({
  ...(await import('../../src/chain/reply.ts')),
  errors: await import('../../src/chain/errors.ts'),
})
const replyOf = (text: string, status = 200) => ({ status, text, operator: 'test' })

describe('resultOf', () => {
  test('default', async () => {
    const { resultOf } = await load()
    expect(await resultOf(replyOf('{"jsonrpc":"2.0","id":1,"result":"0x1"}'))).toBe('0x1')
  })

  test('behavior: null is a result, and an error that is null is none', async () => {
    const { resultOf } = await load()
    expect(await resultOf(replyOf('{"id":1,"result":null}'))).toBeNull()
    expect(await resultOf(replyOf('{"id":1,"error":null,"result":"0x"}'))).toBe('0x')
  })

  test('behavior: a result needs no table of wordings', async () => {
    const loaded = vi.fn()
    vi.doMock(TABLE, () => {
      loaded()
      return { failureOf: () => new Error('unasked') }
    })
    const { resultOf } = await load()
    expect(await resultOf(replyOf('{"result":"0x1"}'))).toBe('0x1')
    expect(loaded).not.toHaveBeenCalled()
    await expect(resultOf(replyOf(''))).rejects.toThrow('unasked')
    expect(loaded).toHaveBeenCalledOnce()
  })

  test.each([
    ['{"error":{"code":-32005,"message":"rate limit"}}', 200, 'RateLimited'],
    ['{"result":"0x1","error":{"code":-32000,"message":"missing trie node"}}', 200, 'ArchiveUnavailable'],
    ['{"result":"0x1","error":"block range too large"}', 200, 'RangeTooWide'],
    ['{"id":1}', 200, 'UnexpectedReply'],
    ['[{"result":"0x1"}]', 200, 'UnexpectedReply'],
    ['"result"', 200, 'UnexpectedReply'],
    ['null', 200, 'UnexpectedReply'],
    ['{"result":"0x', 200, 'UnexpectedReply'],
    ['<html>Bad gateway</html>', 502, 'Unreachable'],
  ])('error: %s', async (text, status, name) => {
    const { resultOf, errors } = await load()
    const failure = await resultOf(replyOf(text, status)).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(errors.ChainError)
    expect(failure).toMatchObject({ name, operator: 'test', body: text })
  })

  test.each([
    [200, 'UnexpectedReply'],
    [403, 'UnexpectedReply'],
    [429, 'RateLimited'],
    [499, 'UnexpectedReply'],
    [500, 'Unreachable'],
    [503, 'Unreachable'],
  ])('error: the table cannot be loaded at HTTP %i', async (status, name) => {
    vi.doMock(TABLE, () => {
      throw new TypeError('Failed to fetch dynamically imported module')
    })
    const { resultOf, errors } = await load()
    const failure = await resultOf(replyOf('{"error":{"code":3}}', status)).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(errors.ChainError)
    expect(failure).toMatchObject({ name, operator: 'test', body: '{"error":{"code":3}}' })
    expect((failure as Error).cause).toBeInstanceOf(Error)
  })
})
