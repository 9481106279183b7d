import type { AskNode, ProxiedRequest } from './faultProxy.ts'

/** Where methods take the block. */
const BLOCK_AT: Readonly<Record<string, number>> = {
  eth_call: 1,
  eth_getBalance: 1,
  eth_getCode: 1,
  eth_getTransactionCount: 1,
  eth_getStorageAt: 2,
  eth_getProof: 2,
  eth_getBlockByNumber: 0,
  eth_getBlockByHash: 0,
}

/** Methods that read the state at a block. */
export const stateMethods: readonly string[] = Object.keys(BLOCK_AT).filter(
  method => !method.startsWith('eth_getBlock'),
)

/** A number as JSON-RPC writes it. */
export const hex = (value: bigint): `0x${string}` => `0x${value.toString(16)}`

type Filter = { readonly fromBlock?: unknown; readonly toBlock?: unknown; readonly blockHash?: unknown }

export const isFilter = (value: unknown): value is Filter & { readonly address?: unknown } =>
  typeof value === 'object' && value !== null

/** The block that a request asks about, as it names it; of a request for logs the oldest. Undefined where it names none. */
export function blockNamed({ method, params }: ProxiedRequest): unknown {
  const place = BLOCK_AT[method]
  if (place !== undefined) return params[place] ?? 'latest'
  const [filter] = params
  if (method !== 'eth_getLogs' || !isFilter(filter)) return undefined
  return filter.blockHash ?? filter.fromBlock ?? 'latest'
}

/** The same request at another block. */
export const paramsAt = ({ method, params }: ProxiedRequest, block: string): unknown[] => {
  const place = BLOCK_AT[method] ?? params.length
  return [...params.slice(0, place), block, ...params.slice(place + 1)]
}

export const isTag = (block: unknown): boolean =>
  typeof block === 'string' && !block.startsWith('0x') && block !== 'earliest'

const numberIn = (header: unknown): bigint | undefined =>
  typeof header === 'object' && header !== null && 'number' in header
    ? BigInt(header.number as string)
    : undefined

export const headOf = async (node: AskNode): Promise<bigint> => BigInt(String(await node('eth_blockNumber')))

/**
 * Find a block's number, whether it is named by number, tag, hash or as EIP-1898 does. Undefined where the node does
 * not know it.
 */
export async function numberOf(block: unknown, node: AskNode): Promise<bigint | undefined> {
  if (typeof block === 'number') return BigInt(block)
  if (typeof block === 'object' && block !== null)
    return numberOf(
      'blockHash' in block ? block.blockHash : 'blockNumber' in block && block.blockNumber,
      node,
    )
  if (typeof block !== 'string') return undefined
  if (block === 'earliest') return 0n
  if (isTag(block)) return numberIn(await node('eth_getBlockByNumber', [block, false]))
  if (!/^0x[0-9a-f]+$/i.test(block)) return undefined
  return block.length === 66 ? numberIn(await node('eth_getBlockByHash', [block, false])) : BigInt(block)
}
