import type { Place } from '../../../src/worker/shell.ts'

export const SCOPE = 'https://pools.example/glass/'

type Kept = Map<string, Response>

/** Caches as a browser has them, as far as the worker asks; addresses are compared whole, as the browser does. */
function createCaches() {
  const kept = new Map<string, Kept>()
  const refused = new Set<string>()
  const addressOf = (request: RequestInfo | URL): string =>
    request instanceof Request ? request.url : new URL(request).href
  const open = async (name: string): Promise<Cache> => {
    const own = kept.get(name) ?? new Map<string, Response>()
    kept.set(name, own)
    return {
      match: async (request: RequestInfo | URL, options?: CacheQueryOptions) => {
        // A host that varies its answers: without this nothing is ever found.
        if (options?.ignoreVary !== true) return undefined
        return own.get(addressOf(request))?.clone()
      },
      put: async (request: RequestInfo | URL, response: Response) => {
        if (refused.has(addressOf(request))) throw new DOMException('Full.', 'QuotaExceededError')
        own.set(addressOf(request), response)
      },
      delete: async (request: RequestInfo | URL) => own.delete(addressOf(request)),
    } as unknown as Cache
  }
  return {
    open,
    has: async (name: string) => kept.has(name),
    keys: async () => [...kept.keys()],
    delete: async (name: string) => kept.delete(name),
    /** Refuse to keep an address, as a full disk does. */
    refuse: (address: string) => refused.add(address),
    /** Addresses below the scope that a cache holds. */
    paths: (name: string) => [...(kept.get(name)?.keys() ?? [])].map(url => url.replace(SCOPE, '')).sort(),
  }
}

type Server = { asked: Request[]; fetch: Place['fetch']; files: Map<string, Response>; isGone: boolean }

/** A host that serves some files, by their paths from the scope. */
function createServer(files: Readonly<Record<string, string>>): Server {
  const server: Server = {
    asked: [],
    files: new Map(Object.entries(files).map(([path, text]) => [path, new Response(text)])),
    isGone: false,
    fetch: async request => {
      server.asked.push(request)
      if (server.isGone) throw new TypeError('Failed to fetch')
      const found = server.files.get(request.url.replace(SCOPE, '').replace(/\?.*$/, ''))
      return found?.clone() ?? new Response('none', { status: 404 })
    },
  }
  return server
}

const FILES = {
  '': '<html>',
  'favicon.svg': '<svg>',
  'assets/page-1.js': 'page()',
} as const

const HASHES = {
  '': 'sha256-page',
  'favicon.svg': 'sha256-icon',
  'assets/page-1.js': 'sha256-script',
} as const

/** A worker of a version on a host that serves it. */
export function createPlace(over: Partial<Place> = {}) {
  const caches = createCaches()
  const server = createServer(FILES)
  const place: Place = {
    scope: SCOPE,
    caches,
    fetch: server.fetch,
    shell: { version: 'v1', files: HASHES },
    isLive: false,
    ...over,
  }
  return { caches, server, place }
}

export const nameOf = (version: string): string => `poolglass ${SCOPE} ${version}`

/** The same surroundings, some time later, with another version. */
export const nextVersion = (place: Place, version: string): Place => ({
  ...place,
  shell: { ...place.shell, version },
})
