import { expect, test } from 'vitest'
import { type LogHoldings, surveyLogs } from '../../src/chain/logSurvey.ts'
import type { EventLog } from '../../src/math/eventLog.ts'
import type { Interval } from '../../src/math/intervals.ts'

const range = { from: 0n, to: 99n, quiet: 10n, finalized: 99n }
const span = (from: bigint, to: bigint): Interval => ({ from, to })
const log = (block: bigint) => ({ block, index: 0n, operator: 'a' }) as EventLog
const given = (operator: string, blocks: readonly Interval[], logs: readonly bigint[]) => ({
  operator,
  blocks,
  logs: logs.map(log),
})
const holdings = (change: Partial<LogHoldings>): LogHoldings => ({
  loaded: [],
  loadedLogs: [],
  given: new Map(),
  confirmed: new Map(),
  bare: [],
  ...change,
})
const everyTen = [5n, 15n, 25n, 35n, 45n, 55n, 65n, 75n, 85n, 95n]
const survey = (change: Partial<LogHoldings>) => surveyLogs(holdings(change), range)

test('default: all read, and never silent for long, is settled', () => {
  const { settled, doubtful, logs } = survey({ given: new Map([['x', given('a', [range], everyTen)]]) })
  expect(settled).toEqual([span(0n, 99n)])
  expect(doubtful).toEqual([])
  expect(logs.map(({ block }) => block)).toEqual(everyTen)
})

test('behavior: a long silence is in doubt, and urgent once its ends are known', () => {
  const without = everyTen.filter(block => block !== 45n)
  const whole = survey({ given: new Map([['x', given('a', [range], without)]]) })
  expect(whole.doubtful).toEqual([span(36n, 54n)])
  expect(whole.urgent).toEqual(whole.doubtful)
  expect(whole.settled).toEqual([span(0n, 35n), span(55n, 99n)])
  const part = survey({ given: new Map([['x', given('a', [span(0n, 50n)], [5n, 15n, 25n, 35n])]]) })
  expect(part.doubtful).toEqual([span(36n, 50n)])
  expect(part.urgent).toEqual([])
})

test('behavior: a short silence that is not read to its end is waited for', () => {
  const { settled, doubtful } = survey({ given: new Map([['x', given('a', [span(30n, 50n)], [35n, 45n])]]) })
  expect(settled).toEqual([span(35n, 45n)])
  expect(doubtful).toEqual([])
})

test('behavior: a second operator settles it, the same one does not', () => {
  const first = new Map([['x', given('a', [range], [5n, 95n])]])
  const confirmedBy = (operator: string) =>
    survey({ given: first, confirmed: new Map([['y', given(operator, [span(6n, 50n)], [])]]) })
  expect(confirmedBy('b').doubtful).toEqual([span(51n, 94n)])
  expect(confirmedBy('b').settled).toEqual([span(0n, 50n), span(95n, 99n)])
  expect(confirmedBy('a').doubtful).toEqual([span(6n, 94n)])
})

test('behavior: an empty answer of somebody who proved nothing is in doubt, however short', () => {
  const empty = { given: new Map([['x', given('a', [span(40n, 44n)], [])]]), bare: [span(40n, 44n)] }
  expect(survey(empty).urgent).toEqual([span(40n, 44n)])
  expect(
    survey({ ...empty, confirmed: new Map([['y', given('b', [span(40n, 44n)], [])]]) }).doubtful,
  ).toEqual([])
})

test('behavior: what was kept is settled, and only its short silent edge is opened again', () => {
  const kept = { loaded: [span(0n, 48n)], loadedLogs: everyTen.map(log) }
  const next = survey({
    ...kept,
    given: new Map([['x', given('a', [span(49n, 99n)], [65n, 75n, 85n, 95n])]]),
  })
  expect(next.logs.map(({ block }) => block)).toEqual(everyTen.filter(block => block !== 55n))
  expect(next.reopened).toEqual([span(46n, 48n)])
  expect(
    survey({ loaded: [span(0n, 48n)], given: new Map([['x', given('a', [span(49n, 99n)], [])]]) }).reopened,
  ).toEqual([])
  expect(survey({ loaded: [span(0n, 99n)] })).toMatchObject({
    doubtful: [],
    reopened: [],
    settled: [span(0n, 99n)],
  })
})
