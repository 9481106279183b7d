import { parseAbi } from 'viem'
import { describe, expect, test } from 'vitest'
import { WAD } from '../../src/embedded/line.ts'
import { distance, readArgs, SharedChain } from './sharedChain.ts'

const APXETH = '0x9Ba021B0a9b958B5E75cE9f6dff97C7eE52cb3E6'
const REWARD_TOPIC = '0xde88a922e0d3b88b24e9623efeb464919c6bf9f66857a65e2bfcf2ce87a9433d'
const HARVEST_TOPIC = '0xc9695243a805adb74c91f28311176c65b417e842d5699893cef56d18bfa48cba'
const REWARD = parseAbi(['event RewardAdded(uint256 reward)'])
/** The day of the harvest before the late one, and of the late one. */
const BEFORE_LATE = 21
const LATE_DAY = 30

const shared = new SharedChain(20)
const word = (selector: `0x${string}`, block: bigint, amounts: bigint[] = []) =>
  shared.reading.word(APXETH, selector, amounts, block)
const rateAt = (block: bigint) => word('0x07a2d13a', block, [WAD])

describe('AutoPxEth', () => {
  test('default: a harvest starts a stream of seven days', async () => {
    const logs = await shared.reading.logs(APXETH, REWARD_TOPIC)
    expect(logs.map(({ blockNumber }) => shared.dayOf(blockNumber))).toEqual([
      7,
      14,
      BEFORE_LATE,
      LATE_DAY,
      37,
    ])
    for (const [index, { reward }] of readArgs(REWARD, logs).entries()) {
      const block = logs[index]?.blockNumber ?? 0n
      expect(await word('0xebe2b12b', block)).toBe((await shared.reading.time(block)) + 604_800n)
      expect(await word('0x7b0a47ee', block)).toBe(BigInt(reward ?? 0n) / 604_800n)
    }
    expect(await shared.reading.logs(APXETH, HARVEST_TOPIC)).toHaveLength(5)
  })

  test('behavior: the rate rises by the second, by the stream less the fee', async () => {
    const block = shared.chain.lastDayBlock
    const supply = await word('0x18160ddd', block)
    const fee = await word('0x26232a2e', block)
    expect(fee).toBe(100_000n)
    for (const ahead of [1n, 70n]) {
      const passed = (await shared.reading.time(block + ahead)) - (await shared.reading.time(block))
      const streamed = (await word('0x7b0a47ee', block)) * passed
      const risen = (((streamed * (1_000_000n - fee)) / 1_000_000n) * WAD) / supply
      expect((await rateAt(block + ahead)) - (await rateAt(block)) - risen).toBeLessThanOrEqual(1n)
      expect((await rateAt(block + ahead)) - (await rateAt(block)) - risen).toBeGreaterThanOrEqual(-1n)
      expect(risen).toBeGreaterThan(0n)
    }
  })

  test('behavior: the rate is flat from the end of a stream to a late harvest, and then goes on', async () => {
    const finish = await word('0xebe2b12b', shared.blockOf(BEFORE_LATE))
    const blocks: bigint[] = []
    for (let block = shared.blockOf(BEFORE_LATE + 6); block <= shared.blockOf(LATE_DAY); block++) {
      if ((await shared.reading.time(block)) >= finish) blocks.push(block)
    }
    expect(blocks.length).toBeGreaterThanOrEqual(4)
    const [first] = blocks
    const flat = await rateAt(first ?? 0n)
    expect(flat).toBeGreaterThan(await rateAt((first ?? 0n) - 1n))
    for (const block of blocks) expect(distance(await rateAt(block), flat)).toBeLessThanOrEqual(1n)
    expect(await rateAt(shared.blockOf(LATE_DAY) + 1n)).toBeGreaterThan(flat + 10n ** 12n)
  })

  test('behavior: the rate is that of the line when a stream ends', async () => {
    const { rateOn } = shared.course('dinero')
    for (const day of [14, BEFORE_LATE, BEFORE_LATE + 7, 37]) {
      expect(distance(await rateAt(shared.blockOf(day)), rateOn(day))).toBeLessThan(3n * 10n ** 13n)
    }
  })

  test('behavior: assets per share are what an exit leaves, 3 % less than the rate', async () => {
    expect(await word('0xa2468c19', shared.chain.headBlock)).toBe(30_000n)
    for (const block of [shared.firstBlock('dinero'), shared.chain.headBlock]) {
      const rate = await rateAt(block)
      const left = await word('0x35d16e17', block)
      expect(rate - left).toBe((rate * 30_000n + 999_999n) / 1_000_000n)
    }
  })
})
