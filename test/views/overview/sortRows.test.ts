import { describe, expect, test } from 'vitest'
import { DAY, WAD } from '../../../src/math/fixedPoint.ts'
import { ankr } from '../../../src/pools/ankr.ts'
import { tokenPools } from '../../../src/pools/index.ts'
import { rocketPool } from '../../../src/pools/rocketPool.ts'
import { type SortKey, sortRows } from '../../../src/views/overview/sortRows.ts'
import type { TableRow } from '../../../src/views/overview/tableRows.ts'
import { readFigures, thirtyDays } from '../support/figures.ts'
import { createWorld } from '../support/world.ts'

const ids = (rows: readonly TableRow[]): string[] => rows.map(({ pool }) => pool.id)

/** A value for each row in a known order: the later in the list of pools, the larger. */
const GIVE: Readonly<
  Record<Exclude<SortKey, 'name'>, (row: TableRow, value: bigint | undefined) => TableRow>
> = {
  rate: (row, value) => withReading(row, value === undefined ? undefined : { rate: value }),
  supply: (row, value) => withReading(row, value === undefined ? undefined : { pooled: value }),
  yield: (row, value) => ({
    ...row,
    result: value === undefined ? { why: 'oneRate' } : thirtyDays({ apy: value }),
  }),
  change: (row, value) => ({
    ...row,
    change:
      value === undefined || 'why' in row.change
        ? { why: 'Nobody knows.' }
        : { value: { ...row.change.value, fraction: value } },
  }),
  share: (row, value) => ({ ...row, share: value === undefined ? { why: 'Nobody knows.' } : { value } }),
  fee: (row, value) => withFacts(row, { fee: told(value) }),
  premium: (row, value) =>
    withFacts(row, { premium: told(value === undefined ? undefined : { fraction: value, isNoise: false }) }),
  age: (row, value) => ({
    ...row,
    report:
      value === undefined
        ? { kind: 'unknown', why: 'Nobody knows.' }
        : { kind: 'age', age: { least: 0n, most: value }, isLate: false, isTold: true },
  }),
}

const told = <Value>(value: Value | undefined) =>
  value === undefined ? { why: 'Nobody knows.', outcomes: [] } : { value, outcomes: [] }

const withFacts = (row: TableRow, facts: Partial<TableRow['live']['facts']>): TableRow => ({
  ...row,
  live: { ...row.live, facts: { ...row.live.facts, ...facts } },
})

const withReading = (row: TableRow, change: { rate?: bigint; pooled?: bigint } | undefined): TableRow => ({
  ...row,
  live: {
    ...row.live,
    reading:
      change === undefined
        ? { state: 'unknown', why: 'Nobody knows.' }
        : { state: 'known', rate: WAD, supply: WAD, pooled: WAD, ...change },
  },
})

const KEYS = Object.keys(GIVE) as (keyof typeof GIVE)[]

describe('sortRows', () => {
  test.each(KEYS)('default: by %s both ways, what is not known at the end of either', async key => {
    const { rows } = await readFigures(createWorld())
    // Up to 17 rows, each of another value.
    const order = rows.map((_, index) => BigInt((index * 5) % 17) - 8n)
    const given = rows.map((row, index) => GIVE[key](row, index % 4 === 1 ? undefined : order[index]))
    const unknown = ids(rows.filter((_, index) => index % 4 === 1))
    const known = rows
      .flatMap((row, index) => (index % 4 === 1 ? [] : [{ id: row.pool.id, value: Number(order[index]) }]))
      .sort((one, other) => one.value - other.value)
      .map(({ id }) => id)
    expect(ids(sortRows(given, { key, descending: false }, 'apy'))).toEqual([...known, ...unknown])
    expect(ids(sortRows(given, { key, descending: true }, 'apy'))).toEqual([
      ...known.toReversed(),
      ...unknown,
    ])
  })

  test('default: names in the order of the alphabet, whatever their case', async () => {
    const { rows } = await readFigures(createWorld())
    const names = tokenPools.map(({ name }) => name.toLowerCase()).sort()
    const sorted = sortRows(rows, { key: 'name', descending: false }, 'apy')
    expect(sorted.map(({ pool }) => pool.name.toLowerCase())).toEqual(names)
    expect(names.indexOf('ether.fi')).toBeLessThan(names.indexOf('lido'))
  })

  test('behavior: a stream that has ended is as old as its end, and every block is the newest', async () => {
    const { rows } = await readFigures(createWorld())
    const [one, two, three] = rows
    if (one === undefined || two === undefined || three === undefined) throw new Error('too few rows')
    const given: TableRow[] = [
      { ...one, report: { kind: 'flat', isTold: true, since: 2n * DAY } },
      { ...two, report: { kind: 'always' } },
      GIVE.age(three, DAY),
    ]
    expect(ids(sortRows(given, { key: 'age', descending: true }, 'apy'))).toEqual(
      ids([one, three, two] as TableRow[]),
    )
  })

  test('behavior: the measure on the screen is the one that sorts', async () => {
    const { rows } = await readFigures(createWorld())
    const [one, other] = rows
    if (one === undefined || other === undefined) throw new Error('too few rows')
    const crossed = [
      { ...one, result: thirtyDays({ apr: 1n, apy: 4n }) },
      { ...other, result: thirtyDays({ apr: 2n, apy: 3n }) },
    ]
    const by = (measure: 'apr' | 'apy') => ids(sortRows(crossed, { key: 'yield', descending: true }, measure))
    expect([by('apr')[0], by('apy')[0]]).toEqual([ankr.id, rocketPool.id])
  })

  test('behavior: bigints are compared as such, beyond what a double can tell apart', async () => {
    const { rows } = await readFigures(createWorld())
    const big = rows.map((row, index) => {
      if ('why' in row.change) throw new Error('no change of supply')
      const value = { ...row.change.value, fraction: 10n ** 20n + BigInt((index * 2) % 3) }
      return { ...row, change: { value } }
    })
    const sorted = ids(sortRows(big.slice(0, 3), { key: 'change', descending: false }, 'apy'))
    expect(sorted).toEqual(['rocket-pool', 'lido', 'ankr'])
  })
})
