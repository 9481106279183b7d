import { describe, expect, test } from 'vitest'
import { type LiveWeight, MOST_BYTES, MOST_GAS } from '../../../src/cli/bench/liveWeight.ts'
import { type BenchResult, benchText, brokenBudgets, type Measure } from '../../../src/cli/bench/report.ts'

const measure = (name: string, requests: number, ethCalls: number, samples?: number): Measure => ({
  name,
  requests,
  ethCalls,
  otherCalls: 0,
  bytesIn: 1_000,
  milliseconds: 10,
  ...(samples === undefined ? {} : { samples }),
})

const weight: LiveWeight = { innerCalls: 60, gas: MOST_GAS, bytesOut: 12_000, bytesIn: MOST_BYTES }

const good: BenchResult = {
  live: measure('live', 1, 1),
  coldYear: measure('cold', 368, 366, 366),
  secondVisit: measure('second', 4, 2, 366),
  shorterRange: measure('shorter', 90, 90, 90),
  reports: measure('reports', 5, 0, 800),
  wallet: measure('wallet', 1, 1),
  weight,
  series: { points: 27_375, drawn: 20, exact: 200, plain: 2_000 },
  plainLive: measure('plain live', 9, 8),
  plainYear: measure('plain year', 2_944, 2_576, 366),
}

describe('brokenBudgets', () => {
  test('default', () => {
    expect(brokenBudgets(good)).toEqual([])
  })

  test.each<[string, Partial<BenchResult>]>([
    ['live requests', { live: measure('', 2, 1) }],
    ['live calls', { live: measure('', 1, 2) }],
    ['gas of the live call', { weight: { ...weight, gas: MOST_GAS + 1n } }],
    ['bytes of the live call', { weight: { ...weight, bytesIn: MOST_BYTES + 1 } }],
    ['cold calls', { coldYear: measure('', 1, 367, 366) }],
    ['cold samples', { coldYear: measure('', 1, 100, 100) }],
    ['second calls', { secondVisit: measure('', 1, 3, 366) }],
    ['requests for reports', { reports: measure('', 9, 0, 800) }],
    ['reports', { reports: measure('', 5, 0, 700) }],
    ['time of the series', { series: { points: 27_375, drawn: 50, exact: 200, plain: 2_000 } }],
    ['second samples', { secondVisit: measure('', 1, 1, 1) }],
  ])('behavior: %s over or under the budget are named', (_, change) => {
    expect(brokenBudgets({ ...good, ...change })).toHaveLength(1)
  })
})

test('default: benchText', () => {
  const text = benchText(good)
  expect(text.split('\n').filter(line => /\d+ +1\.0 +10$/.test(line))).toHaveLength(8)
  expect(text).toContain(
    'five years, 27375 points: 20.0 ms (budget 50); exactly 10.0 times that, seeking each start anew 100 times.',
  )
  expect(text).toContain(
    `The live call: 60 inner calls, ${MOST_GAS} gas (budget ${MOST_GAS}), 12000 bytes out, ${MOST_BYTES} bytes in`,
  )
  expect(text).toContain('Live: the plain way takes 9.0 times the requests')
  expect(text).toContain('A year: the plain way takes 8.0 times the requests')
})
