import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeEvent, MalformedEvent, MalformedLog, parseEvent } from '../../src/pools/eventWords.ts'
import { encodeEvent } from '../support/reportLogs.ts'

const MIXED = 'Mixed(uint64 first, address indexed who, uint256 second, bool indexed flag, bytes32 last)'

describe('parseEvent', () => {
  test('default: indexed and other arguments apart, each in its order', () => {
    const { indexed, plain } = parseEvent(MIXED)
    expect(indexed.map(({ name, type }) => [name, type])).toEqual([
      ['who', 'address'],
      ['flag', 'bool'],
    ])
    expect(plain.map(({ name, type }) => [name, type])).toEqual([
      ['first', 'uint64'],
      ['second', 'uint256'],
      ['last', 'bytes32'],
    ])
  })

  test.each([
    '',
    'Named',
    'Named()',
    'Named(uint256)',
    'Named(uint256 a',
    'Named(uint256 a) view',
    'event Named(uint256 a)',
    'Named(string text)',
    'Named(int256 a)',
    'Named(bytes data)',
    'Named(bytes4 data)',
    'Named(uint256[] list)',
    'Named((uint256 a) record)',
    'Named(uint7 a)',
    'Named(uint0 a)',
    'Named(uint264 a)',
    'Named(uint a)',
    'Named(uint256 a,)',
    'Named(uint256 topic indexed)',
  ])('error: MalformedEvent for %j', signature => {
    expect(() => parseEvent(signature)).toThrow(MalformedEvent)
  })
})

describe('decodeEvent', () => {
  const shape = parseEvent(MIXED.replace('bytes32 last', 'uint8 last'))
  const signature = MIXED.replace('bytes32 last', 'uint8 last')

  test('default: what viem encodes, for any values', () => {
    const values = fc.record({
      first: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
      who: fc.bigInt({ min: 0n, max: 2n ** 160n - 1n }),
      second: fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }),
      flag: fc.bigInt({ min: 0n, max: 1n }),
      last: fc.bigInt({ min: 0n, max: 255n }),
    })
    fc.assert(
      fc.property(values, given => {
        expect(decodeEvent(shape, encodeEvent({ signature }, given))).toEqual(given)
      }),
    )
  })

  test('behavior: bytes of a word are its number', () => {
    const word = `0x${'00'.repeat(30)}0102` as const
    const only = parseEvent('Only(bytes32 last)')
    expect(decodeEvent(only, { topics: [word], data: word })).toEqual({ last: 258n })
  })

  const good = encodeEvent({ signature }, { first: 1n, who: 2n, second: 3n, flag: 1n, last: 4n })
  const words = good.data.slice(2).match(/.{64}/g) ?? []
  const [event = '0x', who = '0x', flag = '0x'] = good.topics
  const wordOf = (value: bigint) => value.toString(16).padStart(64, '0')

  test.each<[string, Partial<typeof good>]>([
    ['no topics', { topics: [] }],
    ['a topic too few', { topics: [event, who] }],
    ['a topic too many', { topics: [event, who, flag, flag] }],
    ['half a topic', { topics: [event, who.slice(0, 40) as `0x${string}`, flag] }],
    ['a topic that is text', { topics: [event, who, 'zz' as `0x${string}`] }],
    ['no data', { data: '0x' }],
    ['a word too few', { data: `0x${words.slice(1).join('')}` }],
    ['a word too many', { data: `${good.data}${wordOf(0n)}` }],
    ['a byte too many', { data: `${good.data}00` }],
    ['data that are text', { data: `0x${'g'.repeat(64 * 3)}` }],
    ['a uint64 of 65 bits', { data: `0x${wordOf(2n ** 64n)}${words.slice(1).join('')}` }],
    ['a uint8 of 9 bits', { data: `0x${words.slice(0, 2).join('')}${wordOf(256n)}` }],
    ['an address of 161 bits', { topics: [event, `0x${wordOf(2n ** 160n)}`, flag] }],
    ['a bool that is 2', { topics: [event, who, `0x${wordOf(2n)}`] }],
  ])('error: MalformedLog for %s', (_, change) => {
    expect(decodeEvent(shape, good)).toEqual({ first: 1n, who: 2n, second: 3n, flag: 1n, last: 4n })
    expect(() => decodeEvent(shape, { ...good, ...change })).toThrow(MalformedLog)
  })
})
