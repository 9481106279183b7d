import { describe, expect, test } from 'vitest'
import { createClient, MAINNET } from '../../src/chain/client.ts'
import { Unreachable } from '../../src/chain/errors.ts'
import { firstReadable } from '../../src/chain/firstReadable.ts'
import { MULTICALL3, MULTICALL3_FIRST_BLOCK } from '../../src/pools/infrastructure.ts'
import { clientOf, endpointAt, testChain } from '../support/chain.ts'
import { always } from '../support/faultProxy.ts'

const running = testChain({ days: 40 })

const hasCode = async (block: bigint): Promise<boolean> =>
  (await running.rpc('eth_getCode', [MULTICALL3, `0x${block.toString(16)}`])) !== '0x'

describe('firstReadable', () => {
  test('default: the first block after which Multicall3 is there, by halves, once for each client', async () => {
    const proxy = await running.proxy()
    const client = clientOf(proxy.url)
    const { headBlock } = running.chain
    const block = await firstReadable(client, headBlock)
    expect(await hasCode(block)).toBe(true)
    expect(await hasCode(block - 1n)).toBe(false)
    expect(proxy.requests.length).toBeLessThan(12)
    expect(
      proxy.requests.every(({ method, params }) => method === 'eth_getCode' && params[0] === MULTICALL3),
    ).toBe(true)
    const asked = proxy.requests.length
    expect(await firstReadable(client, headBlock)).toBe(block)
    expect(proxy.requests.length).toBe(asked)
  })

  test('behavior: on mainnet it is known, and nothing is asked', async () => {
    const proxy = await running.proxy()
    const client = createClient([endpointAt(proxy.url)], MAINNET)
    expect(await firstReadable(client, 24_000_000n)).toBe(MULTICALL3_FIRST_BLOCK)
    expect(proxy.requests).toEqual([])
  })

  test('behavior: a search that failed is begun anew', async () => {
    const proxy = await running.proxy(always({ kind: 'reset' }))
    const client = clientOf(proxy.url)
    await expect(firstReadable(client, running.chain.headBlock)).rejects.toThrow(Unreachable)
    proxy.imitate(undefined)
    expect(await firstReadable(client, running.chain.headBlock)).toBeGreaterThan(1n)
  })
})
