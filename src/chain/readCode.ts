import type { Address } from 'viem'
import { requireHex } from './answers.ts'
import type { ChainClient } from './client.ts'

/** What stands at an address: nothing but a key, a contract, or a key that lets a contract act for it (EIP-7702). */
export type AccountCode = 'none' | 'contract' | 'delegated'

/** 0xef0100 and an address of 20 bytes. */
const DELEGATION = /^0xef0100[0-9a-f]{40}$/i

/**
 * Ask the one endpoint that may see the wallet whether there is a contract at an address, at the head.
 * @throws the classes of `errors.ts`
 */
export async function readCode(
  client: ChainClient,
  account: Address,
  signal?: AbortSignal,
): Promise<AccountCode> {
  const { value } = await client.ask({
    method: 'eth_getCode',
    params: [account, 'latest'],
    role: 'wallet',
    signal,
    read: requireHex,
  })
  if (value === '0x') return 'none'
  return DELEGATION.test(value) ? 'delegated' : 'contract'
}
