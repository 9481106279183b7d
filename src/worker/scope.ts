// TypeScript's types of workers and of pages exclude each other: these are the few that the worker needs.

type LateEvent = { readonly waitUntil: (work: Promise<unknown>) => void }
type FetchEvent = LateEvent & {
  readonly request: Request
  readonly respondWith: (answer: Promise<Response>) => void
}
type WorkerEvents = {
  readonly install: LateEvent
  readonly activate: LateEvent
  readonly fetch: FetchEvent
  readonly message: LateEvent & Pick<MessageEvent<unknown>, 'data' | 'ports'>
}

/** The global scope of a service worker. */
export type WorkerScope = {
  readonly addEventListener: <Name extends keyof WorkerEvents>(
    name: Name,
    listener: (event: WorkerEvents[Name]) => void,
  ) => void
  readonly skipWaiting: () => Promise<void>
  readonly clients: { readonly claim: () => Promise<void> }
  readonly registration: { readonly scope: string }
  readonly caches: CacheStorage
  readonly location: { readonly search: string }
  readonly fetch: (request: Request) => Promise<Response>
}
