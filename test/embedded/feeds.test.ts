import { type Address, decodeFunctionResult, hexToString, parseAbi } from 'viem'
import { describe, expect, test } from 'vitest'
import { SharedChain } from './sharedChain.ts'

const shared = new SharedChain(21)

const ROUND = parseAbi(['function latestRoundData() view returns (uint80, int256, uint256, uint256, uint80)'])
const FRAX = '0xC58F3385FBc1C8AD2c0C9a061D7c13b141D7A5Df'
const SWETH = '0xec21B3e882CE09928cb397DcfF31B15cBBD1e1C3'

/** The pool, its market feed, its decimals and what it says of itself. */
const MARKETS: readonly (readonly [string, Address, bigint, string])[] = [
  ['coinbase', '0xF017fcB346A1885194689bA23Eff2fE6fA5C483b', 18n, 'CBETH / ETH'],
  ['stader', '0xC5f8c4aB091Be1A899214c0C3636ca33DcA0C547', 18n, 'ETHx / ETH'],
  ['mantle', '0x5b563107C8666d2142C216114228443B94152362', 18n, 'METH / ETH'],
  ['swell', SWETH, 18n, 'SWETH / ETH'],
  ['ether-fi', '0x5c9C449BbC9a6075A2c061dF312a35fd1E05fF22', 18n, 'weETH / ETH'],
  ['origin', '0x703118C4CbccCBF2AB31913e0f8075fbbb15f563', 18n, 'OETH / ETH'],
  ['frax', FRAX, 18n, 'frxETH / ETH'],
  ['dinero', '0x19219BC90F48DeE4d5cF202E09c438FAacFd8Bea', 8n, 'apxETH / ETH'],
]

/** Feeds that repeat a pool's rate, with the pool. */
const RATES: readonly (readonly [string, Address])[] = [
  ['liquid-collective', '0xE858728eB31a25C4AcCcE17d01B68dCFC3A0ED2C'],
  ['stader', '0xdd487947c579af433AeeF038Bf1573FdBB68d2d3'],
]

async function roundAt(feed: Address, block: bigint | 'latest' = 'latest') {
  const data = await shared.reading.rawCall(feed, '0xfeaf968c', block)
  const [, answer, , updatedAt] = decodeFunctionResult({ abi: ROUND, data })
  return { answer, updatedAt }
}

async function descriptionOf(feed: Address) {
  const answer = await shared.reading.rawCall(feed, '0x7284e416')
  return hexToString(`0x${answer.slice(130)}`).replaceAll('\0', '')
}

describe('NamedFeed', () => {
  test.each(MARKETS)('default: %s has a market at %s', async (id, feed, decimals, description) => {
    expect(await shared.reading.word(feed, '0x313ce567')).toBe(decimals)
    expect(await descriptionOf(feed)).toBe(description)
    const { rateOn } = shared.course(id)
    // The markets of frxETH and OETH are not those of the pools' own tokens, whose rates count them.
    const wanted = id === 'frax' || id === 'origin' ? 10n ** 18n : rateOn(25)
    const { answer, updatedAt } = await roundAt(feed, shared.blockOf(25))
    const premium = ((answer * 10n ** (18n - decimals) - wanted) * 10_000n) / wanted
    expect(premium >= -36n && premium <= 9n).toBe(true)
    expect(updatedAt).toBe(await shared.reading.time(shared.blockOf(25)))
    expect(answer).not.toBe(wanted)
  })

  test.each(MARKETS)('behavior: the market of %s moves, and is fresh if it is kept up', async (_id, feed) => {
    const day = await roundAt(feed, shared.blockOf(24))
    expect((await roundAt(feed, shared.blockOf(25))).answer).not.toBe(day.answer)
    const lastDay = await shared.reading.time(shared.chain.lastDayBlock)
    expect((await roundAt(feed)).updatedAt === lastDay).toBe(feed !== SWETH)
  })

  test('behavior: the feed of swETH got its last answer a quarter of the history ago', async () => {
    const last = await shared.reading.time(shared.blockOf(29))
    expect((await roundAt(SWETH)).updatedAt).toBe(last)
    expect((await roundAt(SWETH, shared.blockOf(28))).updatedAt).toBeLessThan(last)
  })

  test.each(RATES)('behavior: the feed of %s at %s repeats the rate', async (id, feed) => {
    expect(await descriptionOf(feed)).toContain('Exchange Rate')
    for (const day of [10, 25, 39]) {
      expect((await roundAt(feed, shared.blockOf(day))).answer).toBe(shared.course(id).rateOn(day))
    }
  })
})
