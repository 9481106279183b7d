import { describe, expect, test } from 'vitest'
import { DAY, WAD } from '../../../src/math/fixedPoint.ts'
import { frax } from '../../../src/pools/frax.ts'
import { lido } from '../../../src/pools/lido.ts'
import { rocketPool } from '../../../src/pools/rocketPool.ts'
import { csvOf, jsonOf, type Points } from '../../../src/views/chart/exportPoints.ts'
import { dayAt, JULY, moving, rate, reported, sampled, samplesFrom, seriesFrom } from './pastSupport.ts'

const ROCKET = seriesFrom(
  rocketPool,
  Array.from({ length: 15 }, (_, day) => reported(BigInt(day), rate(8n * BigInt(day)))),
)
const FRAX = seriesFrom(frax, [moving(10n, WAD + 1n), moving(12n, WAD + 7n)])
const LIDO = seriesFrom(lido, [sampled(0n, WAD, true), sampled(12n, rate(50n))])

const pointsOf = (change: Partial<Points['drawn']> = {}, series = [ROCKET, LIDO, FRAX]): Points => ({
  series,
  drawn: { shown: 'rate', measure: 'apy', from: JULY + 10n * DAY, samples: [], ...change },
  extent: { from: dayAt(10), until: dayAt(13) },
  view: { window: '7d' },
  chain: 'embedded',
})

const fileOf = (points: Points) => JSON.parse(jsonOf(points))

describe('csvOf', () => {
  test('default: exact numbers, stairs held, what moves only where it was read', () => {
    expect(csvOf(pointsOf())).toBe(
      [
        'time,Rocket Pool (ETH per rETH),Lido (ETH per wstETH),Frax (frxETH per sfrxETH)',
        '2026-07-11T00:00:00.000Z,1.0008,1,1.000000000000000001',
        '2026-07-12T00:00:00.000Z,1.00088,1,',
        '2026-07-13T00:00:00.000Z,1.00096,1.0005,1.000000000000000007',
        '2026-07-14T00:00:00.000Z,1.00104,1.0005,',
        '',
      ].join('\n'),
    )
  })

  test('behavior: a yield that is not known is empty, in the unit of the header', () => {
    const [header, first, , third] = csvOf(
      pointsOf({ shown: 'yield', measure: 'apr' }, [LIDO, ROCKET]),
    ).split('\n')
    expect(header).toBe('time,Lido (APR in %),Rocket Pool (APR in %)')
    expect(first).toMatch(/^2026-07-11T00:00:00\.000Z,,2\.9\d{15}$/)
    expect(third).toMatch(/^2026-07-13T00:00:00\.000Z,,2\.9/)
  })

  test('behavior: an unknown value ends the one before it', () => {
    const known = { rate: WAD, supply: 3n * WAD }
    const samples = samplesFrom(lido, [known, 'unknown', known])
    const points = {
      ...pointsOf({ shown: 'supply', samples }, [LIDO]),
      extent: { from: dayAt(0), until: dayAt(2) },
    }
    expect(csvOf(points).split('\n').slice(1, 4)).toEqual([
      '2026-07-01T00:00:00.000Z,3',
      '2026-07-02T00:00:00.000Z,',
      '2026-07-03T00:00:00.000Z,3',
    ])
  })
})

test('behavior: time of which nothing is known ends the value before it, in both files', () => {
  const gaps = [{ from: JULY + 10n * DAY + 3_600n, until: JULY + 11n * DAY + 3_600n }]
  const points = pointsOf({}, [{ ...LIDO, gaps }])
  expect(csvOf(points).split('\n').slice(1, 5)).toEqual([
    '2026-07-11T00:00:00.000Z,1',
    '2026-07-11T01:00:00.000Z,',
    '2026-07-12T01:00:00.000Z,1',
    '2026-07-13T00:00:00.000Z,1.0005',
  ])
  const [pool] = fileOf(points).pools
  expect(pool.points.slice(1, 3)).toMatchObject([
    { time: '2026-07-11T01:00:00.000Z', value: null, why: 'The rate could not be read then.' },
    { time: '2026-07-12T01:00:00.000Z', value: '1', rates: [0] },
  ])
})

describe('jsonOf', () => {
  test('default: says what it is of, and that it is simulated', () => {
    const { pools: _, ...head } = fileOf(pointsOf({ shown: 'yield' }))
    expect(head).toEqual({
      schema: 'poolglass.history',
      version: 1,
      chain: 'embedded',
      isSimulated: true,
      shown: 'yield',
      measure: 'apy',
      window: '7d',
      from: '2026-07-11T00:00:00.000Z',
      until: '2026-07-14T00:00:00.000Z',
    })
    expect(fileOf({ ...pointsOf(), chain: 'mainnet' }).isSimulated).toBe(false)
  })

  test('behavior: a yield with both its rates, their blocks, calls and transactions', () => {
    const [{ points, rates, formula }] = fileOf(pointsOf({ shown: 'yield' }, [ROCKET])).pools
    const [first] = points
    expect(first).toEqual({
      time: '2026-07-11T00:00:00.000Z',
      value: expect.stringMatching(/^2\.9\d+$/),
      rates: [0, 1],
      spanSeconds: `${7n * DAY}`,
      changes: 7,
    })
    expect(formula).toContain('31536000')
    expect(rates[first.rates[1]]).toEqual({
      block: '1010',
      measuredAt: '2026-07-11T00:00:00.000Z',
      notBefore: '2026-07-11T00:00:00.000Z',
      landedAt: '2026-07-11T02:00:00.000Z',
      lagSeconds: null,
      rate: '1.0008',
      contract: rocketPool.token.address,
      callData: '0xe6aa216c',
      signature: 'getExchangeRate() view returns (uint256)',
      evidence: 'report',
      event: {
        transaction: `0x${'ab'.repeat(32)}`,
        logIndex: '3',
        contract: '0x6cc65bf618f55ce2433f9d8d827fc44117d81399',
        topics: [expect.stringMatching(/^0xdd27/)],
        data: '0x',
      },
      operator: 'Log keeper',
    })
    expect(rates[first.rates[0]].rate).toBe('1.00024')
    // Each rate stands there once, however many windows begin or end with it.
    expect(new Set(rates.map(({ block }: { block: string }) => block)).size).toBe(rates.length)
  })

  test('behavior: a sampled rate has its answer, whoever gave it, and its earliest moment', () => {
    const [{ points, rates }] = fileOf(pointsOf({}, [LIDO])).pools
    expect(points.map(({ value }: { value: string }) => value)).toEqual(['1', '1.0005'])
    expect(rates[0]).toMatchObject({ evidence: 'sample', notBefore: null, operator: 'Test node' })
    expect(rates[1]).toMatchObject({
      evidence: 'sample',
      notBefore: '2026-07-12T00:00:00.000Z',
      returnData: `0x${rate(50n).toString(16).padStart(64, '0')}`,
    })
    expect(rates[1]).not.toHaveProperty('event')
  })

  test('behavior: an unknown value is null with its reason, never 0', () => {
    const known = { rate: WAD, supply: 3n * WAD, market: WAD }
    const samples = samplesFrom(rocketPool, [known, 'unknown'])
    const points = {
      ...pointsOf({ shown: 'premium', samples }, [ROCKET]),
      extent: { from: dayAt(0), until: dayAt(2) },
    }
    const [{ points: values }] = fileOf(points).pools
    expect(values[0]).toEqual({
      time: '2026-07-01T00:00:00.000Z',
      value: '0',
      source: {
        block: '1000',
        evidence: 'sample',
        operator: 'Test node',
        calls: [
          expect.objectContaining({ contract: rocketPool.market.feed }),
          expect.objectContaining({ contract: rocketPool.market.feed }),
          expect.objectContaining({ contract: rocketPool.token.address, callData: '0xe6aa216c' }),
        ],
      },
      read: { rate: '1', supply: '3', pooled: '3', marketPrice: '1' },
    })
    expect(values[1]).toEqual({
      time: '2026-07-02T00:00:00.000Z',
      value: null,
      why: 'The market’s feed told no usable price then.',
    })
  })
})
