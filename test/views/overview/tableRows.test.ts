import { describe, expect, test } from 'vitest'
import { DAY, WAD } from '../../../src/math/fixedPoint.ts'
import { ankr } from '../../../src/pools/ankr.ts'
import { poolKey } from '../../../src/pools/definePool.ts'
import { tokenPools } from '../../../src/pools/index.ts'
import { rocketPool } from '../../../src/pools/rocketPool.ts'
import { supplyChange, yieldOf } from '../../../src/views/overview/poolFigures.ts'
import { commonScale, type TableRow, tableRows } from '../../../src/views/overview/tableRows.ts'
import { REPORTED_AGO } from '../support/facts.ts'
import { livePoolOf, readFigures, rowOf, seriesFrom, thirtyDays } from '../support/figures.ts'
import { createWorld, HEAD, NOW } from '../support/world.ts'

const ids = (rows: readonly TableRow[]): string[] => rows.map(({ pool }) => pool.id)

describe('tableRows', () => {
  test('default: yield, band, sparkline, change of supply and last report of each pool', async () => {
    const world = createWorld()
    // 396,000 tokens until 20 days ago, 400,000 since.
    world.record(rocketPool.supply, block => (block < HEAD - 20n ? 396_000n : 400_000n) * WAD)
    const { rows } = await readFigures(world, 'apr')
    const [first] = rows
    expect(ids(rows)).toEqual(tokenPools.map(({ id }) => id))
    // 1.1 → 1.103 in 30 days: 0.003 ÷ 1.1 × 365 ÷ 30
    expect(first?.result).toMatchObject({ span: 30n * DAY, steps: 30, apr: 33_181_818_181_818_181n })
    expect(first?.band).toBeDefined()
    // 400,000 × 1.103 against 396,000 × 1.1
    expect(first?.change).toMatchObject({
      value: { fraction: ((441_200n - 435_600n) * WAD) / 435_600n },
    })
    expect(first?.report).toEqual({
      kind: 'age',
      age: { least: REPORTED_AGO, most: REPORTED_AGO },
      isLate: false,
      isTold: true,
    })
    expect(first?.spark).toHaveLength(31)
  })

  test('behavior: of figures of an earlier visit nobody knows how old the last report is, nor whether one is late', async () => {
    const { live, history, series } = await readFigures(createWorld())
    const rows = tableRows({
      ...{ live: { ...live, isRecalled: true }, history, series },
      ...{ measure: 'apy', from: undefined },
    })
    for (const { report } of rows) expect(report).toMatchObject({ kind: 'unknown', why: expect.any(String) })
    const wasLate = (at: readonly TableRow[]) =>
      (rowOf(at, 'rocket-pool').report as { wasLate?: boolean }).wasLate
    expect(wasLate(rows)).toBe(false)
    const later = tableRows({
      ...{ live: { ...live, isRecalled: true, time: live.time + 10n * DAY }, history, series },
      ...{ measure: 'apy', from: undefined },
    })
    expect(wasLate(later)).toBe(true)
  })

  test('behavior: a rate that was never seen to change has no age and no yield', async () => {
    const world = createWorld()
    world.record(ankr.rate, WAD)
    const { rows } = await readFigures(world)
    expect(rowOf(rows, 'ankr')).toMatchObject({
      report: { kind: 'unknown' },
      result: { why: 'oneRate' },
      band: undefined,
    })
  })

  test('behavior: before any history is read, the rate of the head stands alone', async () => {
    const { live } = await readFigures(createWorld())
    const series = seriesFrom([ankr], { history: undefined, live, window: 30n * DAY })
    const rows = tableRows({
      live,
      history: undefined,
      series,
      measure: 'apy',
      from: undefined,
    })
    expect(ids(rows)).toEqual(['ankr'])
    expect(rows[0]).toMatchObject({
      result: { why: 'oneRate' },
      change: { why: expect.stringContaining('No sample') },
      report: { kind: 'unknown' },
    })
  })

  test('behavior: a sparkline has at most 60 points, the last one among them', async () => {
    const world = createWorld()
    const { live, history } = await readFigures(world)
    const series = seriesFrom([rocketPool], { history, live, window: DAY })
    const inputs = { live, history, series, measure: 'apr' as const, from: undefined }
    const [row] = tableRows(inputs)
    expect(history.samples.length).toBeGreaterThan(60)
    expect(row?.spark).toHaveLength(60)
    // A day's rise of 0.0001 from 1.1029, in percent a year.
    expect(row?.spark.at(-1)).toBeCloseTo((0.0001 / 1.1029) * 36_500, 6)
  })
})

describe('supplyChange', () => {
  test('default: a reason where no sample lies near 30 days ago, or what was there is not known', async () => {
    const { live, history } = await readFigures(createWorld())
    const own = livePoolOf(live, 'rocket-pool')
    const month = history.samples.filter(({ time }) => time === NOW - 30n * DAY)
    expect(month).toHaveLength(1)
    expect(supplyChange(own, month, live.time)).toMatchObject({
      value: { fraction: ((1_103n - 1_100n) * WAD) / 1_100n },
    })
    const why = expect.stringContaining('No sample from 30 days ago')
    const far = history.samples.filter(({ time }) => time > NOW - 28n * DAY)
    expect(supplyChange(own, far, live.time)).toEqual({ why })
    const unread = month.map(sample => ({ ...sample, readings: {} }))
    expect(supplyChange(own, unread, live.time)).toEqual({ why })
    const gone = { ...own, reading: { state: 'unknown', why: 'It is gone.' } as const }
    expect(supplyChange(gone, month, live.time)).toEqual({ why: 'The supply now is not known.' })
    // A sample beside the nearest serves where that one does not know this pool.
    const beside = history.samples.map(sample => (sample === month[0] ? { ...sample, readings: {} } : sample))
    expect(supplyChange(own, beside, live.time)).toHaveProperty('value')
    const empty = month.map(sample => ({
      ...sample,
      readings: { [poolKey(rocketPool)]: { state: 'known', rate: WAD, supply: 0n, pooled: 0n } as const },
    }))
    expect(supplyChange(own, empty, live.time)).toEqual({ why: 'The pool was empty 30 days ago.' })
  })
})

describe('seriesOf', () => {
  test('default: a start half a window off is too far, as long as samples are not further apart', async () => {
    const { live, history } = await readFigures(createWorld())
    const yieldAfter = (samples: typeof history.samples, isComplete: boolean) => {
      const read = { ...history, samples, isComplete }
      const [own] = seriesFrom([rocketPool], { history: read, live, window: 30n * DAY })
      return own === undefined ? undefined : yieldOf(own)
    }
    const since = (days: bigint) => history.samples.filter(({ time }) => time >= NOW - days * DAY)
    expect(yieldAfter(since(16n), true)).toMatchObject({ span: 16n * DAY })
    expect(yieldAfter(since(14n), true)).toEqual({ why: 'historyTooShort' })
    // While samples still come in, those that are there may lie far apart.
    const coarse = history.samples.filter(({ time }) => time < NOW - 70n * DAY)
    expect(yieldAfter(coarse, false)).toMatchObject({ span: 71n * DAY })
    expect(yieldAfter(coarse, true)).toEqual({ why: 'historyTooShort' })
  })
})

describe('commonScale', () => {
  const band = { low: 12n * 10n ** 15n, high: 41n * 10n ** 15n }

  test('default: whole half percents around all bands', async () => {
    const { rows } = await readFigures(createWorld())
    const [row] = rows
    if (row === undefined) throw new Error('no row')
    expect(commonScale([{ ...row, result: thirtyDays(), band }], 'apy')).toEqual([1, 4.5])
    expect(commonScale([{ ...row, result: thirtyDays(), band: undefined }], 'apy')).toEqual([3.5, 4])
    const fall = thirtyDays({ apy: -12n * 10n ** 15n })
    expect(commonScale([{ ...row, result: fall, band: undefined }], 'apy')).toEqual([-1.5, -1])
  })

  test('behavior: a scale has an extent even where nothing is known or all is 0', async () => {
    const { rows } = await readFigures(createWorld())
    const [row] = rows
    if (row === undefined) throw new Error('no row')
    expect(commonScale([], 'apy')).toEqual([0, 1])
    const still = { ...row, result: thirtyDays({ apy: 0n }), band: undefined }
    expect(commonScale([still], 'apy')).toEqual([0, 1])
    const round = { ...row, result: thirtyDays({ apy: 30n * 10n ** 15n }), band: undefined }
    const [low, high] = commonScale([round], 'apy')
    expect(low).toBeLessThan(high)
  })
})
