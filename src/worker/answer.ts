import { direct } from './keepShell.ts'
import { cacheName, otherCaches, type Place } from './shell.ts'

/** Have the browser wait for what goes on behind an answer. */
export type Later = (work: Promise<unknown>) => void

/** Hosts vary answers by origin; a file is the same for all. */
const OPTIONS: CacheQueryOptions = { ignoreVary: true }

async function keptIn(name: string, address: string, { caches }: Place): Promise<Response | undefined> {
  // Opening a cache makes it, and an empty one of a version that is gone would stay.
  if (!(await caches.has(name))) return undefined
  return (await caches.open(name)).match(address, OPTIONS)
}

const kept = (address: string, place: Place): Promise<Response | undefined> =>
  keptIn(cacheName(place), address, place)

type Work = { readonly place: Place; readonly later: Later }

async function keptFirst(address: string, request: Request, { place }: Work): Promise<Response> {
  return (await kept(address, place)) ?? place.fetch(request)
}

/** Keep the page of this start in the place of an earlier one's: what it says of its chain may have changed. */
async function keepStart(response: Response, place: Place): Promise<void> {
  const { caches, scope, shell } = place
  const text = await response.clone().text()
  const isOwn = text.includes(`data-version="${shell.version}"`) && (await caches.has(cacheName(place)))
  if (isOwn) await (await caches.open(cacheName(place))).put(scope, direct(response))
}

async function servedFirst(address: string, request: Request, { place, later }: Work): Promise<Response> {
  try {
    const response = await place.fetch(request)
    if (address === place.scope && response.ok) later(keepStart(response.clone(), place))
    return response
  } catch (error) {
    const response = await kept(address, place)
    if (response === undefined) throw error
    return response
  }
}

/** Another tab may still show the version before, whose files the server no longer has. */
async function asset(address: string, request: Request, place: Place): Promise<Response> {
  for (const name of [cacheName(place), ...(await otherCaches(place))]) {
    const response = await keptIn(name, address, place)
    if (response !== undefined) return response
  }
  const response = await place.fetch(request)
  // Some hosts answer whatever they lack with the page.
  const isPage = response.headers.get('content-type')?.startsWith('text/html') === true
  return isPage ? new Response(null, { status: 404 }) : response
}

/**
 * Answer a request for a file of the page. @returns undefined for anything else, which the browser does as it would
 * without a worker: endpoints, other origins, other methods, other pages of the host
 */
export function answer(request: Request, place: Place, later: Later): Promise<Response> | undefined {
  const { scope, shell, isLive } = place
  if (request.method !== 'GET' || !request.url.startsWith(scope)) return undefined
  const { origin, pathname } = new URL(request.url)
  const path = `${origin}${pathname}`.slice(scope.length)
  if (path.startsWith('assets/')) {
    // No page of this project is there, but one of another may be.
    return request.mode === 'navigate' ? undefined : asset(`${scope}${path}`, request, place)
  }
  const name = path === 'index.html' ? '' : path
  if (!Object.hasOwn(shell.files, name)) return undefined
  return (isLive ? servedFirst : keptFirst)(`${scope}${name}`, request, { place, later })
}
