import type { Hex } from 'viem'

// The part of the ABI that calls with elementary arguments need. viem's coder knows all of it and weighs, with its
// hashing, 8 kB before the first figure; the tests hold this one against it.

/** A call was answered with bytes that its signature does not allow. */
export class MalformedAnswer extends Error {
  override readonly name = 'MalformedAnswer'
  constructor(data: string) {
    super(`The answer of ${(data.length - 2) / 2} bytes is not what this function returns.`)
  }
}

/** Hexadecimal digits of a 32-byte word. */
const DIGITS = 64

/** Write a number, an address or a bytes32 as the 64 digits of an ABI word, without 0x. */
export const encodeWord = (value: bigint | Hex): string =>
  (typeof value === 'bigint'
    ? BigInt.asUintN(256, value).toString(16)
    : value.slice(2).toLowerCase()
  ).padStart(DIGITS, '0')

/** Tell bytes as JSON-RPC writes them: 0x and an even number of hexadecimal digits. */
export const isBytes = (text: unknown): text is Hex =>
  typeof text === 'string' && text.length % 2 === 0 && /^0x[0-9a-f]*$/i.test(text)

/**
 * Decode an answer of a known number of unsigned words.
 * @throws MalformedAnswer for any other length: half an answer is no answer
 */
export function decodeWords(data: Hex, count: number): bigint[] {
  if (!isBytes(data) || data.length !== 2 + DIGITS * count) throw new MalformedAnswer(data)
  return Array.from({ length: count }, (_, index) =>
    BigInt(`0x${data.slice(2 + DIGITS * index, 2 + DIGITS * (index + 1))}`),
  )
}

/**
 * Decode an answer that is a single unsigned word.
 * @throws MalformedAnswer
 */
export const decodeWord = (data: Hex): bigint => decodeWords(data, 1)[0] as bigint
