import type { Address, Hex } from 'viem'
import { encodeWord, isBytes } from '../pools/words.ts'
import { UnexpectedReply } from './errors.ts'

/** aggregate3((address target, bool allowFailure, bytes callData)[]) returns ((bool success, bytes returnData)[]) */
const AGGREGATE3 = '0x82ad56cb'

/** Bytes of an ABI word. */
const WORD = 32
/** Hexadecimal digits of one. */
const DIGITS = 2 * WORD

export type InnerCall = { readonly address: Address; readonly callData: Hex }
export type InnerResult = { readonly success: boolean; readonly returnData: Hex }

const count = (value: number): string => encodeWord(BigInt(value))

/** A tuple of target, permission to fail, and call data behind its offset and length. */
function encodeCall({ address, callData }: InnerCall): string {
  const data = callData.slice(2)
  const padded = data.padEnd(Math.ceil(data.length / DIGITS) * DIGITS, '0')
  return `${encodeWord(address)}${count(1)}${count(3 * WORD)}${count(data.length / 2)}${padded}`
}

/** Encode Multicall3's aggregate3 with every inner call allowed to fail, so that one pool cannot spoil the others. */
export function encodeAggregate(calls: readonly InnerCall[]): Hex {
  const tuples = calls.map(encodeCall)
  let offset = calls.length * WORD
  const offsets = tuples.map(tuple => {
    const own = count(offset)
    offset += tuple.length / 2
    return own
  })
  return `${AGGREGATE3}${count(WORD)}${count(calls.length)}${offsets.join('')}${tuples.join('')}`
}

/** An answer whose offsets or lengths point outside of it. Never leaves this file. */
class CutShort extends Error {
  override readonly name = 'CutShort'
}

/** Turns a checked bigint into the index that strings want, without a way for other values to become numbers. */
const cell = new DataView(new ArrayBuffer(8))

/** Read a word of an answer as a position in it, which is never larger than the answer. */
function positionAt(digits: string, byte: number): number {
  const word = digits.slice(2 * byte, 2 * byte + DIGITS)
  if (word.length !== DIGITS) throw new CutShort()
  const position = BigInt(`0x${word}`)
  if (position > BigInt(digits.length / 2)) throw new CutShort()
  cell.setBigUint64(0, position)
  return cell.getUint32(4)
}

function decodeResult(digits: string, start: number): InnerResult {
  const success = positionAt(digits, start)
  const length = start + positionAt(digits, start + WORD)
  const [from, size] = [length + WORD, positionAt(digits, length)]
  // Data fills whole words: where the padding is missing, the answer was cut.
  if (success > 1 || 2 * from + Math.ceil((2 * size) / DIGITS) * DIGITS > digits.length) throw new CutShort()
  return { success: success === 1, returnData: `0x${digits.slice(2 * from, 2 * (from + size))}` }
}

function decodeResults(data: Hex): InnerResult[] {
  const digits = data.slice(2)
  const list = positionAt(digits, 0)
  const first = list + WORD
  return Array.from({ length: positionAt(digits, list) }, (_, index) =>
    decodeResult(digits, first + positionAt(digits, first + index * WORD)),
  )
}

/**
 * Decode aggregate3's answer.
 * @returns undefined where there is no Multicall3 at that block (empty answer)
 * @throws UnexpectedReply where the answer is cut short or has another number of results
 */
export function decodeAggregate(
  data: Hex,
  expected: number,
  operator: string,
): readonly InnerResult[] | undefined {
  if (data === '0x') return undefined
  try {
    const results = isBytes(data) ? decodeResults(data) : []
    if (results.length === expected) return results
  } catch (cause) {
    if (!(cause instanceof CutShort)) throw cause
    throw new UnexpectedReply('answered half a result; ask another endpoint', { operator, cause, body: data })
  }
  throw new UnexpectedReply('answered a different number of results; ask another endpoint', {
    operator,
    body: data,
  })
}
