import { DAY, type Seconds, WAD } from '../../../src/math/fixedPoint.ts'
import type { Sample } from '../../../src/math/sample.ts'
import type { RatePoint } from '../../../src/math/series.ts'
import { rollingStarts } from '../../../src/math/window.ts'
import { poolKey, type TokenPool } from '../../../src/pools/definePool.ts'
import type { PoolSeries } from '../../../src/views/overview/poolFigures.ts'
import { parseViewState, type ViewState } from '../../../src/views/state/viewState.ts'

/** Midnight of 1 July 2026, UTC. */
export const JULY: Seconds = 1_782_864_000n

/** Thousandths of a percent over 1: `rate(30n)` is 1.0003. */
export const rate = (steps: bigint): bigint => WAD + (steps * WAD) / 100_000n

/** The report of a day: measured at its midnight, landed two hours later, in the block of that number. */
export const reported = (day: bigint, value: bigint): RatePoint => ({
  measuredAt: JULY + day * DAY,
  notBefore: JULY + day * DAY,
  landedAt: JULY + day * DAY + 7_200n,
  block: 1_000n + day,
  rate: value,
  evidence: 'report',
  report: {
    rate: value,
    measured: { kind: 'time', time: JULY + day * DAY },
    log: {
      block: 1_000n + day,
      index: 3n,
      address: '0x6cc65bf618f55ce2433f9d8d827fc44117d81399',
      topics: ['0xdd27295717c4fbd48b1840f846e18be6f0b7bd6b55608e697e53b15848cecdf9'],
      data: '0x',
      transaction: `0x${'ab'.repeat(32)}`,
      operator: 'Log keeper',
    },
  },
})

/** A change that the sample of a day shows, up to a day after it happened. */
export const sampled = (day: bigint, value: bigint, isFirst = false): RatePoint => ({
  measuredAt: JULY + day * DAY,
  notBefore: isFirst ? undefined : JULY + (day - 1n) * DAY,
  landedAt: JULY + day * DAY,
  block: 1_000n + day,
  rate: value,
  evidence: 'sample',
})

/** A sample of a rate that moves with every block: exact at its own time. */
export const moving = (day: bigint, value: bigint): RatePoint => ({
  ...sampled(day, value),
  notBefore: JULY + day * DAY,
})

/** What a pool had, with a rolling window of so many days. */
export function seriesFrom(pool: TokenPool, points: readonly RatePoint[], days = 7n): PoolSeries {
  const window = days * DAY
  return {
    pool,
    points,
    starts: rollingStarts(points, window, window / 2n),
    operators: new Map(points.map(({ block }) => [block, 'Test node'])),
    contradictions: [],
    gaps: [],
  }
}

type Told = { readonly rate: bigint; readonly supply: bigint; readonly market?: bigint }

/** Samples a day apart; a pool that is `unknown` or `notYet` at one says nothing there. */
export const samplesFrom = (
  pool: TokenPool,
  told: readonly (Told | 'unknown' | 'notYet')[],
): readonly Sample[] =>
  told.map((one, day) => ({
    block: 1_000n + BigInt(day),
    time: JULY + BigInt(day) * DAY,
    operator: 'Test node',
    readings: {
      [poolKey(pool)]:
        one === 'unknown'
          ? { state: 'unknown', why: 'it reverted' }
          : one === 'notYet'
            ? { state: 'notYet' }
            : {
                state: 'known',
                rate: one.rate,
                supply: one.supply,
                pooled: (one.supply * one.rate) / WAD,
                ...(one.market === undefined ? {} : { market: one.market }),
              },
    },
  }))

export const viewOf = (change: Partial<ViewState> = {}): ViewState => ({
  ...parseViewState(new URLSearchParams()),
  ...change,
})

/** Days after the first of July as a chart counts them. */
export const dayAt = (day: number): number => Number(JULY) + day * 86_400
