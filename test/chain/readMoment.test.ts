import { type Address, createPublicClient, http, parseAbi, toHex } from 'viem'
import { describe, expect, test } from 'vitest'
import { createClient, MAINNET } from '../../src/chain/client.ts'
import { RateLimited } from '../../src/chain/errors.ts'
import { readMoment } from '../../src/chain/readMoment.ts'
import { landingBlock } from '../../src/embedded/schedule.ts'
import { buyCall, freezeCall, sellCall, takePartCall } from '../../src/embedded/walletCalls.ts'
import { WAD } from '../../src/math/fixedPoint.ts'
import { tokenPools } from '../../src/pools/index.ts'
import { walletAssets } from '../../src/pools/walletAssets.ts'
import { clientOf, endpointAt, testChain } from '../support/chain.ts'
import { always, pretendChain, refuse } from '../support/faultProxy.ts'

const OETH = '0x856c4Efb76C1D1AE02e20CEB03A2A6a08b0b8dC3'
const [A, B, FROZEN]: Address[] = [0xa1n, 0xa2n, 0xa3n].map(value => toHex(value, { size: 20 }))
const [HOLDER, OTHER, STILL] = [A as Address, B as Address, FROZEN as Address]

const running = testChain({
  days: 20,
  wallets: [
    { at: { day: 5 }, calls: tokenPools.map(({ token }) => buyCall(token.address, HOLDER, WAD)) },
    {
      at: { day: 6 },
      calls: tokenPools.flatMap(({ siblings }) =>
        siblings
          .filter(({ symbol }) => symbol !== 'aETHb')
          .map(({ address }) => buyCall(address, HOLDER, WAD)),
      ),
    },
    { at: { day: 7 }, calls: [buyCall(OETH, OTHER, 2n * WAD), takePartCall(OETH, OTHER, false)] },
    { at: { day: 8 }, calls: [buyCall(OETH, STILL, 3n * WAD), freezeCall(OETH, STILL)] },
    {
      at: { day: 9 },
      calls: tokenPools.slice(0, 1).map(({ token }) => sellCall(token.address, HOLDER, WAD / 2n)),
    },
  ],
})

const assets = walletAssets(tokenPools)
const idOf = (symbol: string): string =>
  assets.find(asset => asset.symbol === symbol)?.id ?? expect.unreachable(symbol)
const read = (accounts: readonly Address[], block: bigint | 'latest', list = assets) =>
  readMoment(clientOf(running.chain.url), list, accounts, { block })

const abi = parseAbi([
  'function balanceOf(address) view returns (uint256)',
  'function sharesOf(address) view returns (uint256)',
  'function shares(address) view returns (uint256)',
])

/** What a contract says by itself. */
async function word(address: Address, functionName: 'balanceOf' | 'sharesOf' | 'shares', at: bigint) {
  const client = createPublicClient({ transport: http(running.chain.url) })
  return client.readContract({ address, abi, functionName, args: [HOLDER], blockNumber: at })
}

describe('readMoment', () => {
  test('default: units and rates of everything at the end of a block, in one eth_call to the wallet’s endpoint', async () => {
    const proxy = await running.proxy()
    const { headBlock: block } = running.chain
    const moment = await readMoment(clientOf(proxy.url), assets, [HOLDER], { block })
    expect(proxy.requests.map(({ method }) => method)).toEqual(['eth_call'])
    expect(moment).toMatchObject({ block, operator: 'a' })
    expect(Object.keys(moment.units).sort()).toEqual(assets.map(({ id }) => id).sort())
    expect(Object.keys(moment.rates).sort()).toEqual(assets.map(({ id }) => id).sort())
    expect(moment.price).toBeGreaterThan(0n)
    for (const { token } of tokenPools.slice(1))
      expect(moment.units[token.address]).toBe(await word(token.address, 'balanceOf', block))
    const [steth, eeth] = [idOf('stETH') as Address, idOf('eETH') as Address]
    expect(moment.units[steth]).toBe(await word(steth, 'sharesOf', block))
    expect(moment.units[eeth]).toBe(await word(eeth, 'shares', block))
  })

  test('behavior: units × rate is what the token calls the balance, but for a wei of rounding', async () => {
    const { headBlock: block } = running.chain
    const { units, rates } = await read([HOLDER], block)
    for (const symbol of ['stETH', 'eETH', 'OETH', 'frxETH', 'pxETH']) {
      const id = idOf(symbol) as Address
      const worth = ((units[id] ?? 0n) * (rates[id] ?? 0n)) / WAD
      const balance = await word(id, 'balanceOf', block)
      expect(balance).toBeGreaterThan(WAD / 2n)
      expect(balance - worth <= 2n && worth - balance <= 2n, symbol).toBe(true)
    }
    expect([rates['ETH'], rates[idOf('frxETH')], rates[`${OETH}:still`]]).toEqual([WAD, WAD, WAD])
    expect(rates[idOf('rETH')]).toBeGreaterThan(WAD)
  })

  test('behavior: a past block shows what was held then, at the rate of then', async () => {
    const { headBlock } = running.chain
    const reth = idOf('rETH')
    const [before, after] = [await read([HOLDER], landingBlock(8)), await read([HOLDER], 'latest')]
    expect(before.units[reth]).toBe(WAD)
    expect(after.units[reth]).toBe(WAD / 2n)
    expect(after.block).toBe(headBlock)
    expect((before.rates[reth] ?? 0n) < (after.rates[reth] ?? 0n)).toBe(true)
    expect(before.time).toBeLessThan(after.time)
  })

  test('behavior: OETH outside rebasing stands still, in whatever way it left', async () => {
    const { units } = await read([OTHER, STILL, HOLDER], 'latest')
    expect(units[`${OETH}:still`]).toBeGreaterThanOrEqual(5n * WAD - 2n)
    expect(units[`${OETH}:still`]).toBeLessThanOrEqual(5n * WAD + 2n)
    const alone = await read([HOLDER], 'latest')
    expect(alone.units[`${OETH}:still`]).toBe(0n)
    expect(units[OETH]).toBe(alone.units[OETH])
  })

  test('behavior: accounts are added up, each once', async () => {
    const [one, other] = [await read([HOLDER], 'latest'), await read([OTHER], 'latest')]
    const both = await read([HOLDER, OTHER, HOLDER], 'latest')
    for (const { id } of assets) expect(both.units[id]).toBe((one.units[id] ?? 0n) + (other.units[id] ?? 0n))
  })

  test('behavior: a token that is not there is held by nobody, and has no rate', async () => {
    const { reth } = running.chain.places
    const code = await running.rpc('eth_getCode', [reth, 'latest'])
    await running.rpc('anvil_setCode', [reth, '0x'])
    const moment = await read([HOLDER], 'latest')
    await running.rpc('anvil_setCode', [reth, code])
    expect(moment.units[reth]).toBe(0n)
    expect(reth in moment.rates).toBe(false)
    expect(moment.units[idOf('wstETH')]).toBe(WAD)
  })

  test('behavior: what refuses is missing, and not 0', async () => {
    const { reth } = running.chain.places
    const code = await running.rpc('eth_getCode', [reth, 'latest'])
    await running.rpc('anvil_setCode', [reth, '0x60006000fd'])
    const moment = await read([HOLDER], 'latest')
    await running.rpc('anvil_setCode', [reth, code])
    expect(reth in moment.units).toBe(false)
    expect(reth in moment.rates).toBe(false)
  })

  test('behavior: a rate outside its bounds is missing, the units are known', async () => {
    const strict = tokenPools.map(pool => ({ ...pool, bounds: { lowest: 1n, highest: WAD / 2n } }))
    const { units, rates } = await read([HOLDER], 'latest', walletAssets(strict))
    expect(Object.keys(rates).sort()).toEqual(['ETH', `${OETH}:still`, idOf('frxETH'), idOf('pxETH')].sort())
    expect(Object.keys(units)).toHaveLength(assets.length)
  })

  test('behavior: on mainnet nothing is asked of what cannot be there yet', async () => {
    const proxy = await running.proxy(pretendChain(31_337, 1))
    const client = createClient([endpointAt(proxy.url)], MAINNET)
    const { headBlock: block } = running.chain
    const moment = await readMoment(client, assets, [HOLDER], { block })
    const asked = JSON.stringify(proxy.requests).toLowerCase()
    for (const { token, id } of assets) {
      if (token === undefined) continue
      expect(asked).not.toContain(token.slice(2).toLowerCase())
      expect(moment.units[id]).toBe(0n)
    }
    expect(asked).toContain(HOLDER.slice(2))
  })

  test('error: RateLimited, and nobody else is asked', async () => {
    const [wallets, others] = [
      await running.proxy(always(refuse(429, { message: 'rate limit' }))),
      await running.proxy(),
    ]
    const endpoints = [
      endpointAt(others.url, 'a', ['head', 'archive', 'logs']),
      endpointAt(wallets.url, 'b', ['wallet']),
    ]
    const client = createClient(endpoints, clientOf(wallets.url).network)
    await expect(readMoment(client, assets, [HOLDER], { block: 'latest' })).rejects.toBeInstanceOf(
      RateLimited,
    )
    expect(others.count()).toBe(0)
  })
})
