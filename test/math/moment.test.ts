import { expect, test } from 'vitest'
import { byBlock } from '../../src/math/moment.ts'

test('default: the order of the chain, what shares a block keeps its own', () => {
  const entries = [
    { block: 30n, name: 'a' },
    { block: 4n, name: 'b' },
    { block: 30n, name: 'c' },
    { block: 10n ** 20n, name: 'd' },
  ]
  expect(entries.sort(byBlock).map(({ name }) => name)).toEqual(['b', 'a', 'c', 'd'])
})
