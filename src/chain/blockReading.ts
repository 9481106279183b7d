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
  readonly outcomes: readonly Outcome[]
}

export type CallOptions = {
  readonly block: BlockNumber | 'latest'
  readonly role: Role
  readonly signal?: AbortSignal | undefined
}

/** Find what each read gave; what was not asked was not answered. */
export function outcomesBy({ outcomes }: BlockReading): (read: Read) => Outcome {
  const found = new Map(outcomes.map(outcome => [outcome.read, outcome]))
  return read => found.get(read) ?? { read, success: false, returnData: '0x' }
}
