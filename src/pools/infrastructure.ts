import { type Address, type Hex, isHex } from 'viem'
import type { BlockNumber, Seconds } from '../math/fixedPoint.ts'
import { defineRead, MalformedAnswer } from './read.ts'

/** Deployed at the same address on mainnet and every chain that matters. */
export const MULTICALL3: Address = '0xcA11bde05977b3631167028862bE2a173976CA11'
/** Mainnet block of its deployment: before it there are single calls only. */
export const MULTICALL3_FIRST_BLOCK: BlockNumber = 14_353_601n

export const readBlockNumber = defineRead(MULTICALL3, 'getBlockNumber() view returns (uint256)')
export const readBlockTime = defineRead(MULTICALL3, 'getCurrentBlockTimestamp() view returns (uint256)')
export const readChainId = defineRead(MULTICALL3, 'getChainId() view returns (uint256)')
export const readEtherBalance = (account: Address) =>
  defineRead(MULTICALL3, 'getEthBalance(address) view returns (uint256)', [account])

/** Chainlink's ETH/USD: US dollars per ETH, 8 decimals. */
export const readEtherPrice = defineRead(
  '0x5f4eC3Df9cbd43714FE2740f5E3616155c5b8419',
  'latestRoundData() view returns (uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound)',
)

/** A price older than this is not shown; facts on Chainlink's ETH feeds give 24 h as their longest heartbeat. */
export const PRICE_LIFETIME: Seconds = 86_400n

export type EtherPrice = { readonly answer: bigint; readonly updatedAt: Seconds }

/**
 * Decode Chainlink's latestRoundData, whose `answer` is the second word and `updatedAt` the fourth.
 * @throws MalformedAnswer for any other length, or an answer that is not above zero
 */
export function decodeEtherPrice(data: Hex): EtherPrice {
  if (!isHex(data) || data.length !== 2 + 64 * 5) throw new MalformedAnswer(data)
  const word = (index: number): bigint => BigInt(`0x${data.slice(2 + 64 * index, 66 + 64 * index)}`)
  const answer = BigInt.asIntN(256, word(1))
  if (answer <= 0n) throw new MalformedAnswer(data)
  return { answer, updatedAt: word(3) }
}

export const readBalance = (token: Address, account: Address) =>
  defineRead(token, 'balanceOf(address) view returns (uint256)', [account])
