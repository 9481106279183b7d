import { expect, test } from 'vitest'
import { outcomesBy } from '../../src/chain/blockReading.ts'
import { lido } from '../../src/pools/lido.ts'
import { rocketPool } from '../../src/pools/rocketPool.ts'
import { LATE, outcome, RATE, SUPPLY, words } from './fakeChain.ts'

const reading = {
  ...LATE,
  operator: 'test',
  url: 'http://test',
  outcomes: [outcome(rocketPool.supply, words(SUPPLY)), outcome(rocketPool.rate, words(RATE))],
}

test('default: each read finds its own outcome, in any order', () => {
  const outcomeOf = outcomesBy(reading)
  expect(outcomeOf(rocketPool.rate)).toBe(reading.outcomes[1])
  expect(outcomeOf(rocketPool.supply)).toBe(reading.outcomes[0])
})

test('behavior: what was not asked was not answered, and never is another’s answer', () => {
  // wstETH's supply is asked with the same call data as rETH's.
  expect(lido.supply.callData).toBe(rocketPool.supply.callData)
  expect(outcomesBy(reading)(lido.supply)).toEqual({ read: lido.supply, success: false, returnData: '0x' })
})
