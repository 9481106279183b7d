import { expect, test } from 'vitest'
import { cacheName, otherCaches } from '../../src/worker/shell.ts'
import { createPlace, nameOf, nextVersion, SCOPE } from './support/place.ts'

test('default: a cache is named after page and version', () => {
  expect(cacheName(createPlace().place)).toBe(`poolglass ${SCOPE} v1`)
})

test('behavior: the others are this page’s alone, without its own', async () => {
  const { caches, place } = createPlace()
  for (const name of [nameOf('v1'), nameOf('v0'), 'poolglass https://pools.example/ v0'])
    await caches.open(name)
  expect(await otherCaches(place)).toEqual([nameOf('v0')])
  expect(await otherCaches(nextVersion(place, 'v0'))).toEqual([nameOf('v1')])
})
