import fc from 'fast-check'
import { decodeAbiParameters, encodeAbiParameters, getAddress, type Hex } from 'viem'
import { describe, expect, test } from 'vitest'
import { decodeWord, decodeWords, encodeWord, isBytes, MalformedAnswer } from '../../src/pools/words.ts'

const digits = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length })
const unsigned = fc.bigInt({ min: 0n, max: 2n ** 256n - 1n })
const signed = fc.bigInt({ min: -(2n ** 255n), max: 2n ** 255n - 1n })
const uint256 = (count: number) => Array.from({ length: count }, () => ({ type: 'uint256' }) as const)

describe('encodeWord', () => {
  test('default: 64 digits, without 0x', () => {
    expect(encodeWord(10n ** 18n)).toBe(`${'0'.repeat(49)}de0b6b3a7640000`)
    expect(encodeWord(0n)).toBe('0'.repeat(64))
    expect(encodeWord('0xae78736Cd615f374D3085123A210448E74Fc6393')).toBe(
      `${'0'.repeat(24)}ae78736cd615f374d3085123a210448e74fc6393`,
    )
  })

  test('behavior: numbers are written as viem writes them', () => {
    fc.assert(
      fc.property(unsigned, value => {
        expect(`0x${encodeWord(value)}`).toBe(encodeAbiParameters([{ type: 'uint256' }], [value]))
      }),
    )
  })

  test('behavior: so are numbers below zero', () => {
    fc.assert(
      fc.property(signed, value => {
        expect(`0x${encodeWord(value)}`).toBe(encodeAbiParameters([{ type: 'int256' }], [value]))
      }),
    )
  })

  test('behavior: so are addresses, whatever their letters', () => {
    fc.assert(
      fc.property(digits(40), address => {
        const encoded = encodeAbiParameters([{ type: 'address' }], [`0x${address}`])
        expect(`0x${encodeWord(getAddress(`0x${address}`))}`).toBe(encoded)
        expect(`0x${encodeWord(`0x${address}`)}`).toBe(encoded)
      }),
    )
  })

  test('behavior: so are 32 bytes', () => {
    fc.assert(
      fc.property(digits(64), bytes => {
        const encoded = encodeAbiParameters([{ type: 'bytes32' }], [`0x${bytes}`])
        expect(`0x${encodeWord(`0x${bytes}`)}`).toBe(encoded)
      }),
    )
  })
})

describe('decodeWords', () => {
  test('default: a whole word, the largest too', () => {
    expect(decodeWord(`0x${'0'.repeat(63)}7`)).toBe(7n)
    expect(decodeWord(`0x${'f'.repeat(64)}`)).toBe(2n ** 256n - 1n)
    expect(decodeWord(`0x${'0'.repeat(64)}`)).toBe(0n)
    expect(decodeWords(`0x${'0'.repeat(63)}7${'0'.repeat(63)}a`, 2)).toEqual([7n, 10n])
  })

  test('behavior: answers are read as viem reads them, in capital letters too', () => {
    fc.assert(
      fc.property(fc.array(unsigned, { minLength: 1, maxLength: 6 }), values => {
        const data = encodeAbiParameters(uint256(values.length), values)
        expect(decodeWords(data, values.length)).toEqual(
          decodeAbiParameters(uint256(values.length), data) as unknown,
        )
        expect(decodeWords(`0x${data.slice(2).toUpperCase()}`, values.length)).toEqual(values)
      }),
    )
  })

  test('behavior: what was encoded is decoded', () => {
    fc.assert(
      fc.property(unsigned, value => {
        expect(decodeWord(`0x${encodeWord(value)}`)).toBe(value)
      }),
    )
  })

  test('error: MalformedAnswer for any other length', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 400 }).chain(digits),
        fc.integer({ min: 1, max: 6 }),
        (hex, count) => {
          fc.pre(hex.length !== 64 * count)
          expect(() => decodeWords(`0x${hex}`, count)).toThrow(MalformedAnswer)
        },
      ),
    )
  })

  test.each([
    ['nothing', '0x'],
    ['half a word', `0x${'0'.repeat(32)}`],
    ['a digit less', `0x${'0'.repeat(63)}`],
    ['a byte more', `0x${'0'.repeat(66)}`],
    ['two words', `0x${'0'.repeat(128)}`],
    ['a word that is not hexadecimal', `0x${'0'.repeat(63)}g`],
    ['a word with a line’s end', `0x${'0'.repeat(63)}\n`],
    ['a word without 0x', '0'.repeat(66)],
  ])('error: MalformedAnswer for %s', (_, data) => {
    expect(() => decodeWord(data as Hex)).toThrow(MalformedAnswer)
  })

  test('error: MalformedAnswer says how long the answer is', () => {
    expect(() => decodeWord('0x1234')).toThrow('The answer of 2 bytes is not what this function returns.')
  })
})

describe('isBytes', () => {
  test('default', () => {
    expect(['0x', '0x00', '0xAbCd'].map(isBytes)).toEqual([true, true, true])
  })

  test.each([
    ['an odd digit', '0x0'],
    ['no 0x', '0000'],
    ['letters beyond f', '0x0g'],
    ['a space', ' 0x00'],
    ['a line’s end', '0x0\n'],
    ['empty text', ''],
    ['nothing', undefined],
    ['null', null],
    ['a number', 0],
    ['a list', ['0x']],
  ])('behavior: %s is not', (_, text) => {
    expect(isBytes(text)).toBe(false)
  })
})
