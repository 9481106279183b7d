import type { Address } from 'viem'
import { call, type KeeperCall, textWord } from '../keeperCall.ts'

/** Say what a feed tells, and with how many decimals. */
export function describeFeed(feed: Address, decimals: bigint, description: string): KeeperCall {
  return call(feed, 'keeperDescribe(uint256,bytes32)', decimals, textWord(description))
}

/** Give a feed its newest answer. */
export function answerCall(feed: Address, answer: bigint): KeeperCall {
  return call(feed, 'keeperAnswer(int256)', answer)
}
