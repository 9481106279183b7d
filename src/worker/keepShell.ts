import { cacheName, type Place } from './shell.ts'

/** A file of this version is not to be had: then none of it is kept. */
export class FileNotServed extends Error {
  override readonly name = 'FileNotServed'
  constructor(address: string, status: number) {
    super(
      `${address} was answered with ${status}, so this version is not kept. Publish all files of the build.`,
    )
  }
}

/** Another version came into use meanwhile, and dropped what was being kept. */
export class CacheDropped extends Error {
  override readonly name = 'CacheDropped'
  constructor(name: string) {
    super(
      `The cache “${name}” was dropped while it was filled, so this version is not kept. Reload the page.`,
    )
  }
}

/** The integrity keeps another version's file out, which a host may still serve while a new one is published. */
function requestFor(path: string, integrity: string, { scope, isLive }: Place): Request {
  // A live page holds what its server says of the chain: no hash at build covers that.
  const proof = isLive && path === '' ? {} : { integrity }
  // What has its hash in its name cannot be old, and the page has just loaded most of it.
  const cache = path.startsWith('assets/') ? 'default' : 'reload'
  return new Request(new URL(path, scope), { ...proof, cache, credentials: 'same-origin' })
}

/** A page may not be answered with what was redirected. */
export const direct = (response: Response): Response =>
  response.redirected ? new Response(response.body, { headers: response.headers }) : response

/**
 * Keep every file of this version in a cache of its own, or nothing.
 * @throws FileNotServed, CacheDropped, or what fetch and cache throw
 */
export async function keepShell(place: Place): Promise<void> {
  const { caches, shell } = place
  const answers = await Promise.all(
    Object.entries(shell.files).map(async ([path, integrity]) => {
      const request = requestFor(path, integrity, place)
      const response = await place.fetch(request)
      if (!response.ok) throw new FileNotServed(request.url, response.status)
      return [request.url, direct(response)] as const
    }),
  )
  const name = cacheName(place)
  // Pages of a version that comes back may still live on its cache.
  const isThere = await caches.has(name)
  try {
    const cache = await caches.open(name)
    await Promise.all(answers.map(([address, response]) => cache.put(address, response)))
    // What is put into a dropped cache goes nowhere, and nothing says so.
    if (!(await caches.has(name))) throw new CacheDropped(name)
  } catch (error) {
    if (!isThere) await caches.delete(name)
    throw error
  }
}
