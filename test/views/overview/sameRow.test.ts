import { beforeAll, describe, expect, test } from 'vitest'
import { WAD } from '../../../src/math/fixedPoint.ts'
import type { Live } from '../../../src/queries/live.ts'
import { past } from '../../../src/views/overview/past.ts'
import { isLate, isSameRow, type RowProps } from '../../../src/views/overview/sameRow.ts'
import type { TableRow } from '../../../src/views/overview/tableRows.ts'
import { readFigures, rowOf } from '../support/figures.ts'
import { createWorld } from '../support/world.ts'

const seen: { props?: RowProps; row?: TableRow; live?: Live } = {}
beforeAll(async () => {
  const { live, rows } = await readFigures(createWorld())
  const row = rowOf(rows, 'rocket-pool')
  const newest = () => live
  Object.assign(seen, { live, row, props: { row, live, past, measure: 'apy', scale: [0, 4], newest } })
})
const props = (): RowProps => seen.props ?? expect.unreachable('nothing was read')
const row = (): TableRow => seen.row ?? expect.unreachable('nothing was read')
const live = (): Live => seen.live ?? expect.unreachable('nothing was read')

/** The same, made anew: equal, and not the same object. */
const copy = <Value extends object>(value: Value): Value => ({ ...value })
const withRow = (part: Partial<TableRow>): RowProps => ({ ...props(), row: { ...row(), ...part } })

describe('isSameRow', () => {
  test('default: another block that says the same', () => {
    const other = withRow({
      result: copy(row().result),
      spark: [...row().spark],
      change: copy(row().change),
      series: copy(row().series),
    })
    expect(isSameRow(props(), { ...other, live: { ...live(), block: live().block + 1n } })).toBe(true)
  })

  test('behavior: the share and the age of the report are drawn by themselves', () => {
    expect(isSameRow(props(), withRow({ share: { value: WAD / 3n } }))).toBe(true)
    const age = { least: 90n, most: 90n }
    expect(isSameRow(props(), withRow({ report: { kind: 'age', age, isLate: false, isTold: true } }))).toBe(
      true,
    )
  })

  test.each<[string, () => RowProps]>([
    ['pool', () => withRow({ live: copy(row().live) })],
    ['yield', () => withRow({ result: { why: 'noRate' } })],
    ['band', () => withRow({ band: { low: 0n, high: WAD } })],
    ['spread', () => withRow({ spread: { median: 1n, low: 0n, high: 2n } as TableRow['spread'] })],
    ['line', () => withRow({ spark: row().spark.slice(1) })],
    ['change of supply', () => withRow({ change: { why: 'Nobody was there.' } })],
    ['lateness', () => withRow({ report: { kind: 'flat', since: 9n, isTold: true } })],
    ['price of ether', () => ({ ...props(), live: { ...live(), price: copy(live().price) } })],
    ['measure', () => ({ ...props(), measure: 'apr' })],
    ['scale', () => ({ ...props(), scale: [0, 4.5] })],
    ['way to work out the past', () => ({ ...props(), past: undefined })],
    ['way to the newest reading', () => ({ ...props(), newest: () => live() })],
    ['visit', () => ({ ...props(), live: { ...live(), isRecalled: true } })],
  ])('behavior: another %s', (_, other) => {
    expect(isSameRow(props(), props())).toBe(true)
    expect(isSameRow(props(), other())).toBe(false)
    expect(isSameRow(other(), props())).toBe(false)
  })

  test('behavior: what an earlier visit read is drawn with its own age', () => {
    const recalled: Live = { ...live(), isRecalled: true }
    expect(isSameRow({ ...props(), live: recalled }, { ...props(), live: copy(recalled) })).toBe(false)
    expect(isSameRow({ ...props(), live: recalled }, { ...props(), live: recalled })).toBe(true)
  })
})

describe('isLate', () => {
  test('default: only what is known to be late', () => {
    expect(isLate(props())).toBe(false)
    expect(isLate(withRow({ report: { kind: 'flat', since: 9n, isTold: true } }))).toBe(true)
    expect(isLate({ row: { pool: row().pool, live: row().live }, past: undefined })).toBe(false)
  })
})
