import { parseAbi } from 'viem'
import { describe, expect, test } from 'vitest'
import { DEMO_WALLETS } from '../../src/embedded/addresses.ts'
import { WAD } from '../../src/embedded/line.ts'
import { measuredBlock } from '../../src/embedded/schedule.ts'
import { distance, readArgs, SharedChain } from './sharedChain.ts'

const WOETH = '0xDcEe70654261AF21C44c093C300eD3Bb97b78192'
const OETH = '0x856c4Efb76C1D1AE02e20CEB03A2A6a08b0b8dC3'
const VAULT = '0x39254033945AA2E4809Cc2977E7087BEE48bd7Ab'
const SUPPLY_TOPIC = '0x41645eb819d3011b13f97696a8109d14bfcddfaca7d063ec0564d62a3e257235'
const YIELD_TOPIC = '0x09516ecf4a8a86e59780a9befc6dee948bc9e60a36e3be68d31ea817ee8d2c80'
const UPDATED = parseAbi([
  'event TotalSupplyUpdatedHighres(uint256 totalSupply, uint256 rebasingCredits, uint256 rebasingCreditsPerToken)',
])
const DISTRIBUTED = parseAbi(['event YieldDistribution(address _to, uint256 _yield, uint256 _fee)'])

const shared = new SharedChain(19)
const creditsAt = (block: bigint) => shared.reading.word(OETH, '0x7a46a9c5', [], block)

describe('WrappedOETH', () => {
  test('default: the rate is the adjuster by the credits, as the event tells them', async () => {
    const adjuster = await shared.reading.word(WOETH, '0xbe989523')
    const logs = await shared.reading.logs(OETH, SUPPLY_TOPIC)
    expect(logs.map(({ blockNumber }) => blockNumber)).toEqual(shared.chain.landmarks.dayBlocks)
    for (const [day, args] of readArgs(UPDATED, logs).entries()) {
      const credits = BigInt(args['rebasingCreditsPerToken'] ?? 1n)
      expect(await creditsAt(shared.blockOf(day))).toBe(credits)
      for (const amount of [WAD, 123_456_789_123_456_789n]) {
        const assets = await shared.reading.word(WOETH, '0x07a2d13a', [amount], shared.blockOf(day))
        expect(assets).toBe((amount * adjuster) / credits)
      }
      const supply = await shared.reading.word(OETH, '0x18160ddd', [], shared.blockOf(day))
      expect(supply).toBe(BigInt(args['totalSupply'] ?? 0n))
    }
  })

  test('behavior: it holds the OETH that it is worth', async () => {
    const supply = await shared.reading.word(WOETH, '0x18160ddd')
    const worth = await shared.reading.word(WOETH, '0x07a2d13a', [supply])
    expect(distance(await shared.reading.word(OETH, '0x70a08231', [WOETH]), worth)).toBeLessThan(10n)
  })
})

describe('OETH', () => {
  test('default: credits per token fall, and balances rise without an event', async () => {
    const { everything } = DEMO_WALLETS
    for (const day of [23, 30, 39]) {
      expect(await creditsAt(shared.blockOf(day))).toBeLessThan(await creditsAt(shared.blockOf(day - 1)))
    }
    const balanceAt = (day: number) =>
      shared.reading.word(OETH, '0x70a08231', [everything], shared.blockOf(day))
    // Bought in the block that the oracles measure, before the day's report.
    const bought = await shared.reading.word(OETH, '0x70a08231', [everything], measuredBlock(22))
    expect(distance(bought, WAD)).toBeLessThanOrEqual(2n)
    expect(await balanceAt(22)).toBeGreaterThan(bought)
    expect(await balanceAt(39)).toBeGreaterThan(WAD + WAD / 2000n)
  })

  test('behavior: the supply holds more than what rebases', async () => {
    const supply = await shared.reading.word(OETH, '0x18160ddd')
    const [last] = readArgs(UPDATED, (await shared.reading.logs(OETH, SUPPLY_TOPIC)).slice(-1))
    const rebasing =
      (BigInt(last?.['rebasingCredits'] ?? 0n) * WAD) / BigInt(last?.['rebasingCreditsPerToken'] ?? 1n)
    expect(supply - rebasing).toBe(4_000n * WAD)
  })
})

describe('OETHVault', () => {
  test('default: a fifth of the yield is a fee', async () => {
    expect(await shared.reading.word(VAULT, '0x207134b0')).toBe(2000n)
    const told = readArgs(DISTRIBUTED, await shared.reading.logs(VAULT, YIELD_TOPIC))
    expect(told).toHaveLength(40)
    for (const { _yield, _fee } of told) {
      expect(distance(BigInt(_fee ?? 0n) * 5n, BigInt(_yield ?? 1n))).toBeLessThan(1_000n)
    }
  })
})
