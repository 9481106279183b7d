import type { Address, Hex } from 'viem'
import { fromRlp, keccak256, toRlp } from 'viem/utils'
import { encodeWord, isBytes } from '../pools/words.ts'

/** A proof does not show what it is said to show: an endpoint that follows the chain cannot have made it. */
export class ProofInvalid extends Error {
  override readonly name = 'ProofInvalid'
}

/** What the state holds of an account. */
export type Account = {
  readonly nonce: bigint
  /** Wei. */
  readonly balance: bigint
  readonly storageRoot: Hex
  readonly codeHash: Hex
}

/** Decoded RLP. */
type Item = Hex | readonly Item[]

/** Where a walk down the trie has come to. `path` is what is left of the key, a digit for each four bits. */
type Place = { readonly reference: Item; readonly path: string }

/** A node leads on, or ends the walk with a value or with the proof that there is none. */
type Step = Place | { readonly value: Hex | undefined }

const DIGITS = '0123456789abcdef'
/** 0x and 32 bytes. */
const HASH_LENGTH = 66
/** 0x and 32 bytes: what is shorter stands in its parent instead of being referred to by its hash. */
const INLINE_LIMIT = 66
/** A branch has a child for each digit and a value, which no key of 32 bytes can end at. */
const BRANCH = 17

/** The RLP of nothing, which is the whole trie where there are no keys. */
const EMPTY_NODE = '0x80'
/** The storage root of an account that stores nothing. */
export const EMPTY_ROOT = keccak256(EMPTY_NODE)

const isHash = (item: Item | undefined): item is Hex =>
  typeof item === 'string' && item.length === HASH_LENGTH

function decodeRlp(data: Hex): Item {
  try {
    return fromRlp(data, 'hex')
  } catch (cause) {
    throw new ProofInvalid('A part of the proof is not RLP.', { cause })
  }
}

/** Decode a path of a leaf or extension: the flags say its kind, and whether its digits are odd in number. */
function decodePath(encoded: Item | undefined): { readonly isLeaf: boolean; readonly path: string } {
  if (typeof encoded !== 'string') throw new ProofInvalid('A node has a list where its path should be.')
  const flags = DIGITS.indexOf(encoded.charAt(2))
  const isOdd = flags % 2 === 1
  if (flags < 0 || flags > 3 || (!isOdd && encoded.charAt(3) !== '0'))
    throw new ProofInvalid('A node’s path has flags that do not exist.')
  return { isLeaf: flags > 1, path: encoded.slice(isOdd ? 3 : 4) }
}

function stepFromBranch(children: readonly Item[], path: string): Step {
  if (children[BRANCH - 1] !== '0x')
    throw new ProofInvalid('A branch holds a value, which no key can end at.')
  const reference = children[DIGITS.indexOf(path.charAt(0))]
  if (reference === undefined || path === '') throw new ProofInvalid('The proof goes on where the key ends.')
  return reference === '0x' ? { value: undefined } : { reference, path: path.slice(1) }
}

function stepFromLeaf(value: Item, own: string, path: string): Step {
  if (own.length !== path.length)
    throw new ProofInvalid('A leaf’s path is not as long as what is left of the key.')
  if (typeof value !== 'string' || value === '0x') throw new ProofInvalid('A leaf holds no value.')
  return { value: own === path ? value : undefined }
}

function stepFromExtension(reference: Item, own: string, path: string): Step {
  if (own === '' || own.length >= path.length)
    throw new ProofInvalid('An extension’s path has an impossible length.')
  if (reference === '0x') throw new ProofInvalid('An extension leads nowhere.')
  return path.startsWith(own) ? { reference, path: path.slice(own.length) } : { value: undefined }
}

function stepFrom(node: Item, path: string): Step {
  if (typeof node === 'string') throw new ProofInvalid('A node is no list.')
  if (node.length === BRANCH) return stepFromBranch(node, path)
  const [encoded, content] = node
  if (node.length !== 2 || content === undefined) throw new ProofInvalid('A node is neither branch nor path.')
  const { isLeaf, path: own } = decodePath(encoded)
  return isLeaf ? stepFromLeaf(content, own, path) : stepFromExtension(content, own, path)
}

/**
 * Open what a reference refers to: the node itself where it is short, else the proof's next part, whose hash it is.
 * Some nodes (reth) list short nodes as parts of the proof too; such a part is taken if it is that very node.
 */
function open(reference: Item, next: Hex | undefined): { readonly node: Item; readonly used: number } {
  if (typeof reference !== 'string') {
    const encoded = toRlp(reference as Hex[])
    if (encoded.length >= INLINE_LIMIT)
      throw new ProofInvalid('A node stands in its parent that is too long to.')
    return { node: reference, used: encoded === next ? 1 : 0 }
  }
  if (!isHash(reference)) throw new ProofInvalid('A node refers to another by something that is no hash.')
  if (next === undefined) throw new ProofInvalid('The proof ends before its last node.')
  if (!isBytes(next) || keccak256(next) !== reference)
    throw new ProofInvalid('A node of the proof does not have the hash by which it is referred to.')
  return { node: decodeRlp(next), used: 1 }
}

const isEmpty = (root: Hex, proof: readonly Hex[]): boolean =>
  root === EMPTY_ROOT && proof.length <= 1 && proof.every(part => part === EMPTY_NODE)

/**
 * Walk from the root to where a hashed key leads.
 * @returns the bytes there, or undefined where the proof shows that there are none
 */
function valueAt(root: Hex, key: Hex, proof: readonly Hex[]): Hex | undefined {
  if (isEmpty(root, proof)) return undefined
  let step: Step = { reference: root, path: keccak256(key).slice(2) }
  let position = 0
  while ('reference' in step) {
    const { node, used } = open(step.reference, proof[position])
    position += used
    step = stepFrom(node, step.path)
  }
  if (position !== proof.length) throw new ProofInvalid('The proof goes on after its last node.')
  return step.value
}

/** Read a number that stands in the state: its shortest bytes, none for 0. */
function requireNumber(item: Item | undefined): bigint {
  if (item === '0x') return 0n
  if (typeof item === 'string' && item.length <= HASH_LENGTH && !item.startsWith('0x00')) return BigInt(item)
  throw new ProofInvalid('A number in the state is not written as numbers are.')
}

/**
 * Verify an account's proof (`accountProof` of eth_getProof) against a block's state root.
 * @returns undefined where the proof shows that there is no such account
 * @throws ProofInvalid
 */
export function verifyAccount(
  stateRoot: Hex,
  address: Address,
  accountProof: readonly Hex[],
): Account | undefined {
  const value = valueAt(stateRoot, address, accountProof)
  if (value === undefined) return undefined
  const fields = decodeRlp(value)
  const [nonce, balance, storageRoot, codeHash] = typeof fields === 'string' ? [] : fields
  if (fields.length !== 4 || !isHash(storageRoot) || !isHash(codeHash))
    throw new ProofInvalid('What the state holds at this address is no account.')
  return { nonce: requireNumber(nonce), balance: requireNumber(balance), storageRoot, codeHash }
}

/**
 * Verify a storage slot's proof (`proof` in `storageProof` of eth_getProof) against an account's storage root.
 * @param slot a number of up to 32 bytes
 * @returns 0 where the proof shows that nothing is stored
 * @throws ProofInvalid
 */
export function verifyStorage(storageRoot: Hex, slot: Hex, proof: readonly Hex[]): bigint {
  const value = valueAt(storageRoot, `0x${encodeWord(slot)}`, proof)
  if (value === undefined) return 0n
  const stored = requireNumber(decodeRlp(value))
  if (stored === 0n) throw new ProofInvalid('The state holds a zero, which it would not hold at all.')
  return stored
}
