import { decodeEventLog, type Hex, parseAbi } from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DEMO_WALLETS, PLACES } from '../../src/embedded/addresses.ts'
import { WAD } from '../../src/embedded/line.ts'
import { type EmbeddedChain, startEmbeddedChain } from '../../src/embedded/start.ts'
import { createReading } from './reading.ts'

const REBASED_TOPIC = '0xff08c3ef606d198e316ef5b822193c489965899eb4e3c248cea1a4626c3eda50'
const REBASED = parseAbi([
  'event TokenRebased(uint256 indexed reportTimestamp, uint256 timeElapsed, uint256 preTotalShares, uint256 preTotalEther, uint256 postTotalShares, uint256 postTotalEther, uint256 sharesMintedAsFees)',
])

let chain: EmbeddedChain
let reading: ReturnType<typeof createReading>

beforeAll(async () => {
  chain = await startEmbeddedChain({ days: 40, live: false, seed: 5 })
  reading = createReading(chain)
}, 60_000)
afterAll(() => chain.stop())

describe('StETH', () => {
  test('default', async () => {
    for (const day of [0, 20, 39]) {
      const block = chain.landmarks.dayBlocks[day]
      const lido = chain.history.days[day]?.lido
      expect(await reading.read(PLACES.steth, 'getTotalPooledEther()', [], block)).toBe(lido?.totalEther)
      expect(await reading.read(PLACES.steth, 'totalSupply()', [], block)).toBe(lido?.totalEther)
      expect(await reading.read(PLACES.steth, 'getTotalShares()', [], block)).toBe(lido?.totalShares)
    }
  })

  test('behavior: each rebase tells the totals before and after', async () => {
    const logs = await reading.logs(PLACES.steth, REBASED_TOPIC)
    expect(logs).toHaveLength(40)
    let before = chain.history.opening.lido
    for (const [index, { data, topics, blockNumber }] of logs.entries()) {
      const { args } = decodeEventLog({ abi: REBASED, data, topics: topics as [Hex, ...Hex[]] })
      const after = chain.history.days[index]?.lido ?? before
      expect(args).toEqual({
        reportTimestamp: after.reportTimestamp,
        timeElapsed: 86_400n,
        preTotalShares: before.totalShares,
        preTotalEther: before.totalEther,
        postTotalShares: after.totalShares,
        postTotalEther: after.totalEther,
        sharesMintedAsFees: after.feeShares,
      })
      const rate = await reading.read(PLACES.wsteth, 'stEthPerToken()', [], blockNumber ?? 0n)
      expect(rate).toBe((args.postTotalEther * WAD) / args.postTotalShares)
      before = after
    }
  })

  test('behavior: balances are shares at the rate, rounded down', async () => {
    const { totalEther, totalShares } = chain.history.days[39]?.lido ?? chain.history.opening.lido
    const shares = await reading.read(PLACES.steth, 'sharesOf(address)', [DEMO_WALLETS.everything])
    expect(shares).toBe((35n * WAD) / 10n)
    const balance = await reading.read(PLACES.steth, 'balanceOf(address)', [DEMO_WALLETS.everything])
    expect(balance).toBe((shares * totalEther) / totalShares)
    const amount = 987_654_321_987_654_321n
    const asShares = await reading.read(PLACES.steth, 'getSharesByPooledEth(uint256)', [amount])
    expect(asShares).toBe((amount * totalShares) / totalEther)
  })

  test('behavior: the fee is a tenth, and functions of V3 are not there', async () => {
    expect(await reading.read(PLACES.steth, 'getFee()')).toBe(1000n)
    await expect(reading.read(PLACES.steth, 'getExternalEther()')).rejects.toThrow()
  })
})

describe('WstETH', () => {
  test('default', async () => {
    const { totalEther, totalShares } = chain.history.days[39]?.lido ?? chain.history.opening.lido
    expect(await reading.read(PLACES.wsteth, 'stEthPerToken()')).toBe((WAD * totalEther) / totalShares)
    expect(await reading.read(PLACES.wsteth, 'tokensPerStEth()')).toBe((WAD * totalShares) / totalEther)
    const amount = 7_777_777_777_777_777_777n
    const steth = await reading.read(PLACES.wsteth, 'getStETHByWstETH(uint256)', [amount])
    const wsteth = await reading.read(PLACES.wsteth, 'getWstETHByStETH(uint256)', [amount])
    expect([steth, wsteth]).toEqual([
      (amount * totalEther) / totalShares,
      (amount * totalShares) / totalEther,
    ])
  })

  test('behavior: its supply is shares of stETH that it really holds', async () => {
    const supply = await reading.read(PLACES.wsteth, 'totalSupply()')
    expect(supply).toBeGreaterThan(3_000_000n * WAD)
    expect(await reading.read(PLACES.steth, 'sharesOf(address)', [PLACES.wsteth])).toBe(supply)
    const wallet = [DEMO_WALLETS.everything]
    expect(await reading.read(PLACES.wsteth, 'balanceOf(address)', wallet)).toBe((78n * WAD) / 10n)
  })
})

describe('LidoWithdrawalQueue', () => {
  test('default', async () => {
    const queue = PLACES.lidoWithdrawalQueue
    const last = await reading.read(queue, 'getLastRequestId()')
    const finalized = await reading.read(queue, 'getLastFinalizedRequestId()')
    expect(await reading.read(queue, 'unfinalizedRequestNumber()')).toBe(last - finalized)
    expect(await reading.read(queue, 'unfinalizedStETH()')).toBeGreaterThan(1_000n * WAD)
  })
})
