import type { Hex } from 'viem'
import { isBytes } from '../pools/words.ts'
import { UnexpectedReply } from './errors.ts'

/** Write a number as JSON-RPC does. */
export const toQuantity = (value: bigint): Hex => `0x${value.toString(16)}`

/** Require bytes where an endpoint may answer anything. */
export function requireHex(result: unknown, operator: string): Hex {
  if (isBytes(result)) return result
  throw new UnexpectedReply('answered a call with something that is not bytes; ask another endpoint', {
    operator,
    body: JSON.stringify(result) ?? '',
  })
}

/** Require a number as JSON-RPC writes it, `0x` and at least one digit. */
export function requireQuantity(result: unknown, operator: string): bigint {
  if (typeof result === 'string' && /^0x[0-9a-f]+$/i.test(result)) return BigInt(result)
  throw new UnexpectedReply('answered something that is not a number; ask another endpoint', {
    operator,
    body: JSON.stringify(result) ?? '',
  })
}
