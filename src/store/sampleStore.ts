import { promisifyRequest, type UseStore } from 'idb-keyval'
import type { BlockNumber } from '../math/fixedPoint.ts'
import type { Reading, Sample, SampleArchive } from '../math/sample.ts'
import { byBlock } from '../math/series.ts'
import { openDatabase, StorageUnavailable } from './database.ts'

/** Where samples end up, for the page to say. */
type StoreState =
  | { readonly kind: 'persistent' }
  | { readonly kind: 'memory'; readonly why: StorageUnavailable | undefined }

export type SampleStore = SampleArchive & {
  readonly state: () => StoreState
  readonly subscribe: (listener: () => void) => () => void
}

const DIGITS = 12

/** Keys sort as text by chain and then by block. IndexedDB has no bigint keys. */
const keyOf = (identity: string, block: BlockNumber): string =>
  `${identity}:${block.toString().padStart(DIGITS, '0')}`

const isReading = (value: unknown): value is Reading => {
  const { state, rate, supply, pooled, market } = (value ?? {}) as Record<string, unknown>
  if (state === 'notYet') return true
  if (market !== undefined && typeof market !== 'bigint') return false
  return state === 'known' && [rate, supply, pooled].every(figure => typeof figure === 'bigint')
}

/** Records of another version or cut short are treated as absent, never as values. */
const isSample = (value: unknown): value is Sample => {
  const { block, time, readings, operator } = (value ?? {}) as Record<string, unknown>
  if (typeof block !== 'bigint' || typeof time !== 'bigint' || typeof operator !== 'string') return false
  return typeof readings === 'object' && readings !== null && Object.values(readings).every(isReading)
}

const join = (old: Sample | undefined, fresh: Sample): Sample =>
  old === undefined ? fresh : { ...fresh, readings: { ...old.readings, ...fresh.readings } }

/** Join samples of two places, so that a block is one sample with all its pools. */
function joinAll(stored: readonly Sample[], kept: readonly Sample[]): Sample[] {
  const samples = new Map(stored.map(sample => [sample.block, sample]))
  for (const sample of kept) samples.set(sample.block, join(samples.get(sample.block), sample))
  return [...samples.values()].sort(byBlock)
}

/** Keep samples for as long as the page is open. */
export function createMemoryStore(why?: StorageUnavailable): SampleStore {
  const samples = new Map<string, Sample>()
  return {
    state: () => ({ kind: 'memory', why }),
    subscribe: () => () => undefined,
    load: async (identity, from, to) => {
      const prefix = `${identity}:`
      const found = [...samples].filter(
        ([key, { block }]) => key.startsWith(prefix) && block >= from && block <= to,
      )
      return found.map(([, sample]) => sample).sort(byBlock)
    },
    keep: async (identity, fresh) => {
      for (const sample of fresh) {
        const key = keyOf(identity, sample.block)
        samples.set(key, join(samples.get(key), sample))
      }
    },
  }
}

async function loadFrom(
  database: UseStore,
  identity: string,
  from: BlockNumber,
  to: BlockNumber,
): Promise<Sample[]> {
  const range = IDBKeyRange.bound(keyOf(identity, from), keyOf(identity, to))
  const records: unknown[] = await database('readonly', objects => promisifyRequest(objects.getAll(range)))
  return records.filter(isSample)
}

/** Merge and write in one transaction, so that two tabs cannot lose each other's pools. */
const keepIn = (database: UseStore, identity: string, fresh: readonly Sample[]): Promise<void> =>
  database('readwrite', async objects => {
    for (const sample of fresh) {
      const key = keyOf(identity, sample.block)
      const old: unknown = await promisifyRequest(objects.get(key))
      objects.put(join(isSample(old) ? old : undefined, sample), key)
    }
    await promisifyRequest(objects.transaction)
  })

/**
 * Create the store of samples that all ranges share, in IndexedDB, or in memory where the browser keeps nothing or
 * its space runs out; `state` says which, and `subscribe` tells when it changes.
 */
export function createSampleStore(name = 'poolglass'): SampleStore {
  const memory = createMemoryStore()
  const listeners = new Set<() => void>()
  let current: StoreState = { kind: 'persistent' }
  const fallBack = (error: unknown): void => {
    current = {
      kind: 'memory',
      why: error instanceof StorageUnavailable ? error : new StorageUnavailable(error),
    }
    for (const listener of listeners) listener()
  }
  const opening = openDatabase(name).catch(error => {
    fallBack(error)
    return undefined
  })
  return {
    state: () => current,
    subscribe: listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    load: async (identity, from, to) => {
      const kept = await memory.load(identity, from, to)
      const database = await opening
      // Out of space is no reason not to read what was kept before.
      if (database === undefined) return kept
      try {
        const stored = await loadFrom(database, identity, from, to)
        return joinAll(stored, kept)
      } catch (error) {
        fallBack(error)
        return kept
      }
    },
    keep: async (identity, fresh) => {
      const database = await opening
      try {
        if (database !== undefined && current.kind === 'persistent')
          return await keepIn(database, identity, fresh)
      } catch (error) {
        fallBack(error)
      }
      return memory.keep(identity, fresh)
    },
  }
}
