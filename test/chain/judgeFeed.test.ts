import fc from 'fast-check'
import type { Hex } from 'viem'
import { describe, expect, test } from 'vitest'
import type { Outcome } from '../../src/chain/blockReading.ts'
import { judgeMarket, judgePrice } from '../../src/chain/judgeFeed.ts'
import { WAD } from '../../src/math/fixedPoint.ts'
import { readDecimals, readEtherPrice, readRound } from '../../src/pools/infrastructure.ts'
import { outcome, roundWords, words } from './fakeChain.ts'

const TIME = 1_790_000_000n
const FEED = '0x536218f9E9Eb48863970252233c8F271f554C2d0'
/** US dollars per ETH with 8 decimals. */
const DOLLARS = 3_000n * 10n ** 8n
const PRICE = (1_002n * WAD) / 1_000n

const roundOf = (answer: bigint, updatedAt = TIME - 600n): Outcome =>
  outcome(readRound(FEED), roundWords(answer, updatedAt))
const decimalsOf = (places: bigint): Outcome => outcome(readDecimals(FEED), words(places))
const raw = (returnData: Hex, success = true): Outcome => outcome(readRound(FEED), returnData, success)

const WHY = { why: expect.stringMatching(/^The .{15,}\.$/) }

/** Rounds that no price may be taken from, whatever the feed prices. */
const bad: readonly (readonly [string, Outcome])[] = [
  ['refuses', raw('0x', false)],
  ['refuses with a reason in words', raw(roundWords(PRICE, TIME), false)],
  ['is not there', raw('0x')],
  ['answers four words', raw(words(1n, PRICE, TIME, TIME))],
  ['answers six words', raw(words(1n, PRICE, TIME, TIME, 1n, 1n))],
  ['answers one byte too few', raw(roundWords(PRICE, TIME).slice(0, -2) as Hex)],
  ['answers 0', roundOf(0n)],
  ['answers below 0', roundOf(-PRICE)],
  ['answers the lowest number', roundOf(-(2n ** 255n))],
  ['was never updated', roundOf(PRICE, 0n)],
  ['is older than 24 h', roundOf(PRICE, TIME - 86_401n)],
  ['was updated in the future', roundOf(PRICE, TIME + 61n)],
  ['was updated when time ends', roundOf(PRICE, 2n ** 256n - 1n)],
]

describe('judgePrice', () => {
  const etherPrice = (answer: bigint, updatedAt: bigint) =>
    outcome(readEtherPrice, roundWords(answer, updatedAt))

  test('default', () => {
    const given = etherPrice(300_000_000_000n, TIME - 600n)
    expect(judgePrice(given, TIME)).toEqual({
      price: { answer: 300_000_000_000n, updatedAt: TIME - 600n },
      outcome: given,
    })
  })

  test('behavior: a price counts for a day, and a clock that is a minute ahead is forgiven', () => {
    for (const updatedAt of [TIME - 86_400n, TIME, TIME + 60n])
      expect(judgePrice(etherPrice(DOLLARS, updatedAt), TIME).price).toEqual({ answer: DOLLARS, updatedAt })
    for (const updatedAt of [TIME - 86_401n, TIME + 61n])
      expect(judgePrice(etherPrice(DOLLARS, updatedAt), TIME).price).toBeUndefined()
  })

  test('behavior: a price of another scale prices nothing', () => {
    for (const answer of [10n ** 8n, 10n ** 14n])
      expect(judgePrice(etherPrice(answer, TIME), TIME).price).toEqual({ answer, updatedAt: TIME })
    for (const answer of [10n ** 8n - 1n, 10n ** 14n + 1n, 3_000n * WAD, 2n ** 255n - 1n])
      expect(judgePrice(etherPrice(answer, TIME), TIME)).toMatchObject({
        price: undefined,
        why: 'The ETH/USD feed tells a price that cannot be.',
      })
  })

  test.each(bad)('behavior: a feed that %s gives no price, says why and keeps its answer', (_, given) => {
    expect(judgePrice(given, TIME)).toEqual({ price: undefined, ...WHY, outcome: given })
  })

  test('behavior: the reason tells old from new', () => {
    expect(judgePrice(roundOf(PRICE, TIME - 86_401n), TIME).why).toContain('24 h')
    expect(judgePrice(roundOf(PRICE, TIME + 61n), TIME).why).toContain('future')
    expect(judgePrice(raw('0x'), TIME).why).toBe('The ETH/USD feed did not answer at this block.')
  })
})

describe('judgeMarket', () => {
  test.each([
    [18n, PRICE],
    [8n, 100_200_000n],
    [0n, 1n],
    [36n, PRICE * WAD],
  ])('default: %s decimals', (places, answer) => {
    const price = places === 0n ? WAD : PRICE
    expect(judgeMarket(roundOf(answer), decimalsOf(places), TIME)).toEqual({
      value: { price, updatedAt: TIME - 600n },
    })
  })

  test('behavior: an answer is scaled to 18 decimals exactly, or rounded down where it has more', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 40n }),
        fc.bigInt({ min: 0n, max: 36n }),
        (answer, places) => {
          const judged = judgeMarket(roundOf(answer), decimalsOf(places), TIME)
          const exact = answer * WAD
          const scale = 10n ** places
          const price = 'value' in judged ? judged.value.price : 0n
          expect(price * scale <= exact && (price + 1n) * scale > exact).toBe(true)
          expect('why' in judged).toBe(exact < scale)
        },
      ),
    )
  })

  test.each<[string, Outcome]>([
    ['refuses them', outcome(readDecimals(FEED), '0x', false)],
    ['refuses them with a word', outcome(readDecimals(FEED), words(18n), false)],
    ['answers nothing', outcome(readDecimals(FEED), '0x')],
    ['answers 31 bytes', outcome(readDecimals(FEED), words(18n).slice(0, -2) as Hex)],
    ['answers two words', outcome(readDecimals(FEED), words(18n, 18n))],
    ['has 37 of them', decimalsOf(37n)],
    ['has 255 of them', decimalsOf(255n)],
    ['has more than can be', decimalsOf(2n ** 256n - 1n)],
  ])('behavior: without decimals an answer has no scale: a feed that %s gives no price', (_, decimals) => {
    // So large that it would be a price at any scale that is tried.
    for (const answer of [PRICE, 10n ** 75n])
      expect(judgeMarket(roundOf(answer), decimals, TIME)).toEqual({
        why: expect.stringMatching(/^The feed .*decimals.*\.$/),
      })
  })

  test.each(bad)('behavior: a feed that %s gives no price and says why', (_, given) => {
    expect(judgeMarket(given, decimalsOf(18n), TIME)).toEqual(WHY)
  })

  test('behavior: a price that is 0 in 18 decimals is none', () => {
    expect(judgeMarket(roundOf(10n ** 18n - 1n), decimalsOf(36n), TIME)).toEqual(WHY)
    expect(judgeMarket(roundOf(10n ** 18n), decimalsOf(36n), TIME)).toEqual({
      value: { price: 1n, updatedAt: TIME - 600n },
    })
  })

  test('behavior: the heartbeat is 24 h to the second', () => {
    const at = (updatedAt: bigint) => judgeMarket(roundOf(PRICE, updatedAt), decimalsOf(18n), TIME)
    expect(at(TIME - 86_400n)).toHaveProperty('value.price', PRICE)
    expect(at(TIME - 86_401n)).toHaveProperty('why', expect.stringContaining('24 h'))
    expect(at(TIME + 60n)).toHaveProperty('value.updatedAt', TIME + 60n)
    expect(at(TIME + 61n)).toHaveProperty('why', expect.stringContaining('future'))
  })
})
