import type { Wei } from '../math/fixedPoint.ts'
import { MOST_ETHER } from '../pools/definePool.ts'
import { MULTICALL3 } from '../pools/infrastructure.ts'
import type { WalletAsset } from '../pools/walletAssets.ts'
import { decodeWords, MalformedAnswer } from '../pools/words.ts'
import type { BlockAt, Outcome } from './blockReading.ts'
import { MAINNET_ID } from './client.ts'

type Judged = { readonly units: Wei } | { readonly why: string }

/** Whether the token may not exist yet: a local chain may lack it at any block. */
const mayBeMissing = ({ readableBy }: WalletAsset, { block, chainId }: BlockAt): boolean =>
  chainId !== MAINNET_ID || block < readableBy

/** Judge what a contract did not answer; undefined where it did. */
function silence(asset: WalletAsset, outcomes: readonly Outcome[], at: BlockAt): Judged | undefined {
  const silent = outcomes.find(({ success, returnData }) => !success || returnData === '0x')
  if (silent === undefined) return undefined
  const { success, read } = silent
  // ETH needs no contract to exist, only one to tell its balance.
  if (success && read.address === MULTICALL3)
    return { why: 'This chain has no Multicall3, which tells the balance of ETH.' }
  const isMissing = mayBeMissing(asset, at)
  // Nothing of what does not exist is nothing. On mainnet a proxy without a contract behind it refuses; where shares are
  // asked for, an older contract may do so as well, of which something may be held.
  const mayRefuse = at.chainId === MAINNET_ID && asset.kind !== 'rebasing'
  if (isMissing && (success || mayRefuse)) return { units: 0n }
  return {
    why: success
      ? 'The contract answered nothing.'
      : `The contract refused ${read.signature.replace(/\(.*/, '')}.`,
  }
}

function decoded(outcomes: readonly Outcome[], of: WalletAsset['units']['of']): Judged {
  try {
    const units = of(outcomes.map(({ read, returnData }) => decodeWords(returnData, read.words)))
    if (units === undefined) return { why: 'The contract’s shares are not what its balance is made of.' }
    return units > MOST_ETHER
      ? { why: 'The contract tells of more than there is ether, so it is not shown.' }
      : { units }
  } catch (error) {
    if (error instanceof MalformedAnswer) return { why: error.message }
    throw error
  }
}

/**
 * Judge what an account holds of an asset, in units that stay the same between transfers: 0 where the token did not
 * exist yet, or why it is not known.
 * @param outcomes of `asset.units.reads(account)`, in their order
 */
export const judgeUnits = (asset: WalletAsset, outcomes: readonly Outcome[], at: BlockAt): Judged =>
  silence(asset, outcomes, at) ?? decoded(outcomes, asset.units.of)

/** Judge the balance that a token tells of an account at the head, where every token of mainnet is. */
export function judgeBalance(asset: WalletAsset, outcome: Outcome, at: BlockAt): Judged {
  const head = { ...at, block: at.block > asset.readableBy ? at.block : asset.readableBy }
  return silence(asset, [outcome], head) ?? decoded([outcome], words => words[0]?.[0] ?? 0n)
}
