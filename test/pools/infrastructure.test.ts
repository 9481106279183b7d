import { getAddress, type Hex } from 'viem'
import { describe, expect, test } from 'vitest'
import {
  decodeEtherPrice,
  MULTICALL3,
  MULTICALL3_FIRST_BLOCK,
  PRICE_LIFETIME,
  readBalance,
  readBlockNumber,
  readBlockTime,
  readChainId,
  readEtherBalance,
  readEtherPrice,
} from '../../src/pools/infrastructure.ts'
import { MalformedAnswer } from '../../src/pools/read.ts'

const account = '0x1d8f8f00cfa6758d7bE78336684788Fb0ee0Fa46'
const word = (value: bigint): string => BigInt.asUintN(256, value).toString(16).padStart(64, '0')
const round = (answer: bigint, updatedAt = 1_790_000_000n): Hex =>
  `0x${[5n, answer, 1_789_999_990n, updatedAt, 5n].map(word).join('')}`

test('default: addresses, first block and lifetime as published', () => {
  expect(getAddress(MULTICALL3.toLowerCase())).toBe(MULTICALL3)
  expect(getAddress(readEtherPrice.address.toLowerCase())).toBe('0x5f4eC3Df9cbd43714FE2740f5E3616155c5b8419')
  expect([MULTICALL3_FIRST_BLOCK, PRICE_LIFETIME]).toEqual([14_353_601n, 86_400n])
})

test('behavior: the calls have the published selectors', () => {
  expect(
    [readBlockNumber, readBlockTime, readChainId, readEtherPrice].map(({ callData }) => callData),
  ).toEqual(['0x42cbb15c', '0x0f28c97d', '0x3408e470', '0xfeaf968c'])
  const padded = account.slice(2).toLowerCase().padStart(64, '0')
  expect(readEtherBalance(account).callData).toBe(`0x4d2301cc${padded}`)
  expect(readBalance(MULTICALL3, account)).toMatchObject({
    address: MULTICALL3,
    callData: `0x70a08231${padded}`,
  })
})

describe('decodeEtherPrice', () => {
  test('default: the second word and the fourth', () => {
    expect(decodeEtherPrice(round(3_000_12345678n))).toEqual({
      answer: 300_012_345_678n,
      updatedAt: 1_790_000_000n,
    })
  })

  test.each([
    ['0', round(0n)],
    ['a negative answer', round(-1n)],
    ['the most negative answer', round(-(2n ** 255n))],
    ['nothing', '0x' as Hex],
    ['one word', `0x${word(5n)}` as Hex],
    ['four words', round(5n).slice(0, -64) as Hex],
    ['six words', `${round(5n)}${word(1n)}` as Hex],
    ['what is not hexadecimal', `0x${'z'.repeat(320)}` as Hex],
  ])('error: MalformedAnswer for %s', (_, data) => {
    expect(() => decodeEtherPrice(data)).toThrow(MalformedAnswer)
  })
})
