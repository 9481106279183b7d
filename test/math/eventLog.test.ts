import { expect, test } from 'vitest'
import { byPlace, type EventLog } from '../../src/math/eventLog.ts'

const at = (block: bigint, index: bigint) => ({ block, index }) as EventLog

test('default: by block, and in a block by place', () => {
  const ascending = [at(9n, 3n), at(10n, 0n), at(10n, 9n), at(10n, 10n), at(100n, 1n)]
  const shuffled = [3, 0, 4, 2, 1].map(place => ascending[place] as EventLog)
  expect(shuffled.sort(byPlace)).toEqual(ascending)
  expect(byPlace(at(1n, 1n), at(1n, 1n))).toBe(0)
})
