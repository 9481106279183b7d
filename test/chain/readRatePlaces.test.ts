import { describe, expect, test } from 'vitest'
import { readRatePlaces } from '../../src/chain/readRatePlaces.ts'
import { PLACES } from '../../src/embedded/addresses.ts'
import { landingBlock, measuredBlock } from '../../src/embedded/schedule.ts'
import { tokenPools } from '../../src/pools/index.ts'
import { walletAssets } from '../../src/pools/walletAssets.ts'
import { clientOf, testChain } from '../support/chain.ts'
import { always, refuse } from '../support/faultProxy.ts'

const running = testChain({ days: 40 })
const assets = walletAssets(tokenPools)
const quantity = (value: bigint): string => `0x${value.toString(16)}`

describe('readRatePlaces', () => {
  test('default: the place of each report of the block, for the token and for its siblings that grow', async () => {
    const proxy = await running.proxy()
    const block = landingBlock(30)
    const places = await readRatePlaces(clientOf(proxy.url), assets, block)
    expect(proxy.requests.map(({ method }) => method)).toEqual(['eth_getLogs'])
    const placeOf = (asset: string) => places.find(place => place.asset === asset)
    // TokenRebased of stETH, as the node tells it.
    const [rebased] = (await running.rpc('eth_getLogs', [
      {
        address: PLACES.steth,
        topics: ['0xff08c3ef606d198e316ef5b822193c489965899eb4e3c248cea1a4626c3eda50'],
        fromBlock: quantity(block),
        toBlock: quantity(block),
      },
    ])) as { logIndex: string }[]
    const index = BigInt(rebased?.logIndex ?? expect.unreachable())
    expect(placeOf(PLACES.steth)).toEqual({ asset: PLACES.steth, block, index })
    expect(placeOf(PLACES.wsteth)).toEqual({ asset: PLACES.wsteth, block, index })
    expect(placeOf(PLACES.reth)?.block).toBe(block)
    expect(placeOf('ETH')).toBeUndefined()
  })

  test('behavior: of pools that ordinary transactions move as well nothing is told', async () => {
    const places = await readRatePlaces(clientOf(running.chain.url), assets, landingBlock(30))
    const dusty = assets.filter(({ pool }) => pool?.dust !== undefined).map(({ id }) => id)
    expect(dusty.length).toBeGreaterThan(1)
    expect(places.filter(({ asset }) => dusty.includes(asset))).toEqual([])
  })

  test('behavior: a block without reports has none, and assets without reports ask nothing', async () => {
    const proxy = await running.proxy()
    expect(await readRatePlaces(clientOf(proxy.url), assets, measuredBlock(30))).toEqual([])
    expect(proxy.requests.length).toBe(1)
    const plain = assets.filter(({ kind }) => kind === 'ether')
    expect(await readRatePlaces(clientOf(proxy.url), plain, landingBlock(30))).toEqual([])
    expect(proxy.requests.length).toBe(1)
  })

  test('error: the endpoint’s refusal', async () => {
    const refused = refuse(200, {
      code: -32_601,
      message: 'the method eth_getLogs does not exist/is not available',
    })
    const proxy = await running.proxy(always(refused))
    await expect(readRatePlaces(clientOf(proxy.url), assets, landingBlock(30))).rejects.toThrow()
  })
})
