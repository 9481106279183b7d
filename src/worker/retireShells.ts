import { keepShell } from './keepShell.ts'
import { cacheName, otherCaches, type Place } from './shell.ts'

/**
 * Drop what older versions kept, but for the one that was in use until now: other tabs may still show it. Which one
 * that was is marked in its cache, since a version that only ever waited has a cache, too. What another one dropped of
 * this version while it waited is kept again first.
 * @throws what keepShell throws; then nothing is dropped
 */
export async function retireShells(place: Place): Promise<void> {
  const { caches, scope } = place
  if (!(await caches.has(cacheName(place)))) await keepShell(place)
  const mark = `${scope}?in-use`
  const own = await caches.open(cacheName(place))
  await own.put(mark, new Response(''))
  for (const name of await otherCaches(place)) {
    const cache = await caches.open(name)
    const wasInUse = await cache.delete(mark)
    if (!wasInUse) await caches.delete(name)
  }
}
