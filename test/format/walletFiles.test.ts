import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { UnknownAsset } from '../../src/format/walletEvents.ts'
import { walletCsv, walletJson } from '../../src/format/walletFiles.ts'
import { WAD } from '../../src/math/fixedPoint.ts'
import { type LotMethod, lotsOf } from '../../src/math/lots.ts'
import { parseCsv } from '../support/parseCsv.ts'
import { ASSETS, assetNamed, inputOf, pastOf } from '../support/walletPasts.ts'
import { percentOf, SALE, type World, worlds } from '../support/walletWorld.ts'

const ETH = WAD

type Record = Readonly<{ [heading: string]: string }>

function recordsOf(text: string): Record[] {
  const [header = [], ...rows] = parseCsv(text)
  return rows.map(row => {
    expect(row).toHaveLength(header.length)
    return Object.fromEntries(header.map((heading, place) => [heading, row[place] ?? '']))
  })
}

/** Read an exact decimal with as many places as are left of `decimals`. */
function scaled(text: string, decimals: number): bigint {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? []
  expect(whole, text).not.toBe('')
  const size = BigInt(whole + fraction.padEnd(decimals, '0'))
  return sign === '-' ? -size : size
}

const sumOf = (records: readonly Record[], heading: string, decimals: number): bigint =>
  records.reduce((sum, record) => sum + (record[heading] ? scaled(record[heading], decimals) : 0n), 0n)

describe('walletCsv', () => {
  test('default', () => {
    const records = recordsOf(walletCsv(inputOf(pastOf({ rETH: SALE }))))
    const reth = assetNamed('rETH')
    expect(records.map(({ kind, amount }) => [kind, amount])).toEqual([
      ['acquisition', '2'],
      ['acquisition', '2'],
      ['disposal', '3'],
    ])
    expect(records[2]).toEqual({
      kind: 'disposal',
      token: 'rETH',
      contract: reth.token,
      'chain id': '1',
      'block from': '2',
      'block to': '3',
      'time from': '2020-09-13T12:27:16Z',
      'time to': '2020-09-13T12:27:16Z',
      transaction: `0x${'ab'.repeat(32)}`,
      counterpart: '0xother',
      amount: '3',
      'unit of amount': 'rETH',
      rate: '1.2',
      'rate at least': '1.2',
      'rate at most': '1.2',
      'unit of value': 'ETH',
      'value (ETH)': '3.6',
      'price (USD per ETH)': '2000.00000003',
      'value (USD)': '7200.000000108',
      method: 'fifo',
      'cost (ETH)': '3.1',
      'cost (USD)': '6200.000000042',
      'gain (ETH)': '0.5',
      'gain (USD)': '1000.000000066',
      'still held': '',
      'cost of still held (ETH)': '',
      'cost of still held (USD)': '',
      exact: 'yes',
    })
    expect(records.map(record => record['still held'])).toEqual(['0', '1', ''])
    expect(records[1]).toMatchObject({ 'cost of still held (ETH)': '1.1', 'gain (ETH)': '' })
  })

  test('behavior: average cost', () => {
    const records = recordsOf(walletCsv(inputOf(pastOf({ rETH: SALE }), 'average')))
    expect(records[2]).toMatchObject({ method: 'average', 'cost (ETH)': '3.15', 'gain (ETH)': '0.45' })
  })

  test('behavior: what was there at first is an opening at the first block that was read', () => {
    const past = pastOf({ rETH: SALE })
    const [course] = past.courses
    if (course === undefined) return expect.unreachable()
    const late = { ...course, marks: course.marks.slice(2), moves: [] }
    const [opening] = recordsOf(walletCsv(inputOf({ ...past, courses: [late] })))
    expect(opening).toMatchObject({
      ...{ kind: 'opening', 'block from': '2', 'block to': '2', transaction: '', counterpart: '' },
      ...{ amount: '4', 'value (ETH)': '4.4', exact: 'yes' },
    })
  })

  test('behavior: without logs the blocks and rates between which it was, and that it is not exact', () => {
    const past = pastOf({ rETH: SALE }, { way: 'grid', every: 3 })
    const [only] = recordsOf(walletCsv(inputOf(past)))
    expect(only).toMatchObject({
      ...{ kind: 'acquisition', 'block from': '0', 'block to': '3', amount: '1', exact: 'no' },
      ...{ 'rate at least': '1', rate: '1.1', 'rate at most': '1.2', transaction: '' },
    })
    expect(only?.['time from']).not.toBe(only?.['time to'])
  })

  test('behavior: what rests on the cost of what is not exact is not exact', () => {
    const world: World = [
      [{ move: 2n * ETH }],
      [{ rate: percentOf(110n) }],
      [{ move: -ETH }],
      [{ move: ETH }],
    ]
    const whole = pastOf({ rETH: world })
    const courses = whole.courses.map(course => ({
      ...course,
      moves: course.moves.map((move, place) =>
        place === 0 ? { ...move, rate: { low: WAD, high: percentOf(110n) } } : move,
      ),
    }))
    const exact = (method: LotMethod) =>
      recordsOf(walletCsv(inputOf({ ...whole, courses }, method))).map(
        ({ kind, exact: is }) => `${kind} ${is}`,
      )
    expect(exact('fifo')).toEqual(['acquisition no', 'disposal no', 'acquisition yes'])
    expect(exact('average')).toEqual(['acquisition no', 'disposal no', 'acquisition no'])
    const [own] = JSON.parse(walletJson(inputOf({ ...whole, courses }))).assets
    const told = [...own.lots, ...own.disposals] as { isExact: boolean; isCostExact: boolean }[]
    expect(told.map(({ isExact, isCostExact }) => [isExact, isCostExact])).toEqual([
      [false, false],
      [true, true],
      [false, false],
    ])
  })

  test('behavior: rebasing tokens count shares, and what counts frxETH says so', () => {
    const records = recordsOf(walletCsv(inputOf(pastOf({ stETH: SALE, sfrxETH: SALE }))))
    const units = (token: string) =>
      records.find(record => record['token'] === token && record['kind'] === 'disposal')
    expect(units('stETH')).toMatchObject({ 'unit of amount': 'shares of stETH', 'unit of value': 'ETH' })
    expect(units('sfrxETH')).toMatchObject({
      'unit of amount': 'sfrxETH',
      'unit of value': 'frxETH counted as ETH',
    })
  })

  test('behavior: tokens stand in the order of the blocks', () => {
    const records = recordsOf(walletCsv(inputOf(pastOf({ rETH: SALE, stETH: [[], ...SALE] }))))
    expect(records.map(record => `${record['block to']} ${record['token']}`)).toEqual([
      '1 rETH',
      '2 stETH',
      '2 rETH',
      '3 rETH',
      '3 stETH',
      '4 stETH',
    ])
  })

  test('behavior: where the price is not known dollars are empty, ether is not', () => {
    const past = pastOf({ rETH: SALE })
    const courses = past.courses.map(course => ({
      ...course,
      moves: course.moves.map((move, place) => (place === 0 ? { ...move, price: undefined } : move)),
    }))
    const records = recordsOf(walletCsv(inputOf({ ...past, courses })))
    const dollars = ['price (USD per ETH)', 'value (USD)', 'cost of still held (USD)']
    expect(dollars.map(heading => records[0]?.[heading])).toEqual(['', '', ''])
    expect(records[2]).toMatchObject({ 'cost (USD)': '', 'gain (USD)': '', 'gain (ETH)': '0.5' })
    expect(records[2]?.['value (USD)']).not.toBe('')
  })

  test('behavior: a text that begins a formula is made text', () => {
    const past = pastOf({ rETH: SALE })
    const courses = past.courses.map(course => ({
      ...course,
      moves: course.moves.map(move => ({
        ...move,
        ...(move.log === undefined ? {} : { log: { ...move.log, counterpart: '=HYPERLINK("x")' } }),
      })),
    }))
    const assets = ASSETS.map(asset => ({ ...asset, symbol: `@${asset.symbol}`, unit: '-1+1' }))
    const records = recordsOf(walletCsv({ ...inputOf({ ...past, courses }), assets }))
    expect(records[0]).toMatchObject({
      counterpart: `'=HYPERLINK("x")`,
      token: `'@rETH`,
      'unit of amount': `'@rETH`,
      'unit of value': `'-1+1 counted as ETH`,
    })
  })

  test('behavior: a loss keeps its minus as a number', () => {
    const falling: World = [[{ move: ETH }], [{ rate: percentOf(90n) }, { move: -ETH }]]
    const [, sold] = recordsOf(walletCsv(inputOf(pastOf({ rETH: falling }))))
    expect(sold?.['gain (ETH)']).toBe('-0.1')
  })

  test.each(['fifo', 'average'] as const)(
    'behavior: by %s its sums are those of the lots, to the last digit, whatever happened',
    method => {
      const told = fc.record({ way: fc.constantFrom('logs', 'grid'), every: fc.integer({ min: 1, max: 4 }) })
      fc.assert(
        fc.property(worlds, worlds, told, (one, other, how) => {
          const past = pastOf({ rETH: one, stETH: other }, how)
          const records = recordsOf(walletCsv(inputOf(past, method)))
          for (const [place, token] of ['rETH', 'stETH'].entries()) {
            const course = past.courses[place]
            if (course === undefined) throw new TypeError('No course.')
            const lots = lotsOf(course, method)
            const own = records.filter(record => record['token'] === token)
            expect(own).toHaveLength(lots.lots.length + lots.disposals.length)
            expect(sumOf(own, 'gain (ETH)', 36)).toBe(lots.realised.ether)
            expect(sumOf(own, 'gain (USD)', 44)).toBe(lots.realised.dollars)
            expect(sumOf(own, 'cost of still held (ETH)', 36)).toBe(lots.cost.ether)
            expect(sumOf(own, 'cost of still held (USD)', 44)).toBe(lots.cost.dollars)
            expect(sumOf(own, 'still held', 18)).toBe(course.marks.at(-1)?.units)
            for (const { 'value (ETH)': value = '', amount = '', rate: at = '' } of own)
              expect(scaled(value, 36)).toBe(scaled(amount, 18) * scaled(at, 18))
          }
        }),
        { numRuns: 50 },
      )
    },
  )

  test('error: UnknownAsset', () => {
    const input = { ...inputOf(pastOf({ rETH: SALE })), assets: [assetNamed('stETH')] }
    expect(() => walletCsv(input)).toThrow(UnknownAsset)
    expect(() => walletJson(input)).toThrow(UnknownAsset)
  })
})
