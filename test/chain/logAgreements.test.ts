import { describe, expect, test } from 'vitest'
import { agreementsOf, differingLogs, logsWithin, otherTeller } from '../../src/chain/logAgreements.ts'
import type { EventLog } from '../../src/math/eventLog.ts'
import { EVENT, REPORTER, visit } from './logEndpoint.ts'

const log = (block: bigint, change: Partial<EventLog> = {}): EventLog => ({
  block,
  index: 0n,
  address: REPORTER,
  topics: [EVENT],
  data: '0x01',
  transaction: EVENT,
  operator: 'a',
  ...change,
})
const range = (from: bigint, to: bigint) => ({ from, to })

describe('differingLogs', () => {
  test('default: who told them does not matter, nor in which order', () => {
    const told = [log(2n, { operator: 'b' }), log(1n, { operator: 'b' })]
    expect(differingLogs([log(1n), log(2n)], told)).toEqual([])
  })

  test.each<[string, Partial<EventLog>]>([
    ['place', { index: 1n }],
    ['contract', { address: '0x01' }],
    ['topics', { topics: [EVENT, EVENT] }],
    ['data', { data: '0x02' }],
  ])('behavior: another %s is another log, of both sides', (_, change) => {
    const other = log(1n, { operator: 'b', ...change })
    expect(differingLogs([log(1n)], [other])).toEqual([log(1n), other])
  })

  test('behavior: times count where both tell one', () => {
    const timed = (time: bigint) => log(1n, { time })
    expect(differingLogs([timed(5n)], [log(1n)])).toEqual([])
    expect(differingLogs([log(1n)], [timed(5n)])).toEqual([])
    expect(differingLogs([timed(5n)], [timed(5n)])).toEqual([])
    expect(differingLogs([timed(5n)], [timed(6n)])).toEqual([timed(5n), timed(6n)])
  })

  test('behavior: a log that one side only has, ascending', () => {
    expect(differingLogs([log(3n)], [log(1n), log(2n), log(3n)])).toEqual([log(1n), log(2n)])
  })
})

describe('agreementsOf', () => {
  const agreed = { ...range(10n, 20n), operators: ['a', 'b'], logs: [log(12n), log(18n)] }

  test('default: remembered for the visit and the filter, and for no other', () => {
    const client = visit([])
    agreementsOf(client, { key: 'k' }).add(agreed)
    const logs = [log(5n), log(12n), log(18n), log(25n)]
    expect(agreementsOf(client, { key: 'k' }).valid(logs, [range(1n, 30n)])).toEqual([agreed])
    expect(agreementsOf(client, { key: 'l' }).valid(logs, [range(1n, 30n)])).toEqual([])
    expect(agreementsOf(visit([]), { key: 'k' }).valid(logs, [range(1n, 30n)])).toEqual([])
  })

  test('behavior: of no worth where the logs are others now', () => {
    const agreements = agreementsOf(visit([]), { key: 'k' })
    agreements.add(agreed)
    expect(agreements.valid([log(12n)], [range(1n, 30n)])).toEqual([])
    expect(agreements.valid([log(12n), log(18n, { data: '0x02' })], [range(1n, 30n)])).toEqual([])
  })

  test('behavior: cut to the blocks that were read', () => {
    const agreements = agreementsOf(visit([]), { key: 'k' })
    agreements.add(agreed)
    expect(agreements.valid([log(18n)], [range(15n, 30n)])).toEqual([
      { ...agreed, ...range(15n, 20n), logs: [log(18n)] },
    ])
  })
})

test('default: the logs of some blocks, both ends included', () => {
  expect(logsWithin([log(1n), log(2n), log(3n), log(4n)], range(2n, 3n))).toEqual([log(2n), log(3n)])
})

test('default: the other teller is the last one asked, never who gave the log', () => {
  const agreements = [{ ...range(10n, 20n), operators: ['a', 'b', 'c'], logs: [] }]
  expect(otherTeller(agreements, log(10n))).toBe('c')
  expect(otherTeller(agreements, log(20n, { operator: 'c' }))).toBe('b')
  expect(otherTeller(agreements, log(21n))).toBeUndefined()
  expect(otherTeller([{ ...range(10n, 20n), operators: ['a'], logs: [] }], log(12n))).toBeUndefined()
})
