/** What one build of the page consists of, written into the worker at build. */
export type Shell = {
  /** Hash over all files. */
  readonly version: string
  /** Integrity (`sha256-…`) of each file, by its path from the scope; the page itself is at the empty path. */
  readonly files: Readonly<Record<string, string>>
}

/** What a worker has around it; tests hand in their own. */
export type Place = {
  /** URL of the folder that the page is served from. */
  readonly scope: string
  readonly caches: Pick<CacheStorage, 'open' | 'keys' | 'delete' | 'has'>
  readonly fetch: (request: Request) => Promise<Response>
  readonly shell: Shell
  /** The page says at each start something else of the chain behind it: what the server has goes first. */
  readonly isLive: boolean
}

/** Caches of all pages of a host lie side by side: their names hold whose they are. */
const prefixOf = ({ scope }: Place): string => `poolglass ${scope} `

export const cacheName = (place: Place): string => prefixOf(place) + place.shell.version

/** Names of the caches of this page's other versions, oldest first. */
export async function otherCaches(place: Place): Promise<string[]> {
  const names = await place.caches.keys()
  return names.filter(name => name.startsWith(prefixOf(place)) && name !== cacheName(place))
}
