/** One request of this visit, as the endpoint's operator could see it. */
export type LedgerEntry = {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly operator: string
  readonly url: string
  readonly method: string
  readonly bytesOut: number
  readonly bytesIn: number
  /** Milliseconds until the answer had come or failed. */
  readonly took: number
  /** `answered`, `left` where the page no longer wanted it, or the class of the failure. */
  readonly outcome: string
  /** What the endpoint said, cut short, where it refused. */
  readonly refusal?: string | undefined
  /** Whether the request names the wallet that the reader looks at. */
  readonly carriesAddress: boolean
}

export type Ledger = {
  /** Oldest first; a new array after each request. */
  readonly entries: () => readonly LedgerEntry[]
  readonly add: (entry: LedgerEntry) => void
  readonly subscribe: (listener: () => void) => () => void
}

/** More than a long visit needs; older ones are forgotten. */
const MOST = 5_000

/** Keep this visit's requests in memory: it is written nowhere. */
export function createLedger(): Ledger {
  let entries: readonly LedgerEntry[] = []
  const listeners = new Set<() => void>()
  return {
    entries: () => entries,
    add: entry => {
      entries = [...entries.slice(-(MOST - 1)), entry]
      for (const listener of listeners) listener()
    },
    subscribe: listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** Enter what comes into one ledger into another too. */
export function copyEntries(from: Ledger, to: Ledger): void {
  from.subscribe(() => {
    const newest = from.entries().at(-1)
    if (newest !== undefined) to.add(newest)
  })
}
