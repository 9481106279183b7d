import { expect, test } from 'vitest'
import { createReadSet, eachOnce } from '../../src/chain/readSet.ts'
import { readBalance } from '../../src/pools/infrastructure.ts'

const A = '0x52908400098527886E0F7030069857D2E4169EE7'
const B = '0xae78736Cd615f374D3085123A210448E74Fc6393'

test('default: each question once, in the order in which it was first put', () => {
  const reads = createReadSet()
  const [first, second] = [readBalance(A, B), readBalance(B, A)]
  expect(reads.add(first)).toBe(first)
  expect(reads.add(second)).toBe(second)
  expect(reads.add(readBalance(A, B))).toBe(first)
  expect(reads.all()).toEqual([first, second])
})

test('behavior: another argument or another contract is another question', () => {
  const reads = createReadSet()
  for (const read of [readBalance(A, A), readBalance(A, B), readBalance(B, A)]) reads.add(read)
  expect(reads.all()).toHaveLength(3)
})

test('behavior: an account in another case is the same, and stays as it was written first', () => {
  expect(eachOnce([A, B, A.toLowerCase() as typeof A])).toEqual([A, B])
  expect(eachOnce([])).toEqual([])
})
