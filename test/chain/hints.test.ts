import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CROWDED, readHint, readOldest } from '../../src/chain/hints.ts'

describe('readHint', () => {
  test('default', () => {
    expect(readHint('range 47440 exceeds limit of 10000', undefined)).toEqual({
      span: 10_000n,
      onlyHere: false,
    })
  })

  test.each([
    ['eth_getLogs is limited to a 10,000 range', 10_000n],
    ['eth_getLogs is limited to 0 - 50 blocks range', 50n],
    ['query requested more than 10.000 blocks', 10_000n],
    ['max range is 10_000 blocks', 10_000n],
    ['max range is 10 000 blocks', 10_000n],
    ['max range is 10\u202f000 blocks', 10_000n],
    ['requested too many blocks from 50331648 to 51380224, maximum is set to 2048', 2_048n],
    ['requested too many blocks from 5 to 10, maximum is set to 3', 3n],
    ['block range exceeded from 5 to 5000, maximum is 2048', 2_048n],
    ['range exceeds the limit, see https://example.org/?max=5', undefined],
    ['range exceeds the limit, try [20, 23]', 4n],
    ['range exceeds the limit of 100, try [20, 23]', 100n],
    ['ranges over 10000 blocks are not supported on free plan', 10_000n],
    ['Maximum allowed number of requested blocks is 1000', 1_000n],
    ['Max range: 800', 800n],
    ['range is too large, max is 2k blocks', 2_000n],
    ['range is too large, max is 2K', 2_000n],
    ['exceeds the range allowed for your plan (20000 > 10000)', 10_000n],
    ['block range = 5120, max block range = 5000', 5_000n],
    ['block range limit: 0', undefined],
    ['block range limit: 10000000', 10_000_000n],
    ['block range limit: 10000001', undefined],
    ['block range limit: 99999999999999999999', undefined],
    ['block range too wide', undefined],
    ['block range too wide, at most 10 requests are served', undefined],
    ['block range too wide, limit is 5 seconds', undefined],
    ['block range too wide, limit is 5s', undefined],
    ['block range too wide, limit is 30%', undefined],
    ['block range too wide, limit is 30MB', undefined],
    ['range limit exceeded, see https://example.org/limit/5', undefined],
    ['range limit exceeded on v2', undefined],
    ['range limit exceeded by 0x10', undefined],
  ])('behavior: %j allows %s', (words, span) => {
    expect(readHint(words, undefined).span).toBe(span)
  })

  test('behavior: the number of logs is no number of blocks', () => {
    for (const words of ['query exceeds max results 5000', 'logs matched by query exceeds limit of 10000'])
      expect(readHint(words, undefined)).toEqual({ onlyHere: true })
    expect(readHint('response size exceeded, use at most 2,000 blocks', undefined)).toEqual({
      span: 2_000n,
      onlyHere: true,
    })
  })

  test('behavior: a proposed range is read from words', () => {
    const range = { span: 16n, from: 16n, to: 31n, onlyHere: true }
    for (const words of [
      'Try with this block range [0x10, 0x1F].',
      'this block range should work: [16,31]',
      'retry with the range 16-31',
      'retry with the range 0x10 to 0x1f',
    ])
      expect(readHint(words, undefined)).toEqual(range)
  })

  test('behavior: beside a stated limit the proposed range is one example of it', () => {
    expect(readHint('up to a 16 block range; [0x10, 0x1f] should work: [0x10, 0x1f]', undefined)).toEqual({
      span: 16n,
      from: 16n,
      to: 31n,
      onlyHere: false,
    })
  })

  test('behavior: a range that is only repeated is not proposed', () => {
    expect(readHint('block range [0x10, 0x1f] is too wide', undefined)).toEqual({ onlyHere: false })
    expect(readHint('block range 16-31 is too wide', undefined)).toEqual({ onlyHere: false })
    const aside = 'try again later, with a range that is no wider than '
    expect(readHint(`${aside}the plan allows, unlike [16, 31]`, undefined)).not.toHaveProperty('from')
  })

  test.each([
    [{ from: '0x10', to: '0x1f', limit: 8 }, 'range', { span: 8n, from: 16n, to: 31n, onlyHere: false }],
    [{ from: 16, to: '31' }, 'range', { span: 16n, from: 16n, to: 31n, onlyHere: true }],
    [
      { from: '0x10', to: '0x1f', limit: 8 },
      'too many results',
      { span: 16n, from: 16n, to: 31n, onlyHere: true },
    ],
    [{ limit: '0x8' }, 'range', { span: 8n, onlyHere: false }],
    [{ limit: 0 }, 'range', { onlyHere: false }],
    [{ limit: -5 }, 'range', { onlyHere: false }],
    [{ limit: 1.5 }, 'range', { onlyHere: false }],
    [{ from: '0x1f', to: '0x10' }, 'range', { onlyHere: false }],
    [{ from: '0x10', to: '0x10' }, 'range', { span: 1n, from: 16n, to: 16n, onlyHere: true }],
    [{ from: '0x0', to: '0xffffffff' }, 'range', { onlyHere: false }],
    [{ from: 'latest', to: null }, 'range', { onlyHere: false }],
    [{ from: 'latest', to: null }, 'range; try [20, 23]', { span: 4n, from: 20n, to: 23n, onlyHere: true }],
    [null, 'range', { onlyHere: false }],
  ])('behavior: %j beside %j', (data, words, hint) => {
    expect(readHint(words, data)).toEqual(hint)
  })

  test('behavior: a hint is never empty, backwards or absurd', () => {
    const number = fc.oneof(
      fc.nat(),
      fc.bigInt({ min: 0n, max: 1n << 70n }),
      fc.constantFrom('1,000', '2k', ''),
    )
    const phrase = fc.constantFrom(
      'max range ',
      ' blocks ',
      ' to ',
      'try [',
      ', ',
      '] ',
      'limit 0x',
      ' logs ',
      '-',
    )
    const words = fc.array(fc.oneof(number, phrase, fc.string())).map(parts => parts.join(''))
    const part = fc.oneof(fc.jsonValue(), number.map(String))
    const data = fc.oneof(fc.jsonValue(), fc.record({ from: part, to: part, limit: part }))
    fc.assert(
      fc.property(words, data, (text, object) => {
        const { span, from, to } = readHint(text, object)
        expect(span === undefined || (span > 0n && span <= 10_000_000n)).toBe(true)
        expect(from === undefined).toBe(to === undefined)
        expect((from ?? 0n) <= (to ?? 0n)).toBe(true)
      }),
    )
  })
})

describe('CROWDED', () => {
  test.each([
    ['query returned more than 10000 results', true],
    ['too many logs', true],
    ['backend response too large', true],
    ['Query timeout exceeded. Consider reducing your block range.', true],
    ['Log response size exceeded. Maximum allowed number of requested blocks is 1000', false],
    ['logs are limited to a 10000 block range', false],
    ['eth_getLogs is limited to 50 blocks', false],
    ['request timed out', false],
    ['result set too large', true],
    ['no result', false],
  ])('behavior: %j is %s', (words, is) => {
    expect(CROWDED.test(words)).toBe(is)
  })
})

describe('readOldest', () => {
  test.each([
    ['blocks are available from block 25771356', 25_771_356n],
    ['history is available from block 0x10', 16n],
    ['height 5 is not available, lowest height is 1500', 1_500n],
    ['earliest available block is 50000000', 50_000_000n],
    ['oldest block: #7', 7n],
    ['block 5 is pruned', undefined],
    ['', undefined],
  ])('default: %j keeps from %s', (words, oldest) => {
    expect(readOldest(words)).toBe(oldest)
  })
})
