import { answer } from './answer.ts'
import { keepShell } from './keepShell.ts'
import { retireShells } from './retireShells.ts'
import type { WorkerScope } from './scope.ts'
import type { Place, Shell } from './shell.ts'

declare const self: WorkerScope
/** Put in its place at build. */
declare const SHELL: Shell

const place: Place = {
  scope: self.registration.scope,
  caches: self.caches,
  fetch: request => self.fetch(request),
  shell: SHELL,
  isLive: self.location.search === '?live',
}

self.addEventListener('install', event => {
  const takeOver = (): Promise<void> | undefined => (place.isLive ? self.skipWaiting() : undefined)
  // A live page is always the server's newest: nothing would be held back by waiting. Others wait for their reader.
  event.waitUntil(keepShell(place).then(takeOver))
})

self.addEventListener('activate', event => {
  event.waitUntil(retireShells(place).then(() => self.clients.claim()))
})

self.addEventListener('fetch', event => {
  const response = answer(event.request, place, work => event.waitUntil(work))
  if (response !== undefined) event.respondWith(response)
})

self.addEventListener('message', event => {
  if (event.data === 'version') event.ports[0]?.postMessage(SHELL.version)
  if (event.data === 'take over') event.waitUntil(self.skipWaiting())
})
