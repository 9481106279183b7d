import { cacheName, otherCaches, type Place } from './shell.ts'

/**
 * Drop what older versions kept, but for the one that was in use until now: other tabs may still show it. Which one
 * that was is marked in its cache, since a version that only ever waited has a cache, too.
 */
export async function retireShells(place: Place): Promise<void> {
  const { caches, scope } = place
  const mark = `${scope}?in-use`
  const own = await caches.open(cacheName(place))
  await own.put(mark, new Response(''))
  for (const name of await otherCaches(place)) {
    const cache = await caches.open(name)
    const wasInUse = await cache.delete(mark)
    if (!wasInUse) await caches.delete(name)
  }
}
