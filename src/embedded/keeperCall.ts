import {
  type Address,
  encodeFunctionData,
  type Hex,
  pad,
  parseAbi,
  stringToHex,
  toFunctionSelector,
  toHex,
} from 'viem'

const KEEPER_ABI = parseAbi([
  'struct Call { address target; uint256 value; bytes data; }',
  'function run(Call[] calls)',
])

/** One call that the keeper makes. */
export type KeeperCall = { readonly target: Address; readonly value: bigint; readonly data: Hex }

/** Contracts that appear together, and the calls that give them their first state. */
export type Placement = {
  readonly code: Readonly<Record<Address, string>>
  readonly seed: readonly KeeperCall[]
}

/** Write the keeper's list for one block as the data of its transaction. */
export function encodeKeeperRun(calls: readonly KeeperCall[]): Hex {
  return encodeFunctionData({ abi: KEEPER_ABI, functionName: 'run', args: [calls] })
}

const selectors = new Map<string, Hex>()

/** Make a call whose arguments all take one word each, which is all the keeper ever needs. */
export function call(target: Address, signature: string, ...words: readonly (bigint | Hex)[]): KeeperCall {
  const selector = selectors.get(signature) ?? toFunctionSelector(signature)
  selectors.set(signature, selector)
  const data = words.map(word => (typeof word === 'bigint' ? toHex(word, { size: 32 }) : pad(word)).slice(2))
  return { target, value: 0n, data: `${selector}${data.join('')}` }
}

/** Write a text of at most 31 letters as one word, which the contract turns into a string. */
export function textWord(text: string): Hex {
  return stringToHex(text, { size: 32 })
}
