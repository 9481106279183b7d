import { describe, expect, test } from 'vitest'
import { createClient, MAINNET } from '../../src/chain/client.ts'
import { RateLimited } from '../../src/chain/errors.ts'
import { type ExtentRequest, readExtent } from '../../src/chain/readExtent.ts'
import { DAY } from '../../src/math/fixedPoint.ts'
import { tokenPools } from '../../src/pools/index.ts'
import { clientOf, endpointAt, NOW, testChain } from '../support/chain.ts'
import { always, type Fault, type FaultPolicy, refuse } from '../support/faultProxy.ts'

const running = testChain({ days: 20 })

const MERGE = { block: 15_537_394n, time: 1_663_224_179n }
const FIRST = { block: 11_225_126n, time: 1_604_900_000n }
const rateLimit = refuse(429, { message: 'rate limit' })

const localRequest = (span: bigint | undefined): ExtentRequest => ({
  pools: tokenPools,
  head: { block: running.chain.headBlock, time: NOW, chainId: 31_337n },
  span,
})
const mainnetRequest = (span: bigint | undefined): ExtentRequest => ({
  pools: tokenPools,
  head: { block: 26_060_000n, time: NOW, chainId: 1n },
  span,
})

/** Mainnet's headers as far as they are asked for; `first` decides what becomes of the oldest. */
const mainnet =
  (first?: Fault): FaultPolicy =>
  ({ method, params }) => {
    if (method !== 'eth_getBlockByNumber') return { kind: 'result', change: () => 'Geth/v1.16.4' }
    const tag = params[0] === 'finalized' ? 26_059_936n : BigInt(String(params[0]))
    if (tag === FIRST.block && first !== undefined) return first
    const time = tag === FIRST.block ? FIRST.time : tag === MERGE.block ? MERGE.time : NOW - 768n
    const header = {
      number: `0x${tag.toString(16)}`,
      timestamp: `0x${time.toString(16)}`,
      hash: `0x${'ab'.repeat(32)}`,
    }
    return { kind: 'result', change: () => header }
  }

async function visit(span: bigint | undefined, first?: Fault) {
  const proxy = await running.proxy(mainnet(first))
  const extent = await readExtent(createClient([endpointAt(proxy.url)], MAINNET), mainnetRequest(span))
  const asked = proxy.requests
    .filter(({ method }) => method === 'eth_getBlockByNumber')
    .map(({ params }) => params[0])
  return { extent, asked }
}

describe('a local chain', () => {
  test('default: all of it, from block 1', async () => {
    const proxy = await running.proxy()
    const extent = await readExtent(clientOf(proxy.url), localRequest(undefined))
    expect(extent).toMatchObject({ from: extent.identity.header.time - 1n, firstBlock: 1n, cutAt: undefined })
    expect(extent.known.map(({ block }) => block)).toEqual(
      expect.arrayContaining([1n, extent.finalized.block, running.chain.headBlock]),
    )
    expect(proxy.requests.map(({ method }) => method)).toEqual([
      'eth_getBlockByNumber',
      'eth_getBlockByNumber',
    ])
  })

  test('behavior: a span within the chain starts at its time', async () => {
    const extent = await readExtent(clientOf(running.chain.url), localRequest(5n * DAY))
    expect(extent).toMatchObject({ from: NOW - 5n * DAY, cutAt: undefined })
  })

  test('behavior: a span longer than the chain starts where the chain starts, and nothing is cut', async () => {
    const proxy = await running.proxy()
    const extent = await readExtent(clientOf(proxy.url), localRequest(9_999n * DAY))
    expect(extent).toMatchObject({ from: extent.identity.header.time - 1n, firstBlock: 1n, cutAt: undefined })
    expect(proxy.count()).toBe(2)
  })

  test('error: RateLimited', async () => {
    const proxy = await running.proxy(always(rateLimit))
    await expect(readExtent(clientOf(proxy.url), localRequest(undefined))).rejects.toBeInstanceOf(RateLimited)
  })
})

describe('mainnet', () => {
  test('default: a range since the Merge asks for no older block', async () => {
    const { extent, asked } = await visit(365n * DAY)
    expect(extent).toMatchObject({ from: NOW - 365n * DAY, firstBlock: FIRST.block, cutAt: undefined })
    expect(asked).toHaveLength(2)
  })

  test('behavior: all of it starts at the oldest pool’s first block', async () => {
    const { extent } = await visit(undefined)
    expect(extent).toMatchObject({ from: FIRST.time - 1n, firstBlock: FIRST.block, cutAt: undefined })
    expect(extent.known.map(({ block }) => block)).toEqual(expect.arrayContaining([FIRST.block, MERGE.block]))
  })

  test('behavior: where blocks before the Merge are let go, the history starts there and says that it is cut', async () => {
    const gone: Fault = { kind: 'result', change: () => null }
    const { extent } = await visit(undefined, gone)
    expect(extent).toMatchObject({ from: MERGE.time - 1n, firstBlock: MERGE.block, cutAt: MERGE.time })
  })
})
