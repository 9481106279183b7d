import fc from 'fast-check'
import {
  type Address,
  decodeFunctionResult,
  encodeFunctionData,
  encodeFunctionResult,
  getAddress,
  type Hex,
  multicall3Abi,
  size,
} from 'viem'
import { describe, expect, test } from 'vitest'
import { UnexpectedReply } from '../../src/chain/errors.ts'
import { decodeAggregate, encodeAggregate, type InnerResult } from '../../src/chain/multicall.ts'

const functionName = 'aggregate3'
const encodeResults = (result: readonly InnerResult[]): Hex =>
  encodeFunctionResult({ abi: multicall3Abi, functionName, result })
const decodeByViem = (data: Hex): readonly InnerResult[] =>
  decodeFunctionResult({ abi: multicall3Abi, functionName, data })
const encodeByViem = (calls: readonly { readonly address: Address; readonly callData: Hex }[]): Hex =>
  encodeFunctionData({
    abi: multicall3Abi,
    functionName,
    args: [calls.map(({ address, callData }) => ({ target: address, allowFailure: true, callData }))],
  })

const bytes = (minLength: number, maxLength: number) =>
  fc
    .uint8Array({ minLength, maxLength })
    .map((given): Hex => `0x${[...given].map(byte => byte.toString(16).padStart(2, '0')).join('')}`)
/** As answers are: words, nothing, reasons of reverts, and any length around the edges of words. */
const anyBytes = fc.oneof(bytes(0, 3), bytes(31, 33), bytes(63, 65), bytes(0, 300))
const address = bytes(20, 20).map(digits => getAddress(digits))
const call = fc.record({ address, callData: anyBytes })
const result = fc.record({ success: fc.boolean(), returnData: anyBytes })

describe('encodeAggregate', () => {
  test('default: aggregate3 with every inner call allowed to fail', () => {
    const target = '0xcA11bde05977b3631167028862bE2a173976CA11'
    const data = encodeAggregate([{ address: target, callData: '0x42cbb15c' }])
    const found = data.slice(10).match(/.{64}/g) ?? []
    expect(data.slice(0, 10)).toBe('0x82ad56cb')
    expect(found.slice(0, 7).map(word => BigInt(`0x${word}`))).toEqual([
      32n,
      1n,
      32n,
      BigInt(target),
      1n,
      96n,
      4n,
    ])
    expect(found.slice(7)).toEqual(['42cbb15c'.padEnd(64, '0')])
  })

  test('behavior: the same bytes as another library’s, for any calls of any length', () => {
    fc.assert(
      fc.property(fc.array(call, { maxLength: 12 }), calls => {
        expect(encodeAggregate(calls)).toBe(encodeByViem(calls))
      }),
      { numRuns: 300 },
    )
  })

  test('behavior: no calls, and as many as all pools ask', () => {
    const many = Array.from({ length: 130 }, (_, index) => ({
      address: getAddress(`0x${(index + 1).toString(16).padStart(40, '0')}`),
      callData: `0x${'ab'.repeat(index)}` as const,
    }))
    expect(encodeAggregate([])).toBe(encodeByViem([]))
    expect(encodeAggregate(many)).toBe(encodeByViem(many))
  })
})

const given: readonly InnerResult[] = [
  { success: true, returnData: `0x${'11'.repeat(32)}` },
  { success: false, returnData: '0x' },
  { success: true, returnData: `0x${'22'.repeat(33)}` },
  { success: false, returnData: `0x08c379a0${'33'.repeat(96)}` },
  { success: true, returnData: '0x4455' },
]
const encoded = encodeResults(given)

/** Decode, or undefined where it is refused as it should be; any other error is thrown on. */
function attempt(data: Hex, expected: number): readonly InnerResult[] | undefined {
  try {
    return decodeAggregate(data, expected, 'test')
  } catch (error) {
    if (error instanceof UnexpectedReply) return undefined
    throw error
  }
}

const replaceWord = (data: Hex, index: number, word: bigint): Hex => {
  const from = 2 + 64 * index
  return `0x${data.slice(2, from)}${word.toString(16).padStart(64, '0')}${data.slice(from + 64)}`
}

/** What is told must stand in the answer, byte for byte, and be what another library finds, if it finds anything. */
function expectWithin(data: Hex, results: readonly InnerResult[]): void {
  for (const { returnData } of results) {
    expect(data.includes(returnData.slice(2))).toBe(true)
    expect(size(returnData)).toBeLessThanOrEqual(size(data))
  }
  expect(results).toEqual(decodeByViem(data))
}

describe('decodeAggregate', () => {
  test('default', () => {
    expect(decodeAggregate(encoded, given.length, 'test')).toEqual(given)
    expect(decodeAggregate(encodeResults([]), 0, 'test')).toEqual([])
  })

  test('behavior: what another library encoded, any results of any length', () => {
    fc.assert(
      fc.property(fc.array(result, { maxLength: 12 }), results => {
        const data = encodeResults(results)
        expect(decodeAggregate(data, results.length, 'test')).toEqual(results)
        expect(decodeByViem(data)).toEqual(results)
      }),
      { numRuns: 300 },
    )
  })

  test('behavior: digits in capitals are digits', () => {
    const capitals = `0x${encoded.slice(2).toUpperCase()}` as const
    const lower = decodeAggregate(capitals, given.length, 'test')?.map(({ success, returnData }) => ({
      success,
      returnData: returnData.toLowerCase(),
    }))
    expect(lower).toEqual(given)
  })

  test('behavior: nothing means that there is no Multicall3', () => {
    expect(decodeAggregate('0x', 2, 'test')).toBeUndefined()
  })

  test('error: UnexpectedReply wherever the answer is cut, the padding of its end too', () => {
    for (const results of [given, given.slice(0, 3), given.slice(0, 2), given.slice(0, 1)]) {
      const data = encodeResults(results)
      for (let length = 3; length < data.length; length += 1)
        expect(
          () => decodeAggregate(data.slice(0, length) as Hex, results.length, 'test'),
          `${length}`,
        ).toThrow(UnexpectedReply)
    }
  })

  test('error: UnexpectedReply for another number of results', () => {
    for (const expected of [0, 1, given.length - 1, given.length + 1, 1_000])
      expect(() => decodeAggregate(encoded, expected, 'test')).toThrow(UnexpectedReply)
    expect(() => decodeAggregate(encodeResults([]), 1, 'test')).toThrow(UnexpectedReply)
  })

  test.each<[string, string]>([
    ['words', 'ok'],
    ['digits that are none', `0x${'zz'.repeat(32)}`],
    ['a digit that is none', encoded.replace('11', '1g')],
    ['a sign for a digit', encoded.replace(/0$/, '-')],
    ['a space at the end', `${encoded} `],
    ['no 0x', encoded.slice(2)],
    ['a word', `0x${'0'.repeat(63)}1`],
    ['a word of zeros', `0x${'0'.repeat(64)}`],
    ['zeros', `0x${'0'.repeat(6_400)}`],
    ['ones', `0x${'f'.repeat(6_400)}`],
  ])('error: UnexpectedReply for %s', (_, data) => {
    expect(() => decodeAggregate(data as Hex, given.length, 'test')).toThrow(UnexpectedReply)
  })

  test('error: UnexpectedReply names the operator and keeps what it said, cut short', () => {
    const failure = (() => {
      try {
        return decodeAggregate(encoded.slice(0, 200) as Hex, given.length, 'node')
      } catch (error) {
        return error
      }
    })()
    expect(failure).toMatchObject({ name: 'UnexpectedReply', operator: 'node', body: encoded.slice(0, 200) })
  })
})

describe('an answer that lies about itself', () => {
  const total = BigInt(size(encoded))
  const count = (encoded.length - 2) / 64
  const lies = [0n, 1n, 2n, 4n, 6n, 31n, 32n, 33n, 64n, 160n, total - 64n, total - 32n, total - 1n, total]
  const hugeLies = [
    total + 1n,
    10n ** 9n,
    2n ** 31n,
    2n ** 32n,
    2n ** 53n,
    2n ** 64n,
    2n ** 128n + 32n,
    2n ** 255n,
    2n ** 256n - 32n,
    2n ** 256n - 1n,
  ]
  /** Where an offset, a length or a flag stands: not where returned data does. */
  const frame = Array.from({ length: count }, (_, index) => index).filter(
    index => attempt(replaceWord(encoded, index, 2n ** 256n - 1n), given.length) === undefined,
  )

  test('error: UnexpectedReply for any offset, length or flag that is huge, at once', () => {
    // Two words for the list, one offset for each result, and flag, offset and length of each; 8 words of data.
    expect([frame.length, count - frame.length]).toEqual([2 + 4 * given.length, 8])
    const start = performance.now()
    for (const index of frame)
      for (const lie of hugeLies)
        expect(() => decodeAggregate(replaceWord(encoded, index, lie), given.length, 'test')).toThrow(
          UnexpectedReply,
        )
    expect(performance.now() - start).toBeLessThan(2_000)
  })

  test('behavior: any single word that is changed is refused, or told as it stands in the answer', () => {
    let told = 0
    let refused = 0
    for (let index = 0; index < count; index += 1)
      for (const lie of [...lies, ...hugeLies]) {
        const data = replaceWord(encoded, index, lie)
        const results = attempt(data, given.length)
        if (results === undefined) refused += 1
        else {
          told += 1
          expect(results).toHaveLength(given.length)
          expectWithin(data, results)
        }
      }
    expect(refused).toBeGreaterThan(200)
    expect(told).toBeGreaterThan(200)
  })

  test('behavior: any words of any answer may be changed: it is refused, or told as it stands', () => {
    const anyLie = fc.oneof(
      fc.constantFrom(...lies, ...hugeLies),
      fc.bigInt({ min: 0n, max: 40n }).map(word => word * 32n),
    )
    const changes = fc.array(fc.tuple(fc.nat(), anyLie), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(fc.array(result, { minLength: 1, maxLength: 5 }), changes, (results, lied) => {
        const honest = encodeResults(results)
        const all = (honest.length - 2) / 64
        const data = lied.reduce((changed, [index, word]) => replaceWord(changed, index % all, word), honest)
        const found = attempt(data, results.length)
        if (found !== undefined) expectWithin(data, found)
      }),
      { numRuns: 500 },
    )
  })

  test('error: UnexpectedReply within a moment for megabytes that claim to hold ever more', () => {
    const megabytes = 2n * 1024n * 1024n
    const filler = '0'.repeat(2 * 1024 * 1024 * 2)
    const wordOf = (value: bigint): string => value.toString(16).padStart(64, '0')
    const start = performance.now()
    for (const length of [megabytes, megabytes / 32n, 10n ** 9n, 2n ** 255n]) {
      expect(() => decodeAggregate(`0x${wordOf(32n)}${wordOf(length)}${filler}`, 3, 'test')).toThrow(
        UnexpectedReply,
      )
      // Every offset leads to the same result, which claims the rest of the answer.
      const same = `${wordOf(1n)}${wordOf(64n)}${wordOf(megabytes / 2n)}`
      const heads = wordOf(32n * 16_384n).repeat(16_384)
      expect(() =>
        decodeAggregate(`0x${wordOf(32n)}${wordOf(length)}${heads}${same}${filler}`, 3, 'test'),
      ).toThrow(UnexpectedReply)
    }
    expect(performance.now() - start).toBeLessThan(5_000)
  })
})
