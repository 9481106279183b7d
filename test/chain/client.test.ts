import { expect, test } from 'vitest'
import {
  createClient,
  isMainnetOnly,
  LOCAL_ID,
  MAINNET,
  MAINNET_GRID,
  MAINNET_ID,
} from '../../src/chain/client.ts'
import { clientOf, endpointAt, LOCAL, testChain } from '../support/chain.ts'

const running = testChain({ days: 20 })

test('default: a client asks its endpoints and knows its network', async () => {
  const { url } = running.chain
  const client = clientOf(url)
  expect(client.network).toBe(LOCAL)
  expect(client.endpoints.map(endpoint => endpoint.url)).toEqual([url])
  const question = { method: 'eth_chainId', params: [], role: 'head', signal: undefined } as const
  expect(await client.ask({ ...question, read: BigInt as (result: unknown) => bigint })).toEqual({
    value: LOCAL_ID,
    operator: 'a',
  })
})

test('behavior: mainnet is chain 1 alone, on a grid of about a day', () => {
  expect(MAINNET).toEqual({ chainIds: [MAINNET_ID], grid: MAINNET_GRID })
  expect([MAINNET_ID, MAINNET_GRID]).toEqual([1n, 7_200n])
})

test('behavior: two clients share nothing', () => {
  const endpoint = endpointAt('http://127.0.0.1:1')
  expect(createClient([endpoint], LOCAL).ask).not.toBe(createClient([endpoint], LOCAL).ask)
})

test('behavior: what may be a local chain is not mainnet only', () => {
  expect(isMainnetOnly(createClient([], MAINNET))).toBe(true)
  expect(isMainnetOnly(createClient([], { chainIds: [MAINNET_ID, LOCAL_ID], grid: 1n }))).toBe(false)
  expect(isMainnetOnly(createClient([], LOCAL))).toBe(false)
})
