import { type Address, decodeAbiParameters, encodeFunctionData, type Hex, parseAbi, toHex } from 'viem'

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

/** How each pool's rate is read, by pool id. */
export const RATE_CALLS: Readonly<
  Record<string, { to: Address; signature: string; args?: readonly unknown[] }>
> = {
  'rocket-pool': { to: TOKENS.rETH, signature: 'getExchangeRate()' },
  ankr: { to: TOKENS.ankrETH, signature: 'sharesToBonds(uint256)', args: [10n ** 18n] },
  lido: { to: TOKENS.wstETH, signature: 'stEthPerToken()' },
}
