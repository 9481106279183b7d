import type { KeeperCall } from './keeperCall.ts'
import { landingBlock, lastBlock, measuredBlock } from './schedule.ts'

/** What wallets do at one block. */
export type WalletStep = {
  /** A day of the history, for the block in which its reports land; or a block, from `measuredBlock(0)` to the newest. */
  readonly at: { readonly day: number } | { readonly block: bigint }
  /** Whether this comes before what else the block brings, such as the reports of its day; after it by default. */
  readonly order?: 'before' | 'after'
  /** Carried out in this order. */
  readonly calls: readonly KeeperCall[]
}

/** What wallets do. Steps at the same block and on the same side of its reports keep the order of this list. */
export type WalletScript = readonly WalletStep[]

/** A step was asked for at a block that is not part of the history. */
export class WalletStepOutside extends Error {
  override name = 'WalletStepOutside'

  constructor({ at }: WalletStep, days: number) {
    const named = 'day' in at ? `Day ${at.day}` : `Block ${at.block}`
    super(
      `${named} is outside a history of ${days} days: name a day from 0 to ${days - 1}, or a block from ` +
        `${measuredBlock(0)} to ${lastBlock(days)}.`,
    )
  }
}

/** The calls of a script could not all be carried out. */
export class WalletCallsFailed extends Error {
  override name = 'WalletCallsFailed'

  constructor(block: bigint, options?: ErrorOptions) {
    super(
      `What wallets do in block ${block} reverted. Look for a holder who has not enough, for a contract that is not ` +
        'there yet, and for more than some hundred calls.',
      options,
    )
  }
}

/** A script laid over the blocks of a history. */
export type WalletPlan = {
  /** Give all calls of a block, those of the script around what else it brings. */
  around(block: bigint, calls: readonly KeeperCall[]): readonly KeeperCall[]
  /** Tell whether wallets act in a block. */
  acts(block: bigint): boolean
}

type Sides = { readonly before: KeeperCall[]; readonly after: KeeperCall[] }

/** Lay a script over a history of so many days. Throws WalletStepOutside. */
export function planWallets(script: WalletScript, days: number): WalletPlan {
  const sides = new Map<bigint, Sides>()
  for (const step of script) {
    const { at, order = 'after', calls } = step
    const block = 'day' in at ? landingBlock(at.day) : at.block
    const last = 'day' in at ? landingBlock(days - 1) : lastBlock(days)
    if (block < measuredBlock(0) || block > last) throw new WalletStepOutside(step, days)
    const side = sides.get(block) ?? { before: [], after: [] }
    side[order].push(...calls)
    sides.set(block, side)
  }
  return {
    around(block, calls) {
      const { before, after } = sides.get(block) ?? { before: [], after: [] }
      return [...before, ...calls, ...after]
    },
    acts: block => sides.has(block),
  }
}
