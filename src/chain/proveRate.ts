import type { Hex } from 'viem'
import type { BlockNumber, Seconds, Wad, Wei } from '../math/fixedPoint.ts'
import { rocketPool } from '../pools/rocketPool.ts'
import type { Whom } from './blockReading.ts'
import type { ChainClient } from './client.ts'
import { ChainError, UnexpectedReply } from './errors.ts'
import { HeaderInvalid } from './headerHash.ts'
import { provenRate, proveStorage, rocketRateSlots } from './proveStorage.ts'
import { readHeaderHash } from './readHeaderHash.ts'

/** What another operator says of the hash from which something is proven. */
type HashWitness =
  | { readonly kind: 'agreed'; readonly operator: string }
  | { readonly kind: 'differs'; readonly operator: string; readonly hash: Hex }
  | { readonly kind: 'alone'; readonly why: ChainError | HeaderInvalid }

/** rETH's rate as the state of a block proves it. */
export type RateProof = {
  readonly block: BlockNumber
  readonly hash: Hex
  /** Who gave header and proof. */
  readonly operator: string
  readonly witness: HashWitness
  readonly total: Wei
  readonly supply: Wei
  /** Undefined where the slots hold nothing. */
  readonly rate: Wad | undefined
}

/** The registry that outlives its protocol's upgrades: rETH's rate is made of two numbers in it. */
const ROCKET_STORAGE = rocketPool.lastReport.read.address

export type RateProofRequest = Pick<Whom, 'role' | 'signal'> & {
  readonly block: BlockNumber
  /** The block's time as read with the rate, by which another block of its number is told. */
  readonly time: Seconds
}

async function askWitness(
  client: ChainClient,
  { block, hash, operator }: { readonly block: BlockNumber; readonly hash: Hex; readonly operator: string },
  whom: Pick<Whom, 'role' | 'signal'>,
): Promise<HashWitness> {
  try {
    const other = await readHeaderHash(client, block, { ...whom, except: [operator] })
    return other.hash === hash
      ? { kind: 'agreed', operator: other.operator }
      : { kind: 'differs', operator: other.operator, hash: other.hash }
  } catch (why) {
    if (why instanceof ChainError || why instanceof HeaderInvalid) return { kind: 'alone', why }
    throw why
  }
}

/**
 * Prove rETH's rate from a block's state root: the two words of RocketStorage that getExchangeRate divides, by an
 * endpoint's Merkle proofs, and the block's hash by another operator's header.
 * @throws ProofInvalid; HeaderInvalid; UnexpectedReply where the block is another than the rate's; MethodUnavailable or
 * ArchiveUnavailable where proofs are not offered; NoEndpointServed
 */
export async function proveRate(
  client: ChainClient,
  { block, time, role, signal }: RateProofRequest,
): Promise<RateProof> {
  const request = { address: ROCKET_STORAGE, slots: rocketRateSlots(), block, signal }
  const { values, hash, operator, ...header } = await proveStorage(client, request)
  if (header.time !== time)
    throw new UnexpectedReply(`has another block ${block} than the one that the rate was read at`, {
      operator,
    })
  const witness = await askWitness(client, { block, hash, operator }, { role, signal })
  const [total = 0n, supply = 0n] = values
  return { block, hash, operator, witness, total, supply, rate: provenRate(values) }
}
