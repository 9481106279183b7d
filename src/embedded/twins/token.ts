import type { Address } from 'viem'
import { call, type KeeperCall, textWord } from '../keeperCall.ts'

/** Name a token. */
export function nameCall(token: Address, name: string, symbol: string): KeeperCall {
  return call(token, 'keeperName(bytes32,bytes32)', textWord(name), textWord(symbol))
}

/** Bring a token's supply to an amount in wei. */
export function supplyCall(token: Address, supply: bigint): KeeperCall {
  return call(token, 'keeperSupply(uint256)', supply)
}
