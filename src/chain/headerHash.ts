import type { Hex } from 'viem'
import { keccak256, toRlp } from 'viem/utils'
import { isBytes } from '../pools/words.ts'

/** A block as `eth_getBlockByNumber` answers it, unchecked; fields that are no part of the header are left alone. */
export type HeaderAnswer = { readonly [field: string]: unknown }

/** A block's header lacks a field, or does not have the hash that it claims. */
export class HeaderInvalid extends Error {
  override readonly name = 'HeaderInvalid'
}

type Field = readonly [name: string, kind: 'bytes' | 'quantity']

/** In the order in which they are hashed. */
const FIELDS: readonly Field[] = [
  ['parentHash', 'bytes'],
  ['sha3Uncles', 'bytes'],
  ['miner', 'bytes'],
  ['stateRoot', 'bytes'],
  ['transactionsRoot', 'bytes'],
  ['receiptsRoot', 'bytes'],
  ['logsBloom', 'bytes'],
  ['difficulty', 'quantity'],
  ['number', 'quantity'],
  ['gasLimit', 'quantity'],
  ['gasUsed', 'quantity'],
  ['timestamp', 'quantity'],
  ['extraData', 'bytes'],
  ['mixHash', 'bytes'],
  ['nonce', 'bytes'],
]

/** What later forks appended: London (1559), Shanghai (4895), Cancun (4844 and 4788), Prague (7685). */
const LATER_FIELDS: readonly Field[] = [
  ['baseFeePerGas', 'quantity'],
  ['withdrawalsRoot', 'bytes'],
  ['blobGasUsed', 'quantity'],
  ['excessBlobGas', 'quantity'],
  ['parentBeaconBlockRoot', 'bytes'],
  ['requestsHash', 'bytes'],
]

/** Write a quantity as its shortest bytes: none for 0. */
function bytesOf(quantity: bigint): Hex {
  if (quantity === 0n) return '0x'
  const digits = quantity.toString(16)
  return digits.length % 2 === 0 ? `0x${digits}` : `0x0${digits}`
}

function encodeField(header: HeaderAnswer, [name, kind]: Field): Hex {
  const value = header[name]
  if (kind === 'bytes' && isBytes(value)) return value
  if (kind === 'quantity' && typeof value === 'string' && /^0x[0-9a-f]+$/i.test(value))
    return bytesOf(BigInt(value))
  throw new HeaderInvalid(`The block’s header has no ${name} that can be read; ask another endpoint.`)
}

/** Name the later fields up to the last that a header has, so that one missing between them is refused. */
function laterFields(header: HeaderAnswer): readonly Field[] {
  const last = LATER_FIELDS.findLastIndex(([name]) => header[name] !== undefined && header[name] !== null)
  return LATER_FIELDS.slice(0, last + 1)
}

/**
 * Recompute a block's hash from its header: keccak256 of the RLP list of its fields, as the yellow paper and the
 * forks since define it. A fork that this page does not know would append a field and give another hash.
 * @throws HeaderInvalid where a field is missing or no number or bytes
 */
export const headerHash = (header: HeaderAnswer): Hex =>
  keccak256(toRlp([...FIELDS, ...laterFields(header)].map(field => encodeField(header, field))))

/**
 * Require that a block's header has the hash that it claims, and give that hash. This proves that the fields belong
 * together and nothing else: whether the hash is the chain's, only others who know the block can say.
 * @throws HeaderInvalid
 */
export function requireHash(header: HeaderAnswer): Hex {
  const computed = headerHash(header)
  const { hash } = header
  if (typeof hash === 'string' && hash.toLowerCase() === computed) return computed
  throw new HeaderInvalid(
    `The block’s header hashes to ${computed} and not to the ${String(hash)} that it claims: a field was changed, or a ` +
      'fork added one that this page does not know. Ask another endpoint.',
  )
}
