import { size } from 'viem'
import { describe, expect, test } from 'vitest'
import { compileContracts } from '../../src/embedded/compile.ts'
import { WAD } from '../../src/embedded/line.ts'
import { SharedChain } from './sharedChain.ts'

const MANAGER = '0xcf5EA1b38380f6aF39068375516Daf40Ed70D299'
const ORACLE = '0xF64bAe65f6f2a5277571143A24FaaFDFC0C2a737'
const RATE = '0xe6aa216c'

const shared = new SharedChain(14)

describe('StaderStakePoolsManager', () => {
  test('default: the rate is one word, made of the oracle’s last report', async () => {
    const block = shared.blockOf(20)
    const report = await shared.reading.rawCall(ORACLE, RATE, block)
    const [reference, totalEth, supply] = (report.slice(2).match(/.{64}/g) ?? []).map(each =>
      BigInt(`0x${each}`),
    )
    expect(reference).toBe(shared.chain.landmarks.referenceBlocks[20])
    const rate = await shared.reading.word(MANAGER, RATE, [], block)
    expect(rate).toBe(((totalEth ?? 0n) * WAD) / (supply ?? 1n))
    expect(await shared.reading.word(MANAGER, '0xd5c9cfb0', [], block)).toBe(1n)
  })

  test('behavior: the rate moves with a report alone', async () => {
    const rateAt = (block: bigint) => shared.reading.word(MANAGER, RATE, [], block)
    const report = shared.blockOf(21)
    expect(await rateAt(report - 1n)).toBe(await rateAt(shared.blockOf(20)))
    expect(await rateAt(report)).toBeGreaterThan(await rateAt(report - 1n))
  })

  test('behavior: the rate is exactly 1 where the oracle knows no ether or no supply', async () => {
    const empty = { state: {} }
    const overridden = await shared.reading.rpc('eth_call', [
      { to: MANAGER, data: RATE },
      'latest',
      { [ORACLE]: empty },
    ])
    expect(BigInt(String(overridden))).toBe(WAD)
  })
})

describe('StaderOracle', () => {
  test('default: the same selector gives three words, of which the first is a block', async () => {
    for (const selector of [RATE, '0x3ba0b9a9'] as const) {
      const answer = await shared.reading.rawCall(ORACLE, selector)
      expect(size(answer)).toBe(96)
      const first = BigInt(answer.slice(0, 66))
      expect(first).toBe(shared.chain.landmarks.referenceBlocks[39])
      expect(first).not.toBe(await shared.reading.word(MANAGER, RATE))
    }
  })

  test('behavior: a new oracle has no report', async () => {
    const scratch = '0x00000000000000000000000000000000000057ad'
    const { StaderOracle } = await compileContracts()
    await shared.reading.rpc('anvil_setCode', [scratch, StaderOracle])
    expect(await shared.reading.rawCall(scratch, RATE)).toBe(`0x${'0'.repeat(192)}`)
  })
})
