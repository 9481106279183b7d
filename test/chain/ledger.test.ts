import { describe, expect, test, vi } from 'vitest'
import { createLedger, type LedgerEntry } from '../../src/chain/ledger.ts'

const entryAt = (at: number): LedgerEntry => ({
  at,
  operator: 'a',
  url: 'http://127.0.0.1:1',
  method: 'eth_call',
  bytesOut: 100,
  bytesIn: 200,
  took: 30,
  outcome: 'answered',
  carriesAddress: false,
})

describe('createLedger', () => {
  test('default: what was added, oldest first', () => {
    const ledger = createLedger()
    expect(ledger.entries()).toEqual([])
    for (const at of [1, 2, 3]) ledger.add(entryAt(at))
    expect(ledger.entries()).toEqual([1, 2, 3].map(entryAt))
  })

  test('behavior: a new array after each request, the same one between them', () => {
    const ledger = createLedger()
    ledger.add(entryAt(1))
    const before = ledger.entries()
    expect(ledger.entries()).toBe(before)
    ledger.add(entryAt(2))
    expect(before).toEqual([entryAt(1)])
    expect(ledger.entries()).not.toBe(before)
  })

  test('behavior: listeners hear of each request once it is in, until they leave', () => {
    const ledger = createLedger()
    const [staying, leaving] = [vi.fn(), vi.fn(() => expect(ledger.entries()).toHaveLength(1))]
    ledger.subscribe(staying)
    const leave = ledger.subscribe(leaving)
    ledger.add(entryAt(1))
    leave()
    ledger.add(entryAt(2))
    expect([staying.mock.calls.length, leaving.mock.calls.length]).toEqual([2, 1])
    expect(leaving.mock.results.map(({ type }) => type)).toEqual(['return'])
  })

  test('behavior: of more than 5,000 the oldest are forgotten', () => {
    const ledger = createLedger()
    for (let at = 0; at < 5_002; at++) ledger.add(entryAt(at))
    expect(ledger.entries()).toHaveLength(5_000)
    expect(ledger.entries().at(0)?.at).toBe(2)
    expect(ledger.entries().at(-1)?.at).toBe(5_001)
  })

  test('behavior: two visits share nothing', () => {
    const [one, other] = [createLedger(), createLedger()]
    one.add(entryAt(1))
    expect(other.entries()).toEqual([])
  })
})
