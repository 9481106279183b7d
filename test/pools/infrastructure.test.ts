import {
  decodeFunctionResult,
  encodeFunctionResult,
  getAddress,
  type Hex,
  parseAbi,
  toFunctionSelector,
} from 'viem'
import { describe, expect, test } from 'vitest'
import {
  decodeRound,
  HEARTBEAT,
  MULTICALL3,
  MULTICALL3_FIRST_BLOCK,
  readBalance,
  readBlockNumber,
  readBlockTime,
  readChainId,
  readDecimals,
  readEtherBalance,
  readEtherPrice,
  readRound,
  readSupply,
} from '../../src/pools/infrastructure.ts'
import { MalformedAnswer } from '../../src/pools/words.ts'

const account = '0x1d8f8f00cfa6758d7bE78336684788Fb0ee0Fa46'
const token = '0xae78736Cd615f374D3085123A210448E74Fc6393'
const abi = parseAbi([
  'function latestRoundData() view returns (uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound)',
])
const round = (answer: bigint, updatedAt = 1_790_000_000n): Hex =>
  encodeFunctionResult({ abi, result: [5n, answer, 1_789_999_990n, updatedAt, 6n] })

test('default: addresses, first block and heartbeat as published', () => {
  expect(getAddress(MULTICALL3.toLowerCase())).toBe('0xcA11bde05977b3631167028862bE2a173976CA11')
  expect(MULTICALL3).toBe('0xcA11bde05977b3631167028862bE2a173976CA11')
  expect(readEtherPrice.address).toBe('0x5f4eC3Df9cbd43714FE2740f5E3616155c5b8419')
  expect([MULTICALL3_FIRST_BLOCK, HEARTBEAT]).toEqual([14_353_601n, 86_400n])
})

describe('calls', () => {
  const padded = account.slice(2).toLowerCase().padStart(64, '0')

  test.each([
    [readBlockNumber, MULTICALL3, '0x42cbb15c'],
    [readBlockTime, MULTICALL3, '0x0f28c97d'],
    [readChainId, MULTICALL3, '0x3408e470'],
    [readEtherBalance(account), MULTICALL3, `0x4d2301cc${padded}`],
    [readSupply(token), token, '0x18160ddd'],
    [readBalance(token, account), token, `0x70a08231${padded}`],
    [readRound(token), token, '0xfeaf968c'],
    [readDecimals(token), token, '0x313ce567'],
  ])('default: $signature has the published selector and address', (read, address, callData) => {
    expect([read.address, read.callData]).toEqual([address, callData])
    expect(toFunctionSelector(`function ${read.signature}`)).toBe(callData.slice(0, 10))
  })

  test('behavior: a round is five words, decimals are one', () => {
    expect([readRound(token).words, readDecimals(token).words]).toEqual([5, 1])
    expect(readEtherPrice).toEqual(readRound('0x5f4eC3Df9cbd43714FE2740f5E3616155c5b8419'))
  })
})

describe('decodeRound', () => {
  test('default: the second word and the fourth', () => {
    const data = round(3_000_12345678n)
    expect(decodeRound(data)).toEqual({ answer: 300_012_345_678n, updatedAt: 1_790_000_000n })
    expect(decodeFunctionResult({ abi, data })).toEqual([
      5n,
      300_012_345_678n,
      1_789_999_990n,
      1_790_000_000n,
      6n,
    ])
  })

  test('behavior: the smallest and the largest answer', () => {
    expect(decodeRound(round(1n, 0n))).toEqual({ answer: 1n, updatedAt: 0n })
    expect(decodeRound(round(2n ** 255n - 1n)).answer).toBe(2n ** 255n - 1n)
  })

  test.each([
    ['0', round(0n)],
    ['a negative answer', round(-1n)],
    ['the most negative answer', round(-(2n ** 255n))],
    ['nothing', '0x' as Hex],
    ['one word', round(5n).slice(0, 66) as Hex],
    ['four words', round(5n).slice(0, -64) as Hex],
    ['six words', `${round(5n)}${'0'.repeat(64)}` as Hex],
    ['what is not hexadecimal', `0x${'z'.repeat(320)}` as Hex],
  ])('error: MalformedAnswer for %s', (_, data) => {
    expect(() => decodeRound(data)).toThrow(MalformedAnswer)
  })
})
