/** Milliseconds. The only values of staleness in the project. */
const BLOCK = 12_000
const MINUTE = 60_000

/** Follows the head: a new block every 12 s, nothing while the page is hidden. */
export const HEAD = { staleTime: BLOCK - 2_000, gcTime: 30 * MINUTE, refetchInterval: BLOCK } as const

/** Could not be told just now: asked again before long. */
export const SOON = { refetchInterval: MINUTE } as const

/** Moves about once a day: read again now and then, for its tail. */
export const SLOW = { staleTime: 10 * MINUTE, gcTime: 30 * MINUTE, refetchInterval: 10 * MINUTE } as const
