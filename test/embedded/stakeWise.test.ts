import { parseAbi } from 'viem'
import { describe, expect, test } from 'vitest'
import { WAD } from '../../src/embedded/line.ts'
import { distance, readArgs, SharedChain } from './sharedChain.ts'

const OSETH = '0xf1C9acDc66974dFB6dEcB12aA385b9cD01190E38'
const CONTROLLER = '0x2A261e60FB14586B474C208b1B7AC6D0f5000306'
const KEEPER = '0x6B5815467da09DaA7DC83Db21c9239d98Bb487b5'
const PRICE_FEED = '0x8023518b2192FB5384DAdc596765B3dD1cdFe471'
const SLOPE_TOPIC = '0x575b153fd68e97b63239f63ca929196a4e398b8157c14ddb6bfc54dad71071cb'
const STATE_TOPIC = '0xb27a3a9979877b12952e21e91eeded34f5ecc7d5147544ca7b58fa9cd85e30be'
const REWARDS_TOPIC = '0xfa453467fa89fc89833cc6e9c06a26a6c6db0fa6df2df5c74e685a27b0c931f2'
const SLOPE = parseAbi(['event AvgRewardPerSecondUpdated(uint256 avgRewardPerSecond)'])
const STATE = parseAbi([
  'event StateUpdated(uint256 profitAccrued, uint256 treasuryShares, uint256 treasuryAssets)',
])
const REWARDS = parseAbi([
  'event RewardsUpdated(address indexed caller, bytes32 indexed rewardsRoot, uint256 avgRewardPerSecond, uint64 updateTimestamp, uint64 nonce, string rewardsIpfsHash)',
])

const shared = new SharedChain(13)
const word = (selector: `0x${string}`, block: bigint, amounts: bigint[] = []) =>
  shared.reading.word(CONTROLLER, selector, amounts, block)
const rateAt = (block: bigint) => word('0x07a2d13a', block, [WAD])

describe('OsTokenVaultController', () => {
  test('default: the rate grows every second by the slope less the fee', async () => {
    const block = shared.chain.lastDayBlock
    const slope = await word('0x8d7d4520', block)
    const before = await rateAt(block)
    expect(await word('0x7fd6f15c', block)).toBe(500n)
    for (const ahead of [1n, 2n, 70n]) {
      const passed = (await shared.reading.time(block + ahead)) - (await shared.reading.time(block))
      const grown = (before * slope * passed * 95n) / (100n * WAD)
      const risen = (await rateAt(block + ahead)) - before
      expect(risen).toBeGreaterThan(0n)
      expect(distance(risen, grown)).toBeLessThan(10n ** 9n)
    }
  })

  test('behavior: each day sets a slope, told by the controller and by the keeper', async () => {
    const slopes = await shared.reading.logs(CONTROLLER, SLOPE_TOPIC)
    const rewards = await shared.reading.logs(KEEPER, REWARDS_TOPIC)
    expect(slopes.map(({ blockNumber }) => shared.dayOf(blockNumber))).toEqual(
      Array.from({ length: 37 }, (_, index) => index + 3),
    )
    const told = readArgs(REWARDS, rewards)
    expect(readArgs(SLOPE, slopes).map(args => args['avgRewardPerSecond'])).toEqual(
      told.map(args => args['avgRewardPerSecond']),
    )
    expect(told[5]?.['avgRewardPerSecond']).toBe(await word('0x8d7d4520', rewards[5]?.blockNumber ?? 0n))
    expect(told[5]?.['updateTimestamp']).toBe(await shared.reading.time(rewards[5]?.blockNumber ?? 0n))
    expect(BigInt(told[6]?.['nonce'] ?? 0n) - BigInt(told[5]?.['nonce'] ?? 0n)).toBe(1n)
  })

  test('behavior: settling leaves the rate, and gives the treasury its part in shares', async () => {
    const logs = await shared.reading.logs(CONTROLLER, STATE_TOPIC)
    expect(logs.length).toBeGreaterThanOrEqual(37)
    for (const { profitAccrued, treasuryShares, treasuryAssets } of readArgs(STATE, logs.slice(0, 5))) {
      expect(treasuryAssets).toBe((BigInt(profitAccrued ?? 0n) * 500n) / 10_000n)
      expect(BigInt(treasuryShares ?? 0n)).toBeGreaterThan(0n)
    }
  })

  test('behavior: shares are the supply of osETH, and assets are theirs at the rate', async () => {
    for (const block of [shared.firstBlock('stakewise'), shared.blockOf(20), shared.chain.headBlock]) {
      const shares = await word('0x3a98ef39', block)
      expect(await shared.reading.word(OSETH, '0x18160ddd', [], block)).toBe(shares)
      expect(((await word('0x01e1d114', block)) * WAD) / shares).toBe(await rateAt(block))
    }
  })
})

describe('OsEthPriceFeed', () => {
  test('default: it repeats the rate and calls it fresh', async () => {
    for (const block of [shared.blockOf(20), shared.chain.headBlock - 7n]) {
      const rate = await rateAt(block)
      expect(await shared.reading.word(PRICE_FEED, '0x50d25bcd', [], block)).toBe(rate)
      const round = await shared.reading.rawCall(PRICE_FEED, '0xfeaf968c', block)
      const words = round.slice(2).match(/.{64}/g) ?? []
      const now = await shared.reading.time(block)
      expect(words.map(each => BigInt(`0x${each}`))).toEqual([0n, rate, now, now, 0n])
    }
  })
})
