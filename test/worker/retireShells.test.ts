import { describe, expect, test } from 'vitest'
import { keepShell } from '../../src/worker/keepShell.ts'
import { retireShells } from '../../src/worker/retireShells.ts'
import type { Place } from '../../src/worker/shell.ts'
import { createPlace, nameOf, nextVersion } from './support/place.ts'

async function comeIntoUse(place: Place): Promise<void> {
  await keepShell(place)
  await retireShells(place)
}

describe('retireShells', () => {
  test('default: the version in use until now stays, what is older goes', async () => {
    const { caches, place } = createPlace()
    await comeIntoUse(place)
    await comeIntoUse(nextVersion(place, 'v2'))
    expect(await caches.keys()).toEqual([nameOf('v1'), nameOf('v2')])
    await comeIntoUse(nextVersion(place, 'v3'))
    expect(await caches.keys()).toEqual([nameOf('v2'), nameOf('v3')])
  })

  test('behavior: a version that only waited goes, the one in use stays', async () => {
    const { caches, place } = createPlace()
    await comeIntoUse(place)
    await keepShell(nextVersion(place, 'v2'))
    await comeIntoUse(nextVersion(place, 'v3'))
    expect(await caches.keys()).toEqual([nameOf('v1'), nameOf('v3')])
  })

  test('behavior: the same where versions come back', async () => {
    const { caches, place } = createPlace()
    for (const version of ['v1', 'v2', 'v1']) await comeIntoUse(nextVersion(place, version))
    await comeIntoUse(nextVersion(place, 'v3'))
    expect((await caches.keys()).sort()).toEqual([nameOf('v1'), nameOf('v3')])
  })

  test('behavior: a version whose cache was dropped while it waited is kept again', async () => {
    const { caches, place } = createPlace()
    const [second, third] = [nextVersion(place, 'v2'), nextVersion(place, 'v3')]
    await comeIntoUse(place)
    await keepShell(second)
    await keepShell(third)
    await retireShells(second)
    expect(await caches.keys()).toEqual([nameOf('v1'), nameOf('v2')])
    await retireShells(third)
    expect(await caches.keys()).toEqual([nameOf('v2'), nameOf('v3')])
    expect(caches.paths(nameOf('v3'))).toEqual(['', '?in-use', 'assets/page-1.js', 'favicon.svg'])
  })

  test('behavior: where it cannot be kept again nothing is dropped', async () => {
    const { caches, server, place } = createPlace()
    await comeIntoUse(place)
    server.isGone = true
    await expect(retireShells(nextVersion(place, 'v2'))).rejects.toThrow(TypeError)
    expect(await caches.keys()).toEqual([nameOf('v1')])
  })

  test('behavior: caches of other pages of the host are not touched', async () => {
    const { caches, place } = createPlace()
    const foreign = [
      'somebody’s',
      'poolglass https://pools.example/ v0',
      'poolglass https://pools.example/glass2/ v0',
    ]
    for (const name of foreign) await caches.open(name)
    await comeIntoUse(place)
    expect(await caches.keys()).toEqual([...foreign, nameOf('v1')])
  })
})
