import type { Address } from 'viem'
import { OTHERS, PLACES } from './addresses.ts'
import { call, type KeeperCall } from './keeperCall.ts'

/** Who sends and who receives. */
export type Between = { readonly from: Address; readonly to: Address }

/** Move an amount (wei as the token's Transfer tells it) of any token. */
export function moveCall(token: Address, { from, to }: Between, amount: bigint): KeeperCall {
  return call(token, 'keeperMove(address,address,uint256)', from, to, amount)
}

/** Move what a holder's whole balance reads. Of stETH and eETH a share may stay behind, as on mainnet. */
export function moveAllCall(token: Address, { from, to }: Between): KeeperCall {
  return call(token, 'keeperMoveAll(address,address)', from, to)
}

/** Move shares of stETH. */
export function moveSharesCall({ from, to }: Between, shares: bigint): KeeperCall {
  return call(PLACES.steth, 'keeperMoveShares(address,address,uint256)', from, to, shares)
}

/** Buy an amount (wei) of any token from everybody else: a Transfer between two holders. */
export function buyCall(token: Address, to: Address, amount: bigint): KeeperCall {
  return moveCall(token, { from: OTHERS, to }, amount)
}

/** Sell an amount (wei) of any token to everybody else: a Transfer between two holders. */
export function sellCall(token: Address, from: Address, amount: bigint): KeeperCall {
  return moveCall(token, { from, to: OTHERS }, amount)
}

/** Get an amount (wei) of any token but aETHb from the pool: a Transfer from the zero address. */
export function issueCall(token: Address, to: Address, amount: bigint): KeeperCall {
  return call(token, 'keeperIssue(address,uint256)', to, amount)
}

/** Give an amount (wei) of a token that does not rebase back to its pool: a Transfer to the zero address. */
export function redeemCall(token: Address, from: Address, amount: bigint): KeeperCall {
  return call(token, 'keeperRedeem(address,uint256)', from, amount)
}

/** Turn an amount (wei) of stETH, eETH or OETH into its wrapper: wstETH, weETH or wOETH. */
export function wrapCall(wrapper: Address, account: Address, amount: bigint): KeeperCall {
  return call(wrapper, 'keeperWrap(address,uint256)', account, amount)
}

/** Turn an amount (wei) of wstETH, weETH or wOETH into what it wraps. */
export function unwrapCall(wrapper: Address, account: Address, amount: bigint): KeeperCall {
  return call(wrapper, 'keeperUnwrap(address,uint256)', account, amount)
}

/** Turn ankrETH (wei, which are shares) into aETHb. */
export function lockCall(account: Address, shares: bigint): KeeperCall {
  return call(PLACES.ankrEth, 'lockSharesFor(address,uint256)', account, shares)
}

/** Turn aETHb back into ankrETH, by its shares (wei). */
export function unlockCall(account: Address, shares: bigint): KeeperCall {
  return call(PLACES.ankrEth, 'unlockSharesFor(address,uint256)', account, shares)
}

/** Let an account leave OETH's rebasing, or come back to it. */
export function takePartCall(oeth: Address, account: Address, takesPart: boolean): KeeperCall {
  return call(oeth, 'keeperTakePart(address,bool)', account, takesPart ? 1n : 0n)
}

/** Let an account leave OETH's rebasing as was done before its credits counted one to one. */
export function freezeCall(oeth: Address, account: Address): KeeperCall {
  return call(oeth, 'keeperFreeze(address)', account)
}

/** Send ether (wei) from the keeper. */
export function etherCall(to: Address, amount: bigint): KeeperCall {
  return { target: to, value: amount, data: '0x' }
}
