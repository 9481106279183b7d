import { expect, test, vi } from 'vitest'
import {
  createClient,
  headAge,
  isMainnetOnly,
  LOCAL_ID,
  MAINNET,
  MAINNET_GRID,
  MAINNET_ID,
  MOST_HEAD_AGE,
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
    url,
  })
})

test('behavior: mainnet is chain 1 alone, on a grid of about a day, with a block every minute', () => {
  expect(MAINNET).toEqual({ chainIds: [MAINNET_ID], grid: MAINNET_GRID, mostHeadAge: MOST_HEAD_AGE })
  expect([MAINNET_ID, MAINNET_GRID, MOST_HEAD_AGE]).toEqual([1n, 7_200n, 60n])
})

test('behavior: a head is as old as the clock of this machine says, and never younger than now', () => {
  vi.useFakeTimers({ toFake: ['Date'], now: 1_790_000_000_900 })
  expect([1_790_000_000n, 1_789_999_940n, 1_790_000_012n].map(headAge)).toEqual([0n, 60n, 0n])
  vi.useRealTimers()
})

test('behavior: a stale head is passed over on mainnet, where others are newer, and not on a local chain', async () => {
  const [one, other] = [await running.proxy(), await running.proxy()]
  const endpoints = [endpointAt(one.url, 'a'), endpointAt(other.url, 'b')]
  const question = { method: 'eth_chainId', params: [], role: 'head', signal: undefined } as const
  const read = (_: unknown, operator: string) => operator
  const ageOf = (operator: string) => (operator === 'a' ? MOST_HEAD_AGE + 1n : MOST_HEAD_AGE)
  const asked = { ...question, read, ageOf }
  expect(await createClient(endpoints, MAINNET).ask(asked)).toMatchObject({ operator: 'b' })
  expect(await createClient(endpoints, LOCAL).ask(asked)).toMatchObject({ operator: 'a' })
})

test('behavior: the endpoint for the wallet and the memory reach the pool', async () => {
  const [one, other] = [await running.proxy(), await running.proxy()]
  const endpoints = [endpointAt(one.url, 'a'), endpointAt(other.url, 'b')]
  const memory = { recall: () => ({ spacing: 700 }), remember: () => undefined }
  const client = createClient(endpoints, LOCAL, { walletUrl: other.url, memory })
  expect(client.standings.map(({ pacer }) => pacer.spacing())).toEqual([700, 700])
  const question = { method: 'eth_chainId', params: [], role: 'wallet', signal: undefined } as const
  expect(await client.ask({ ...question, read: String })).toMatchObject({ operator: 'b' })
  expect(one.count()).toBe(0)
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
