import { parseAbi } from 'viem'
import { describe, expect, test } from 'vitest'
import { WAD } from '../../src/embedded/line.ts'
import { readArgs, SharedChain } from './sharedChain.ts'

const CBETH = '0xBe9895146f7AF43049ca1c1AE358B0541Ea49704'
const WBETH = '0xa2E3356610840701BDf5611a53974510Ae27E2e1'
const UPDATER = '0x9b37180d847B27ADC13C2277299045C1237Ae281'
const TOPIC = '0x0b4e9390054347e2a16d95fd8376311b0d2deedecba526e9742bcaa40b059f0b'
const UPDATED = parseAbi(['event ExchangeRateUpdated(address indexed oracle, uint256 newExchangeRate)'])

const shared = new SharedChain(11)
const rateAt = (token: `0x${string}`, block: bigint) => shared.reading.word(token, '0x3ba0b9a9', [], block)

describe('cbETH', () => {
  test('default: each update tells the rate', async () => {
    const logs = await shared.reading.logs(CBETH, TOPIC)
    expect(logs).toHaveLength(36)
    for (const [index, { oracle, newExchangeRate }] of readArgs(UPDATED, logs).entries()) {
      const block = logs[index]?.blockNumber ?? 0n
      expect(oracle).toBe(UPDATER)
      expect(newExchangeRate).toBe(await rateAt(CBETH, block))
      expect(newExchangeRate).toBe(shared.course('coinbase').rateOn(shared.dayOf(block)))
    }
  })

  test('behavior: the rate is 0 before the first update, with and without a supply', async () => {
    const supplyAt = (day: number) => shared.reading.word(CBETH, '0x18160ddd', [], shared.blockOf(day))
    const supplies = await Promise.all([0, 1, 2, 3].map(supplyAt))
    expect(supplies.map(supply => supply > 0n)).toEqual([false, false, false, true])
    for (const day of [0, 1, 2, 3]) expect(await rateAt(CBETH, shared.blockOf(day))).toBe(0n)
    expect(shared.firstBlock('coinbase')).toBe(shared.blockOf(4))
    expect(await rateAt(CBETH, shared.firstBlock('coinbase') - 1n)).toBe(0n)
    expect(await rateAt(CBETH, shared.firstBlock('coinbase'))).toBeGreaterThan(WAD)
  })
})

describe('wBETH', () => {
  test('default: each update tells the rate, from the first day on', async () => {
    const rates = readArgs(UPDATED, await shared.reading.logs(WBETH, TOPIC)).map(
      ({ newExchangeRate }) => newExchangeRate,
    )
    const { rateOn } = shared.course('binance')
    expect(rates).toEqual(Array.from({ length: 40 }, (_, day) => rateOn(day)))
  })

  test('behavior: it has the code of cbETH', async () => {
    const block = shared.chain.headBlock
    expect(await shared.reading.code(WBETH, block)).toBe(await shared.reading.code(CBETH, block))
  })
})

describe('ExchangeRateUpdater', () => {
  test('default: three contracts share one topic, and the updater tells no rate', async () => {
    const logs = await shared.reading.logs([CBETH, WBETH, UPDATER], TOPIC)
    expect(new Set(logs.map(({ address }) => address)).size).toBe(3)
    const told = readArgs(UPDATED, await shared.reading.logs(UPDATER, TOPIC)).map(({ newExchangeRate }) =>
      BigInt(newExchangeRate ?? 0n),
    )
    const { rateOn } = shared.course('coinbase')
    expect(told.slice(1)).toEqual(
      Array.from({ length: 35 }, (_, index) => rateOn(index + 5) - rateOn(index + 4)),
    )
  })
})
