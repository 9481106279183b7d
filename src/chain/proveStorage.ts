import type { Address, Hex } from 'viem'
import { keccak256 } from 'viem/utils'
import { mulDivDown, WAD, type Wad } from '../math/fixedPoint.ts'
import { encodeWord, isBytes } from '../pools/words.ts'
import type { ChainClient } from './client.ts'
import type { Endpoint, Role } from './endpoints.ts'
import { ChainError, NoEndpointServed, UnexpectedReply } from './errors.ts'
import { EMPTY_ROOT, ProofInvalid, verifyAccount, verifyStorage } from './merkleProof.ts'
import type { HeaderTag } from './readHeader.ts'
import { type HashedHeader, isRecord, readHeaderHash } from './readHeaderHash.ts'

export type StorageRequest = {
  readonly address: Address
  /** Positions in the contract's storage. */
  readonly slots: readonly Hex[]
  readonly block: HeaderTag
  readonly signal?: AbortSignal | undefined
}

/** What a block's state root proves, whoever answered. That its hash is the chain's is for others to say. */
export type ProvenStorage = HashedHeader & {
  /** In the order of the slots; 0 where nothing is stored. */
  readonly values: readonly bigint[]
}

/** Proofs as an endpoint sent them. Its own figures beside them are not looked at. */
type Proofs = { readonly account: readonly Hex[]; readonly slots: readonly (readonly Hex[])[] }

const isProof = (value: unknown): value is readonly Hex[] => Array.isArray(value) && value.every(isBytes)

function proofsOf(result: unknown, expected: number, operator: string): Proofs {
  const { accountProof, storageProof } = isRecord(result) ? result : {}
  const slots = Array.isArray(storageProof)
    ? storageProof.map(one => (isRecord(one) ? one['proof'] : undefined))
    : []
  if (isProof(accountProof) && slots.length === expected && slots.every(isProof))
    return { account: accountProof, slots }
  throw new UnexpectedReply('answered something that is no proof of these slots; ask another endpoint', {
    operator,
    body: JSON.stringify(result) ?? '',
  })
}

/** Verify the proofs, and say who sent those that do not hold. */
function verifySlots(
  { stateRoot, operator }: HashedHeader,
  { address, slots }: StorageRequest,
  proofs: Proofs,
): readonly bigint[] {
  try {
    const root = verifyAccount(stateRoot, address, proofs.account)?.storageRoot ?? EMPTY_ROOT
    return slots.map((slot, index) => verifyStorage(root, slot, proofs.slots[index] ?? []))
  } catch (cause) {
    if (!(cause instanceof ProofInvalid)) throw cause
    throw new ProofInvalid(`${operator} sent a proof that does not hold. ${cause.message}`, { cause })
  }
}

/** Ask one endpoint for the header and the proofs. */
async function proveBy(
  client: ChainClient,
  { url }: Endpoint,
  role: Role,
  request: StorageRequest,
): Promise<ProvenStorage> {
  const { address, slots, block, signal } = request
  const header = await readHeaderHash(client, block, { role, signal, only: url })
  const { value: proofs } = await client.ask({
    method: 'eth_getProof',
    // By hash (EIP-1898): once a reorganisation gave the number to another block, its proof would look like a lie.
    params: [address, slots, { blockHash: header.hash }],
    role,
    signal,
    only: url,
    block: header.block,
    shows: ['proof'],
    read: (result, from) => proofsOf(result, slots.length, from),
  })
  return { ...header, values: verifySlots(header, request, proofs) }
}

/** An archive endpoint is given its longer time. Those that only serve wallets are not asked. */
function roleOf({ roles }: Endpoint): Role | undefined {
  return (['archive', 'head'] as const).find(role => roles.includes(role))
}

/**
 * Read storage slots with a proof against the state root of a block (eth_getBlockByNumber, eth_getProof), both from one
 * endpoint. The next is asked where one does not answer; what does not hold ends the search, as it should be seen. What
 * remains to be trusted is the hash.
 * @throws ProofInvalid; HeaderInvalid; the endpoint's own failure where there is only one, such as MethodUnavailable;
 * NoEndpointServed
 */
export async function proveStorage(client: ChainClient, request: StorageRequest): Promise<ProvenStorage> {
  const failures: ChainError[] = []
  for (const endpoint of client.endpoints) {
    const role = roleOf(endpoint)
    if (role === undefined) continue
    try {
      return await proveBy(client, endpoint, role, request)
    } catch (error) {
      if (!(error instanceof ChainError)) throw error
      failures.push(error)
    }
  }
  const [only] = failures
  throw only !== undefined && failures.length === 1 ? only : new NoEndpointServed(failures)
}

/** keccak256 of network.balance.total and of network.balance.reth.supply. */
const TOTAL = '0x9dc185b46ed0f11d151f055e45fde635375a9680c34e501b43a82eb6c09c0951'
const SUPPLY = '0x5b3a7b8bdde2122fad4dc45e51ae0c5cedc887473a999474f2ead5a8faadfe3c'

/**
 * Position of RocketStorage's mapping of numbers (`uintStorage`) on mainnet: after those of strings and of bytes.
 * Source: the order of RocketStorage.sol's mappings in Rocket Pool's repository (Solidity 0.7.6, commit e9c26aae); the
 * contract is no proxy and was deployed once. An indexer of mainnet (Tycho, ethereum-rocketpool) reads other numbers of
 * it by the same position. Another version of the file (commit 0695c898) stores numbers at their keys themselves.
 * UNCONFIRMED by a read of these two slots on mainnet.
 */
const UINT_STORAGE = 2n

/**
 * Name the slots of RocketStorage that rETH's rate is made of: total ether, then supply.
 * @param mapping position of the mapping that `getUint` reads; mainnet's unless given
 */
export const rocketRateSlots = (mapping: bigint = UINT_STORAGE): readonly [total: Hex, supply: Hex] => {
  const slotOf = (key: Hex): Hex => keccak256(`${key}${encodeWord(mapping)}`)
  return [slotOf(TOTAL), slotOf(SUPPLY)]
}

/**
 * Compute rETH's rate from the values of `rocketRateSlots`, as its getExchangeRate does.
 * @returns ETH per rETH (WAD), rounded down; undefined where no supply is stored: the token then answers 1, but slots
 * that are not RocketStorage's are just as empty, and would prove a rate that nobody stored
 */
export function provenRate([total, supply]: readonly bigint[]): Wad | undefined {
  if (total === undefined || supply === undefined || supply === 0n) return undefined
  return mulDivDown(WAD, total, supply)
}
