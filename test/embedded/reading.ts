import {
  type Address,
  concat,
  decodeFunctionResult,
  encodeFunctionData,
  formatLog,
  type Hex,
  hexToBigInt,
  pad,
  parseAbi,
  type RpcLog,
  size,
  toHex,
} from 'viem'
import { createRpc, quantity } from '../../src/embedded/rpc.ts'
import type { EmbeddedChain } from '../../src/embedded/start.ts'

export const BALANCES_EVENTS = {
  old: parseAbi([
    'event BalancesUpdated(uint256 block, uint256 totalEth, uint256 stakingEth, uint256 rethSupply, uint256 time)',
  ]),
  new: parseAbi([
    'event BalancesUpdated(uint256 indexed block, uint256 slotTimestamp, uint256 totalEth, uint256 stakingEth, uint256 rethSupply, uint256 blockTimestamp)',
  ]),
}

export type Block = { hash: Hex; timestamp: Hex; number: Hex; transactions: Hex[] }

/** Make the readers that the tests of the embedded chain share. */
export function createReading(chain: Pick<EmbeddedChain, 'url'>) {
  const rpc = createRpc(chain.url)
  const rawCall = (to: Address, data: Hex, block: bigint | 'latest' = 'latest') =>
    rpc<Hex>('eth_call', [{ to, data }, block === 'latest' ? block : quantity(block)])
  return {
    rpc,
    rawCall,
    /** Call a function of one numeric result, given as in Solidity. */
    async read(
      to: Address,
      signature: string,
      args: readonly unknown[] = [],
      block: bigint | 'latest' = 'latest',
    ) {
      const abi = parseAbi([`function ${signature} view returns (uint256)` as string]) as readonly unknown[]
      const functionName = signature.slice(0, signature.indexOf('('))
      const data = encodeFunctionData({ abi, functionName, args } as never)
      const reply = await rawCall(to, data, block)
      return decodeFunctionResult({ abi, functionName, data: reply } as never) as unknown as bigint
    },
    /** Ask with a selector, and words after it, for an answer of exactly one word. */
    async word(
      to: Address,
      selector: Hex,
      words: readonly (bigint | Hex)[] = [],
      block: bigint | 'latest' = 'latest',
    ) {
      const data = words.map(word => (typeof word === 'bigint' ? toHex(word, { size: 32 }) : pad(word)))
      const reply = await rawCall(to, concat([selector, ...data]), block)
      if (size(reply) !== 32) throw new RangeError(`${to} answers ${selector} with ${size(reply)} bytes`)
      return hexToBigInt(reply)
    },
    block: (block: bigint | string) =>
      rpc<Block>('eth_getBlockByNumber', [typeof block === 'string' ? block : quantity(block), false]),
    code: (address: Address, block: bigint) => rpc<Hex>('eth_getCode', [address, quantity(block)]),
    async logs(address: Address | readonly Address[], topic?: Hex) {
      const filter = {
        address,
        fromBlock: '0x0',
        toBlock: 'latest',
        topics: topic === undefined ? [] : [topic],
      }
      return (await rpc<RpcLog[]>('eth_getLogs', [filter])).map(log => formatLog(log))
    },
    time: async (block: bigint | string) =>
      hexToBigInt(
        (
          await rpc<Block>('eth_getBlockByNumber', [
            typeof block === 'string' ? block : quantity(block),
            false,
          ])
        ).timestamp,
      ),
  }
}
