import type { Address, Hex } from 'viem'
import type { BlockNumber, Seconds } from '../math/fixedPoint.ts'
import { defineRead, type Read } from './read.ts'
import { decodeWords, MalformedAnswer } from './words.ts'

/** Deployed at the same address on mainnet and most other chains. */
export const MULTICALL3: Address = '0xcA11bde05977b3631167028862bE2a173976CA11'
/** Mainnet block of its deployment: before it there are single calls only. */
export const MULTICALL3_FIRST_BLOCK: BlockNumber = 14_353_601n

export const readBlockNumber = defineRead(MULTICALL3, '0x42cbb15c getBlockNumber() view returns (uint256)')
export const readBlockTime = defineRead(
  MULTICALL3,
  '0x0f28c97d getCurrentBlockTimestamp() view returns (uint256)',
)
export const readChainId = defineRead(MULTICALL3, '0x3408e470 getChainId() view returns (uint256)')
/** Hash of the block before: two who agree on it, on the number and on the time speak of the same block. */
export const readParentHash = defineRead(MULTICALL3, '0x27e86d6e getLastBlockHash() view returns (bytes32)')
export const readEtherBalance = (account: Address): Read =>
  defineRead(MULTICALL3, '0x4d2301cc getEthBalance(address) view returns (uint256)', [account])

export const readSupply = (token: Address): Read =>
  defineRead(token, '0x18160ddd totalSupply() view returns (uint256)')
export const readBalance = (token: Address, account: Address): Read =>
  defineRead(token, '0x70a08231 balanceOf(address) view returns (uint256)', [account])

/** The newest answer of a feed that speaks Chainlink's AggregatorV3Interface. */
export const readRound = (feed: Address): Read =>
  defineRead(
    feed,
    '0xfeaf968c latestRoundData() view returns (uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound)',
  )
export const readDecimals = (feed: Address): Read =>
  defineRead(feed, '0x313ce567 decimals() view returns (uint8)')

/** Chainlink's ETH/USD: US dollars per ETH, 8 decimals. */
export const readEtherPrice = readRound('0x5f4eC3Df9cbd43714FE2740f5E3616155c5b8419')

/** Longest time between two updates that is usual for such feeds, not checked feed by feed; older is not shown. */
export const HEARTBEAT: Seconds = 86_400n

export type Round = { readonly answer: bigint; readonly updatedAt: Seconds }

/**
 * Decode latestRoundData, whose `answer` is the second word and `updatedAt` the fourth.
 * @throws MalformedAnswer for any other length, or an answer that is not above zero
 */
export function decodeRound(data: Hex): Round {
  const [, answer, , updatedAt] = decodeWords(data, readEtherPrice.words) as [bigint, bigint, bigint, bigint]
  if (BigInt.asIntN(256, answer) <= 0n) throw new MalformedAnswer(data)
  return { answer, updatedAt }
}
