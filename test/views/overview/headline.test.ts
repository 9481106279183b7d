import { describe, expect, test } from 'vitest'
import { DAY, WAD, type Wad } from '../../../src/math/fixedPoint.ts'
import type { YieldBand } from '../../../src/math/window.ts'
import type { TokenPool } from '../../../src/pools/definePool.ts'
import { dinero } from '../../../src/pools/dinero.ts'
import { etherFi } from '../../../src/pools/etherFi.ts'
import { lido } from '../../../src/pools/lido.ts'
import { rocketPool } from '../../../src/pools/rocketPool.ts'
import { stader } from '../../../src/pools/stader.ts'
import { headline } from '../../../src/views/overview/headline.ts'
import type { TableRow } from '../../../src/views/overview/tableRows.ts'
import { readFigures } from '../support/figures.ts'
import { createWorld } from '../support/world.ts'

const { live, rows: read } = await readFigures(createWorld())
const VIEW = { live, kind: 'all', window: '30d', measure: 'apy' } as const

/** Hundredths of a percent as a fraction. */
const points = (count: bigint): Wad => (count * WAD) / 10_000n

/** A pool that yielded so many hundredths of a percent, exact or to a doubt of some. */
function rowOf(pool: TokenPool, yielded: bigint, doubt: bigint | 'unknown' = 0n): TableRow {
  const row = read.find(own => own.pool === pool)
  if (row === undefined || 'why' in row.result) throw new Error('The world of this test has lost a pool.')
  const apy = points(yielded)
  const band: YieldBand | undefined =
    doubt === 'unknown' ? undefined : { low: apy - points(doubt), high: apy + points(doubt) }
  return { ...row, result: { ...row.result, apy, apr: apy / 2n }, band }
}

const lasting = (row: TableRow, days: bigint): TableRow => ({
  ...row,
  result: { ...row.result, span: days * DAY } as never,
})

const unknownRow = (pool: TokenPool): TableRow => ({ ...rowOf(pool, 1n), result: { why: 'noRate' } as never })

const told = (rows: readonly TableRow[], view: Partial<Parameters<typeof headline>[0]> = {}) => {
  const found = headline({ ...VIEW, rows, ...view })
  return { sentence: found?.sentence.replaceAll('\u00a0', ' '), doubt: found?.doubt }
}

describe('headline', () => {
  test('default: who has the highest yield, over which time, among how many, and Rocket Pool', () => {
    expect(told([rowOf(rocketPool, 229n), rowOf(lido, 279n), rowOf(stader, 273n)])).toEqual({
      sentence:
        'Over the last 30 days, Lido had the highest yield of 3 pools: 2.79 % a year. Lowest: Rocket Pool, 2.29 %.',
      doubt: '',
    })
  })

  test('behavior: Rocket Pool is the lowest only where that is sure', () => {
    const [own, above] = [rowOf(rocketPool, 229n, 10n), rowOf(lido, 279n)]
    expect(told([own, above, rowOf(stader, 239n)]).sentence).toMatch(/ Rocket Pool: 2\.29 %\.$/)
    expect(told([own, above, rowOf(stader, 240n)]).sentence).toMatch(/ Lowest: Rocket Pool, 2\.29 %\.$/)
    expect(told([own, above, rowOf(stader, 228n)]).sentence).toMatch(/ Rocket Pool: 2\.29 %\.$/)
    expect(told([own, above]).sentence).toMatch(/ Rocket Pool: 2\.29 %\.$/)
  })

  test('behavior: the highest is not named twice', () => {
    expect(told([rowOf(rocketPool, 289n), rowOf(lido, 279n)]).sentence).toBe(
      'Over the last 30 days, Rocket Pool had the highest yield of 2 pools: 2.89 % a year.',
    )
  })

  test('behavior: what is not counted in ether says so', () => {
    expect(told([rowOf(lido, 279n), rowOf(dinero, 335n)]).sentence).toMatch(
      /Dinero had the highest yield of 2 pools: 3\.35 % a year in pxETH\.$/,
    )
  })

  test('behavior: kind, window and measure that are chosen', () => {
    const view = { kind: 'exchange', window: '1y', measure: 'apr' } as const
    const rows = [rowOf(stader, 273n), rowOf(lido, 280n)].map(row => lasting(row, 365n))
    expect(told(rows, view).sentence).toBe(
      'Over the last year, Lido had the highest yield of 2 exchanges: 1.40 % a year.',
    )
  })

  test('behavior: two that are written alike lead together, and more are counted', () => {
    const [one, other] = [rowOf(lido, 280n), rowOf(stader, 280n)]
    expect(told([one, other, rowOf(etherFi, 200n)]).sentence).toMatch(
      /days, Lido and Stader had the highest yield of 3 pools: 2\.80 % a year\.$/,
    )
    expect(told([one, other, rowOf(etherFi, 280n), rowOf(dinero, 100n)]).sentence).toMatch(
      /days, 3 had the highest yield of 4 pools: 2\.80 % a year\.$/,
    )
  })

  test('behavior: where all are alike none is the highest', () => {
    const [one, other] = [rowOf(lido, 280n), rowOf(stader, 280n)]
    expect(told([one, other]).sentence).toBe('Over the last 30 days, both pools yielded 2.80 % a year.')
    expect(told([one, other, rowOf(etherFi, 280n)]).sentence).toBe(
      'Over the last 30 days, all 3 pools yielded 2.80 % a year.',
    )
  })

  test('behavior: where all lose, the smallest loss', () => {
    expect(told([rowOf(lido, -280n), rowOf(stader, -10n)]).sentence).toBe(
      'Over the last 30 days, Stader had the smallest loss of 2 pools: −0.10 % a year.',
    )
  })

  test('behavior: who may be ahead in truth is named, and more are counted', () => {
    const lead = rowOf(lido, 280n, 10n)
    const sure = told([lead, rowOf(stader, 269n)])
    expect(sure.sentence).toContain('Lido had the highest')
    expect(sure.doubt).toBe('')
    const close = told([lead, rowOf(stader, 270n)])
    expect(close.sentence).toContain('Lido seems to have had the highest yield of 2 pools')
    expect(close.doubt).toBe('Within the ±, Stader may have yielded as much.')
    expect(told([lead, rowOf(stader, 275n), rowOf(etherFi, 278n)]).doubt).toContain('2 others may')
  })

  test('behavior: a doubt that is not known is no certainty', () => {
    expect(told([rowOf(lido, 280n), rowOf(stader, 100n, 'unknown')]).sentence).toContain('seems to have had')
    expect(told([rowOf(lido, 280n, 'unknown'), rowOf(stader, 100n)]).sentence).toContain('seems to have had')
  })

  test('behavior: pools without a yield are not among those compared, and are counted apart', () => {
    const { sentence, doubt } = told([rowOf(lido, 280n), rowOf(stader, 100n), unknownRow(etherFi)])
    expect(sentence).toContain('of 2 pools')
    expect(doubt).toBe('The yield of 1 is not known.')
  })

  test('behavior: a yield of a life shorter than the window is left out, and named', () => {
    const view = { window: '1y' } as const
    const [year, young] = [lasting(rowOf(lido, 280n), 365n), lasting(rowOf(stader, 500n), 200n)]
    const { sentence, doubt } = told([year, young, lasting(rowOf(etherFi, 100n), 280n)], view)
    expect(sentence).toContain('Lido had the highest yield of 2 pools')
    expect(doubt).toBe('Left out, as its yield is of another time: Stader.')
    expect(told([year, lasting(rowOf(stader, 500n), 274n)], view).sentence).toContain('Stader had')
    expect(told([year, lasting(rowOf(stader, 500n), 457n)], view).doubt).toContain('Stader')
  })

  test('behavior: the yield of before a silence is left out', () => {
    const age = { least: 45n * DAY, most: 45n * DAY }
    const silent: TableRow = {
      ...rowOf(stader, 600n),
      report: { kind: 'age', age, isLate: true, isTold: true },
    }
    const { sentence, doubt } = told([rowOf(lido, 280n), rowOf(etherFi, 100n), silent])
    expect(sentence).toContain('Lido had the highest yield of 2 pools')
    expect(doubt).toBe('Left out, as its yield is of another time: Stader.')
    expect(headline({ ...VIEW, rows: [silent] })).toBeUndefined()
    const unheard = { ...silent, report: { kind: 'unknown', why: 'offline', wasLate: true } } as const
    expect(told([rowOf(lido, 280n), rowOf(etherFi, 100n), unheard]).sentence).toContain('Lido had')
    const well = { ...unheard, report: { ...unheard.report, wasLate: false } }
    expect(told([rowOf(lido, 280n), rowOf(etherFi, 100n), well]).sentence).toContain('Stader had')
  })

  test('behavior: nothing is said where nothing is known', () => {
    expect(headline({ ...VIEW, rows: [unknownRow(lido)] })).toBeUndefined()
    expect(headline({ ...VIEW, rows: [] })).toBeUndefined()
  })
})
