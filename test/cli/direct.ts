import {
  type Abi,
  type Address,
  decodeAbiParameters,
  decodeFunctionResult,
  encodeFunctionData,
  type Hex,
  parseAbi,
  toHex,
} from 'viem'
import { tokenPools } from '../../src/pools/index.ts'
import type { Read } from '../../src/pools/read.ts'

// Plain JSON-RPC, so that what the readers say is held against another way of asking.

export async function rpc(url: string, method: string, ...params: unknown[]): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  })
  const { result } = (await response.json()) as { result?: unknown }
  return result
}

/** Call a function of a contract at a block; null where the contract is not there yet. */
export async function callAt(
  url: string,
  block: bigint,
  { to, signature, args = [] }: { to: Address; signature: string; args?: readonly unknown[] },
): Promise<string | null> {
  const abi = parseAbi([`function ${signature} view returns (uint256)`] as readonly string[])
  const data = encodeFunctionData({ abi, args })
  const result = (await rpc(url, 'eth_call', { to, data }, toHex(block))) as Hex
  if (result === '0x') return null
  const [value] = decodeAbiParameters([{ type: 'uint256' }], result)
  return value.toString()
}

export async function headOf(url: string): Promise<bigint> {
  return BigInt(String(await rpc(url, 'eth_blockNumber')))
}

export const TOKENS = {
  rETH: '0xae78736Cd615f374D3085123A210448E74Fc6393',
  ankrETH: '0xE95A203B1a91a908F9B9CE46459d101078c2c3cb',
  aETHb: '0xD01ef7C0A5d8c432fc2d1a85c66cF2327362E5C6',
  wstETH: '0x7f39C581F595B53c5cb19bD0b3f8dA6c935E2Ca0',
  stETH: '0xae7ab96520DE3A18E5e111B5EaAb095312D7fE84',
} as const

/** Ask what a definition asks, through another coder and in a call of its own; null where nothing answers. */
export async function readAt(
  url: string,
  block: bigint,
  { address, signature, args }: Read,
): Promise<readonly bigint[] | null> {
  const abi: Abi = parseAbi([`function ${signature}`] as readonly string[])
  const data = encodeFunctionData({ abi, args })
  const result = (await rpc(url, 'eth_call', { to: address, data }, toHex(block))) as Hex | undefined
  if (result === undefined || result === '0x') return null
  const value: unknown = decodeFunctionResult({ abi, data: result })
  return (Array.isArray(value) ? value : [value]).map(BigInt)
}

/** Ask for a pool's rate. */
export async function rateAt(url: string, block: bigint, id: string): Promise<string | null> {
  const pool = tokenPools.find(one => one.id === id)
  if (pool === undefined) return null
  const [rate] = (await readAt(url, block, pool.rate)) ?? []
  return rate?.toString() ?? null
}
