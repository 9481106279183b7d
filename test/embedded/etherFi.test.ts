import { parseAbi } from 'viem'
import { describe, expect, test } from 'vitest'
import { DEMO_WALLETS } from '../../src/embedded/addresses.ts'
import { WAD } from '../../src/embedded/line.ts'
import { measuredBlock } from '../../src/embedded/schedule.ts'
import { distance, readArgs, SharedChain } from './sharedChain.ts'

const WEETH = '0xCd5fE23C85820F7B72D0926FC9b05b43E359b7ee'
const EETH = '0x35fA164735182de50811E8e2E824cFb9B6118ac2'
const POOL = '0x308861A430be4cce5502d0A12724771Fc6DaF216'
const TOPIC = '0x11c6bf55864ff83827df712625d7a80e5583eef0264921025e7cd22003a21511'
const FEE_TOPIC = '0xafea3ee583ed00355634c0a2f47d947b6af95fda2bc1dbe0ff919c45166789d4'
const REBASE = parseAbi(['event Rebase(uint256 totalEthLocked, uint256 totalEEthShares)'])

const shared = new SharedChain(18)
const rateAt = (block: bigint | 'latest') => shared.reading.word(WEETH, '0x679aefce', [], block)

describe('LiquidityPool', () => {
  test('default: a Rebase tells the rate at its log, before the fee is deposited', async () => {
    const logs = await shared.reading.logs(POOL, TOPIC)
    expect(logs.map(({ blockNumber }) => shared.dayOf(blockNumber))).toEqual(
      Array.from({ length: 36 }, (_, index) => index + 4),
    )
    for (const [index, args] of readArgs(REBASE, logs).entries()) {
      const block = logs[index]?.blockNumber ?? 0n
      const told = (BigInt(args['totalEthLocked'] ?? 0n) * WAD) / BigInt(args['totalEEthShares'] ?? 1n)
      expect(told).toBe(shared.course('ether-fi').rateOn(index + 4))
      const after = await rateAt(block)
      expect(after).toBeGreaterThan(told)
      expect(distance(after, told)).toBeLessThan(10n ** 10n)
      expect(distance(told, await rateAt(block - 1n))).toBeGreaterThan(10n ** 13n)
    }
    expect(await shared.reading.logs(POOL, FEE_TOPIC)).toHaveLength(36)
  })

  test('behavior: ordinary stakes move the rate by dust, without a Rebase', async () => {
    const rebased = new Set((await shared.reading.logs(POOL, TOPIC)).map(({ blockNumber }) => blockNumber))
    let moved = 0
    for (let day = 5; day < 40; day++) {
      const block = shared.blockOf(day) - 1n
      expect(rebased.has(block)).toBe(false)
      const dust = distance(await rateAt(block), await rateAt(block - 1n))
      expect(dust).toBeLessThan(10n ** 12n)
      if (dust > 0n) moved += 1
    }
    expect(moved).toBe(12)
  })

  test('behavior: the pool’s ether is what lies in it and what does not', async () => {
    const inPool = await shared.reading.word(POOL, '0x7c90fbf0')
    const outside = await shared.reading.word(POOL, '0x456a23a6')
    const pooled = await shared.reading.word(POOL, '0x37cfdaca')
    expect(inPool).toBeGreaterThan(0n)
    expect(inPool + outside).toBe(pooled)
    const shares = await shared.reading.read(EETH, 'totalShares()')
    expect(await shared.reading.word(POOL, '0x561bddf8', [WAD])).toBe((WAD * pooled) / shares)
    expect(await rateAt('latest')).toBe((WAD * pooled) / shares)
    expect(await shared.reading.word(WEETH, '0xd044fe9b', [WAD])).toBe((WAD * shares) / pooled)
  })
})

describe('EETH', () => {
  test('default: balances are shares, which grow with the rate', async () => {
    const { everything } = DEMO_WALLETS
    const balanceAt = (day: number) =>
      shared.reading.word(EETH, '0x70a08231', [everything], shared.blockOf(day))
    expect(await balanceAt(21)).toBe(0n)
    // Bought in the block that the oracles measure, before the day's report.
    const bought = await shared.reading.word(EETH, '0x70a08231', [everything], measuredBlock(22))
    expect(distance(bought, WAD)).toBeLessThanOrEqual(2n)
    expect(await balanceAt(22)).toBeGreaterThan(bought)
    expect(await balanceAt(39)).toBeGreaterThan(WAD + WAD / 2000n)
    const shares = await shared.reading.read(EETH, 'shares(address)', [everything])
    expect(await balanceAt(39)).toBe(
      (shares * (await shared.reading.word(POOL, '0x37cfdaca', [], shared.blockOf(39)))) /
        (await shared.reading.read(EETH, 'totalShares()')),
    )
  })

  test('behavior: weETH is a part of its shares, which it holds', async () => {
    const wrapped = await shared.reading.word(WEETH, '0x18160ddd')
    expect(await shared.reading.read(EETH, 'shares(address)', [WEETH])).toBe(wrapped)
    expect(await shared.reading.read(EETH, 'totalShares()')).toBeGreaterThan(wrapped)
  })
})
