import type { Hex } from 'viem'
import type { BlockNumber, Seconds } from '../math/fixedPoint.ts'
import type { Read } from '../pools/read.ts'
import type { Role } from './endpoints.ts'

/** What one read gave: bytes, or a revert. `0x` means that nothing answered at that address. */
export type Outcome = { readonly read: Read; readonly success: boolean; readonly returnData: Hex }

/** A block as the answer itself tells it. */
export type BlockAt = {
  readonly block: BlockNumber
  readonly time: Seconds
  readonly chainId: bigint
}

/** Several reads of one block, with the block's own number and time. */
export type BlockReading = BlockAt & {
  readonly operator: string
  /** The endpoint of that operator which answered. */
  readonly url: string
  readonly outcomes: readonly Outcome[]
}

/** Whom to ask: anybody able to, anybody but some operators, or one endpoint. */
export type Whom = {
  readonly role: Role
  readonly signal?: AbortSignal | undefined
  /** Operators that are not to be asked. */
  readonly except?: readonly string[] | undefined
  /** How often the endpoints are gone through where failures may pass; the role says it unless given. */
  readonly rounds?: number | undefined
  /** Milliseconds that an endpoint has; the role says it unless given. */
  readonly limit?: number | undefined
  /** Whether those that failed a moment ago are passed over: the question can do without an answer. */
  readonly skipsResting?: boolean | undefined
  /** URL of the one endpoint to ask. */
  readonly only?: string | undefined
}

export type CallOptions = Whom & {
  readonly block: BlockNumber | 'latest'
  /** The block's hash, where it is to be that very block and no other of its number (EIP-1898). */
  readonly hash?: Hex | undefined
  /** Reads that are not worth a request of their own: left out where everything is asked one by one. */
  readonly dispensable?: readonly Read[] | undefined
}

/** Find what each read gave; what was not asked was not answered. */
export function outcomesBy({ outcomes }: BlockReading): (read: Read) => Outcome {
  const found = new Map(outcomes.map(outcome => [outcome.read, outcome]))
  return read => found.get(read) ?? { read, success: false, returnData: '0x' }
}
