import { type Address, type Hex, hexToBigInt, isAddressEqual } from 'viem'
import { KEEPER, OPERATOR, PLACES } from './addresses.ts'
import type { RuntimeCode } from './compile.ts'
import { demoScript } from './demoWallets.ts'
import type { Day, History } from './history.ts'
import { encodeKeeperRun, type KeeperCall, type Placement } from './keeperCall.ts'
import { ETHER } from './line.ts'
import { EmbeddedRpcFailed, quantity, type Rpc } from './rpc.ts'
import { SLOT, TAIL_BLOCKS } from './schedule.ts'
import { dayCalls, openingPlacement, placementAfter, priceCall } from './script.ts'
import { createTwinScript } from './twins/script.ts'
import type { Twin } from './twins/twin.ts'
import { planWallets, WalletCallsFailed, type WalletPlan, type WalletScript } from './walletScript.ts'

const GAS_LIMIT = 20_000_000n
const HIGHEST_FEE = 10n ** 10n

/** Give the time of block 0: a day before the first report is measured, less the two blocks that come first. */
export function genesisTime({ opening }: History): bigint {
  return opening.measuredAt - 2n * SLOT
}

/** Blocks are mined one by one, by one sender. */
export type Miner = {
  /** Mine a block at a time (seconds) in which the keeper makes the calls, none for an empty block; give its number. */
  mine(time: bigint, calls?: readonly KeeperCall[]): Promise<bigint>
  /** Put contracts there, with their first state, from the newest block on. */
  place(placement: Placement): Promise<void>
  /** Make sure that the calls of all blocks so far succeeded. Throws EmbeddedRpcFailed. */
  assertDone(): Promise<void>
  head(): bigint
}

/** Make a miner on a node that has only block 0. */
export async function createMiner(rpc: Rpc, code: RuntimeCode): Promise<Miner> {
  let head = 0n
  let nonce = 0n
  await rpc('anvil_impersonateAccount', [OPERATOR])
  await rpc('anvil_setBalance', [OPERATOR, quantity(1_000n * ETHER)])
  await rpc('anvil_setBalance', [KEEPER, quantity(1_000n * ETHER)])
  await rpc('anvil_setCode', [KEEPER, code['Keeper']])
  const transaction = (calls: readonly KeeperCall[]) => ({
    from: OPERATOR,
    to: KEEPER,
    nonce: quantity(nonce),
    gas: quantity(GAS_LIMIT),
    maxFeePerGas: quantity(HIGHEST_FEE),
    maxPriorityFeePerGas: quantity(1n),
    data: encodeKeeperRun(calls),
  })
  return {
    head: () => head,
    async mine(time, calls = []) {
      if (calls.length > 0) {
        await rpc('eth_sendTransaction', [transaction(calls)])
        nonce += 1n
      }
      await rpc('evm_mine', [{ timestamp: quantity(time) }])
      head += 1n
      return head
    },
    async assertDone() {
      const runs = hexToBigInt(await rpc<Hex>('eth_getStorageAt', [KEEPER, '0x0', 'latest']))
      if (runs !== nonce) throw new EmbeddedRpcFailed('its blocks', `${nonce - runs} of ${nonce} failed`)
    },
    async place({ code: names, seed }) {
      for (const [address, name] of Object.entries(names)) await rpc('anvil_setCode', [address, code[name]])
      if (seed.length > 0) await writeOutcome(rpc, transaction(seed))
    },
  }
}

type StateDifference = { post: Record<Address, { storage?: Record<Hex, Hex> }> }

/**
 * Write into the newest block what a transaction would leave behind, without the transaction and its events: the
 * contracts were there long before the history starts.
 */
async function writeOutcome(rpc: Rpc, transaction: object): Promise<void> {
  const options = { tracer: 'prestateTracer', tracerConfig: { diffMode: true } }
  const { post } = await rpc<StateDifference>('debug_traceCall', [transaction, 'latest', options])
  for (const [address, { storage = {} }] of Object.entries(post)) {
    // The keeper counts blocks, and this is none.
    if (isAddressEqual(address as Address, KEEPER)) continue
    for (const [slot, value] of Object.entries(storage))
      await rpc('anvil_setStorageAt', [address, slot, value])
  }
}

/** Let wallets act around what else a block brings, and make sure at once that they could. */
function withWallets(miner: Miner, plan: WalletPlan): Miner {
  return {
    ...miner,
    async mine(time, calls = []) {
      const next = miner.head() + 1n
      const block = await miner.mine(time, plan.around(next, calls))
      if (!plan.acts(next)) return block
      try {
        await miner.assertDone()
      } catch (cause) {
        throw new WalletCallsFailed(block, { cause })
      }
      return block
    },
  }
}

/** Where the parts of the history came to lie. */
export type Landmarks = {
  readonly openingBlock: bigint
  /** The block of each day's reports, by day. */
  readonly dayBlocks: readonly bigint[]
  /** The block at which each day's oracle measured, by day. */
  readonly referenceBlocks: readonly bigint[]
}

/**
 * Mine the whole history: block 1 empty, the opening state at block 2, for each day a block when the oracle measures
 * and one when the reports land, then blocks of 12 s up to `now`. Wallets act by their script, the demo wallets by
 * theirs where there is none.
 *
 * Throws EmbeddedRpcFailed, WalletCallsFailed or WalletStepOutside.
 */
export async function buildHistory(
  bareMiner: Miner,
  rpc: Rpc,
  {
    history,
    twins,
    wallets,
  }: { history: History; twins: readonly Twin[]; wallets?: WalletScript | undefined },
): Promise<Landmarks> {
  const { schedule } = history
  const plan = planWallets(wallets ?? demoScript(schedule.days, twins), schedule.days)
  const miner = withWallets(bareMiner, plan)
  const script = createTwinScript(schedule, twins)
  const start = genesisTime(history)
  await miner.mine(start + SLOT)
  const openingBlock = await miner.mine(start + 2n * SLOT)
  await miner.place(openingPlacement(history))
  for (const placement of script.placementsAfter(-1)) await miner.place(placement)
  await rpc('anvil_setBalance', [PLACES.reth, quantity(4_000n * ETHER)])
  const dayBlocks: bigint[] = []
  const referenceBlocks: bigint[] = []
  let before: Day = history.opening
  for (const today of history.days) {
    const block = await miner.mine(today.measuredAt, script.callsBefore(today.day))
    const measured = { block, measuredAt: today.measuredAt }
    const calls = [...dayCalls(schedule, before, today, measured), ...script.callsOn(today.day, block)]
    dayBlocks.push(await miner.mine(today.landedAt, calls))
    referenceBlocks.push(block)
    await miner.place(placementAfter(history, today))
    for (const placement of script.placementsAfter(today.day)) await miner.place(placement)
    before = today
  }
  for (let block = TAIL_BLOCKS - 1; block >= 0; block--) {
    const calls = block % 25 === 0 ? [priceCall(before.ethUsd)] : []
    await miner.mine(schedule.now - BigInt(block) * SLOT, calls)
  }
  await miner.assertDone()
  return { openingBlock, dayBlocks, referenceBlocks }
}
