import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addressGroups } from '../../src/chain/addressGroups.ts'

const addressesOf = (count: number) =>
  Array.from({ length: count }, (_, place): `0x${string}` => `0x${place.toString(16).padStart(40, '0')}`)

test('default', () => {
  const [a, b, c, d, e] = addressesOf(5)
  expect(addressGroups(addressesOf(5), 2n)).toEqual([[a, b], [c, d], [e]])
})

test('behavior: where no limit is known all are one group', () => {
  expect(addressGroups(addressesOf(5), undefined)).toEqual([addressesOf(5)])
  expect(addressGroups([], undefined)).toEqual([])
})

test('behavior: each address once and in order, in as few groups as there can be', () => {
  fc.assert(
    fc.property(fc.nat(40), fc.integer({ min: 1, max: 12 }), (count, most) => {
      const groups = addressGroups(addressesOf(count), BigInt(most))
      expect(groups.flat()).toEqual(addressesOf(count))
      expect(groups).toHaveLength(Math.ceil(count / most))
      for (const group of groups) expect(group.length).toBeLessThanOrEqual(most)
    }),
  )
})
