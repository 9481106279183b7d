import { promisifyRequest, type UseStore } from 'idb-keyval'
import type { BlockNumber, Seconds } from '../math/fixedPoint.ts'
import type { BlockTimeArchive } from '../math/report.ts'
import { openDatabase } from './database.ts'

const DIGITS = 12

/** Keys are lists: no identity can be mistaken for the beginning of another. IndexedDB has no bigint keys. */
const keyOf = (identity: string, block: BlockNumber): string[] => [
  identity,
  block.toString().padStart(DIGITS, '0'),
]

/** Records of another version or cut short are treated as absent. */
function timeOf(record: unknown, block: BlockNumber): Seconds | undefined {
  const { block: of, time } = (record ?? {}) as Record<string, unknown>
  return of === block && typeof time === 'bigint' && time > 0n ? time : undefined
}

/** Keep times of blocks for as long as the page is open. */
export function createMemoryBlockTimeStore(): BlockTimeArchive {
  const times = new Map<string, Seconds>()
  const nameOf = (identity: string, block: BlockNumber): string => JSON.stringify(keyOf(identity, block))
  return {
    load: async (identity, blocks) => {
      const found = [...blocks].flatMap((block): [BlockNumber, Seconds][] => {
        const time = times.get(nameOf(identity, block))
        return time === undefined ? [] : [[block, time]]
      })
      return new Map(found)
    },
    keep: async (identity, entries) => {
      for (const [block, time] of entries) times.set(nameOf(identity, block), time)
    },
  }
}

const loadFrom = (
  database: UseStore,
  identity: string,
  blocks: readonly BlockNumber[],
): Promise<Map<BlockNumber, Seconds>> =>
  database('readonly', async objects => {
    const records = await Promise.all(
      blocks.map(block => promisifyRequest<unknown>(objects.get(keyOf(identity, block)))),
    )
    const found = blocks.flatMap((block, place): [BlockNumber, Seconds][] => {
      const time = timeOf(records[place], block)
      return time === undefined ? [] : [[block, time]]
    })
    return new Map(found)
  })

/**
 * Create the store of block times, in IndexedDB, or in memory where the browser keeps nothing or its space runs out.
 * What was kept before is still read then.
 */
export function createBlockTimeStore(name = 'poolglass-times'): BlockTimeArchive {
  const memory = createMemoryBlockTimeStore()
  let canWrite = true
  const opening = openDatabase(name).catch(() => undefined)
  return {
    load: async (identity, blocks) => {
      const wanted = [...blocks]
      const kept = await memory.load(identity, wanted)
      const database = await opening
      if (database === undefined) return kept
      try {
        return new Map([...(await loadFrom(database, identity, wanted)), ...kept])
      } catch {
        canWrite = false
        return kept
      }
    },
    keep: async (identity, entries) => {
      const fresh = [...entries]
      const database = await opening
      if (database !== undefined && canWrite) {
        try {
          return await database('readwrite', objects => {
            for (const [block, time] of fresh) objects.put({ block, time }, keyOf(identity, block))
            return promisifyRequest(objects.transaction)
          })
        } catch {
          // Full, forbidden or gone: the page goes on with what it holds in memory, and the store of samples says so.
          canWrite = false
        }
      }
      return memory.keep(identity, fresh)
    },
  }
}
