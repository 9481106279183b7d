import { describe, expect, test } from 'vitest'
import { tokenPools } from '../../../../src/pools/index.ts'
import { drawnLines, drawnPoints, pointBy, timeLines } from '../../../../src/views/wallet/past/overTime.ts'
import {
  DAYS,
  heldOf,
  holder,
  milli,
  pastOf,
  RETH,
  START,
  STETH,
  TRANSFERS,
  timeOf,
  unsureHolder,
} from './pastSupport.tsx'

const valuesOf = (past: ReturnType<typeof holder>, measure: Parameters<typeof timeLines>[2]) =>
  Object.fromEntries(
    timeLines(past, heldOf(past), measure).map(({ name, points }) => [
      name,
      points.map(({ value }) => value),
    ]),
  )

/** Beside rETH a thousand shares of stETH, of which one day nothing is known. */
const both = () =>
  pastOf(
    DAYS.map((day, place) => ({
      ...day,
      units: place === 2 ? day.units : { ...day.units, [STETH]: 1_000n },
      rates: { ...day.rates, [STETH]: 1_200n },
    })),
    { transfers: TRANSFERS },
  )

describe('timeLines', () => {
  test('default: what each moment’s holding was worth', () => {
    expect(valuesOf(holder(), 'ether')).toEqual({
      rETH: [0n, milli(11_000n), milli(11_100n), milli(6_660n), milli(6_780n)],
    })
  })

  test('behavior: in dollars of the same moment', () => {
    expect(valuesOf(holder(), 'dollars')['rETH']?.at(-1)).toBe(milli(6_780n) * 2_200n)
    const silent = pastOf(DAYS.map(({ units, rates }) => ({ units, rates })))
    expect(valuesOf(silent, 'dollars')['rETH']).toEqual([0n, undefined, undefined, undefined, undefined])
  })

  test('behavior: earned since the first moment, in the middle of what is possible', () => {
    expect(valuesOf(holder(), 'earned')['rETH']).toEqual([0n, 0n, milli(100n), milli(100n), milli(220n)])
    const [line] = timeLines(unsureHolder(), heldOf(unsureHolder()), 'earned')
    expect(line?.points.at(-1)).toMatchObject({
      value: milli(210n),
      between: { low: milli(120n) * 10n ** 18n, high: milli(300n) * 10n ** 18n },
    })
  })

  test('behavior: several tokens have a sum, which is not known where one of them is not', () => {
    expect(valuesOf(both(), 'ether')).toEqual({
      All: [milli(1_200n), milli(12_200n), undefined, milli(7_860n), milli(7_980n)],
      rETH: [0n, milli(11_000n), milli(11_100n), milli(6_660n), milli(6_780n)],
      stETH: [milli(1_200n), milli(1_200n), undefined, milli(1_200n), milli(1_200n)],
    })
  })

  test('behavior: it begins at the last moment before something was held', () => {
    const nothing = { units: { [RETH]: 0n }, rates: { [RETH]: 1_100n } }
    const past = pastOf([nothing, nothing, nothing, ...DAYS.slice(1)])
    const [line] = timeLines(past, heldOf(past), 'ether')
    expect(line?.points[0]).toMatchObject({ block: 2n, value: 0n })
  })
})

describe('drawnLines', () => {
  /** Some tokens: of the first one thousandth, of the next two, and so on; none on the day before. */
  const many = (count: number) => {
    const tokens = tokenPools.slice(0, count).map(({ token }) => token.address)
    const of = (held: boolean) =>
      Object.fromEntries(tokens.map((token, place) => [token, held ? BigInt(place + 1) : 0n]))
    const rates = Object.fromEntries(tokens.map(token => [token, 1_000n]))
    const past = pastOf([
      { units: of(false), rates },
      { units: of(true), rates },
    ])
    return timeLines(past, heldOf(past), 'ether')
  }

  test('default: few lines are drawn as they are', () => {
    expect(drawnLines(many(7))).toEqual(many(7))
  })

  test('behavior: of many the six largest are, with the others added up, and their sum is still that of all', () => {
    const drawn = drawnLines(many(10))
    expect(drawn.map(({ name }) => name)).toEqual([
      'All',
      ...tokenPools
        .slice(4, 10)
        .map(({ token }) => token.symbol)
        .toReversed(),
      '4 others',
    ])
    const last = drawn.map(({ points }) => points.at(-1)?.value ?? 0n)
    expect(last.at(-1)).toBe(milli(1n + 2n + 3n + 4n))
    expect(last.slice(1).reduce((sum, value) => sum + value, 0n)).toBe(last[0])
  })
})

test('default: points for drawing, with gaps', () => {
  const line = timeLines(both(), heldOf(both()), 'ether')[2]
  expect(line === undefined ? [] : drawnPoints(line).map(({ y }) => y)).toEqual([1.2, 1.2, null, 1.2, 1.2])
  expect(line === undefined ? undefined : drawnPoints(line)[0]?.x).toBe(Number(START))
})

test('default: the last point before a time', () => {
  const [line] = timeLines(holder(), heldOf(holder()), 'ether')
  const at = (time: bigint) => (line === undefined ? undefined : pointBy(line, Number(time))?.block)
  expect([at(timeOf(2n)), at(timeOf(3n) - 1n), at(START - 1n)]).toEqual([2n, 2n, undefined])
})
