import { parseAbi } from 'viem'
import { describe, expect, test } from 'vitest'
import { WAD } from '../../src/embedded/line.ts'
import { distance, readArgs, SharedChain } from './sharedChain.ts'

const SFRXETH = '0xac3E018457B222d93114458476f3E3416Abbe38F'
const TOPIC = '0x2fa39aac60d1c94cda4ab0e86ae9c0ffab5b926e5b827a4ccba1d9b5b2ef596e'
const CYCLE = parseAbi(['event NewRewardsCycle(uint32 indexed cycleEnd, uint256 rewardAmount)'])
/** The day of the late sync, and the one on which its predecessor's cycle ended. */
const LATE_DAY = 27
const END_DAY = 25

const shared = new SharedChain(12)
const word = (selector: `0x${string}`, block: bigint, amounts: bigint[] = []) =>
  shared.reading.word(SFRXETH, selector, amounts, block)
const rateAt = (block: bigint) => word('0x07a2d13a', block, [WAD])

describe('SfrxETH', () => {
  test('default: a cycle is told by its event and by the getters', async () => {
    const logs = await shared.reading.logs(SFRXETH, TOPIC)
    expect(logs.map(({ blockNumber }) => shared.dayOf(blockNumber))).toEqual([4, 11, 18, LATE_DAY, 34])
    for (const [index, { cycleEnd, rewardAmount }] of readArgs(CYCLE, logs).entries()) {
      const block = logs[index]?.blockNumber ?? 0n
      // Each word of a smaller type is a whole one in the answer, and in the indexed topic.
      expect(BigInt(cycleEnd ?? 0n)).toBe(await word('0xe7ff69f1', block))
      expect(rewardAmount).toBe(await word('0xbafedcaa', block))
      expect(await word('0x6917516b', block)).toBe(await shared.reading.time(block))
    }
    expect(await word('0x6fcf5e5f', shared.chain.headBlock)).toBe(604_800n)
  })

  test('behavior: the assets drip by the second, and the rate is theirs by the supply', async () => {
    // No deposit comes in the block after any of these.
    for (const block of [shared.blockOf(12), shared.blockOf(28), shared.chain.headBlock - 1n]) {
      const synced = await word('0x6917516b', block)
      const length = (await word('0xe7ff69f1', block)) - synced
      const reward = await word('0xbafedcaa', block)
      const drippedAt = async (at: bigint) => (reward * ((await shared.reading.time(at)) - synced)) / length
      const assets = await word('0x01e1d114', block)
      const risen = (await word('0x01e1d114', block + 1n)) - assets
      expect(risen).toBe((await drippedAt(block + 1n)) - (await drippedAt(block)))
      expect(risen).toBeGreaterThan(0n)
      expect(await rateAt(block)).toBe((WAD * assets) / (await word('0x18160ddd', block)))
      expect(await word('0x99530b06', block)).toBe(await rateAt(block))
    }
  })

  test('behavior: the rate rises within a cycle without any event', async () => {
    expect(await rateAt(shared.chain.headBlock)).toBeGreaterThan(await rateAt(shared.chain.headBlock - 1n))
    const logs = await shared.reading.logs(SFRXETH)
    expect(logs.some(({ blockNumber }) => blockNumber === shared.chain.headBlock)).toBe(false)
  })

  test('behavior: the rate is flat from the end of a cycle to a late sync, and then goes on', async () => {
    const end = shared.blockOf(END_DAY)
    const synced = shared.blockOf(LATE_DAY)
    expect(await word('0xe7ff69f1', end)).toBe(await shared.reading.time(end))
    const flat = await rateAt(end)
    expect(flat).toBeGreaterThan(await rateAt(end - 1n))
    for (let block = end + 1n; block <= synced; block++) {
      expect(distance(await rateAt(block), flat)).toBeLessThanOrEqual(1n)
    }
    expect(await rateAt(synced + 1n)).toBeGreaterThan(flat + 10n ** 12n)
  })

  test('behavior: the rate is that of the line at the end of each cycle', async () => {
    const { rateOn } = shared.course('frax')
    for (const day of [11, 18, END_DAY, 34]) {
      expect(distance(await rateAt(shared.blockOf(day)), rateOn(day))).toBeLessThan(6n * 10n ** 12n)
    }
  })
})

test('behavior: frxETH is a token of its own, of which there is more', async () => {
  const frxeth = '0x5E8422345238F34275888049021821E8E08CAa1f'
  const supply = await shared.reading.word(frxeth, '0x18160ddd')
  expect(supply).toBeGreaterThan(await word('0x01e1d114', shared.chain.headBlock))
  await expect(shared.reading.rawCall(frxeth, '0x99530b06')).rejects.toThrow()
})
