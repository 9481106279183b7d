import { promisifyRequest, type UseStore } from 'idb-keyval'
import { byPlace, type EventLog, type LogArchive } from '../math/eventLog.ts'
import { blockSet, type Interval } from '../math/intervals.ts'
import { openDatabase } from './database.ts'

/** A piece as it is kept: its logs and the blocks that they are all of are one record, so neither is without the other. */
type Piece = Interval & { readonly logs: readonly EventLog[] }

const DIGITS = 12

const digitsOf = (block: bigint): string => block.toString().padStart(DIGITS, '0')

/** Keys are lists: no name can be mistaken for the beginning of another. IndexedDB has no bigint keys. */
const keyOf = (identity: string, filterKey: string, { from, to }: Interval): string[] => [
  identity,
  filterKey,
  digitsOf(from),
  digitsOf(to),
]

const isText = (value: unknown): value is string => typeof value === 'string'
const isBytes = (value: unknown): boolean => isText(value) && value.startsWith('0x')

const isLog = (value: unknown): value is EventLog => {
  const { block, index, address, topics, data, transaction, time, operator } = (value ?? {}) as Record<
    string,
    unknown
  >
  if (typeof block !== 'bigint' || typeof index !== 'bigint' || !isText(operator)) return false
  if (time !== undefined && typeof time !== 'bigint') return false
  return [address, data, transaction].every(isBytes) && Array.isArray(topics) && topics.every(isBytes)
}

/** Records of another version or cut short are treated as absent: their blocks are read again. */
const isPiece = (value: unknown): value is Piece => {
  const { from, to, logs } = (value ?? {}) as Record<string, unknown>
  if (typeof from !== 'bigint' || typeof to !== 'bigint' || !Array.isArray(logs)) return false
  return logs.every(log => isLog(log) && log.block >= from && log.block <= to)
}

function join(pieces: readonly Piece[]): Awaited<ReturnType<LogArchive['load']>> {
  const logs = new Map(
    pieces.flatMap(piece => piece.logs.map(log => [`${log.block} ${log.index}`, log] as const)),
  )
  return { logs: [...logs.values()].sort(byPlace), covered: blockSet(pieces) }
}

const isTouched = (piece: Piece, by: readonly Interval[]): boolean =>
  by.some(({ from, to }) => from <= piece.to && to >= piece.from)

/** Keep logs for as long as the page is open. */
export function createMemoryLogStore(): LogArchive {
  const filters = new Map<string, Map<string, Piece>>()
  const piecesOf = (identity: string, filterKey: string): Map<string, Piece> => {
    const name = JSON.stringify([identity, filterKey])
    const pieces = filters.get(name) ?? new Map<string, Piece>()
    filters.set(name, pieces)
    return pieces
  }
  return {
    load: async (identity, filterKey) => join([...piecesOf(identity, filterKey).values()]),
    keep: async (identity, filterKey, { from, to }, logs) => {
      piecesOf(identity, filterKey).set(`${from} ${to}`, { from, to, logs })
    },
    drop: async (identity, filterKey, pieces) => {
      const kept = piecesOf(identity, filterKey)
      for (const [name, piece] of kept) if (isTouched(piece, pieces)) kept.delete(name)
    },
  }
}

async function loadFrom(database: UseStore, identity: string, filterKey: string): Promise<Piece[]> {
  // A list sorts after all texts, so this is the end of whatever begins with the two.
  const range = IDBKeyRange.bound([identity, filterKey], [identity, filterKey, []])
  const records: unknown[] = await database('readonly', objects => promisifyRequest(objects.getAll(range)))
  return records.filter(isPiece)
}

/**
 * Create the store of logs, in IndexedDB, or in memory where the browser keeps nothing or its space runs out. What
 * was kept before is still read then.
 */
export function createLogStore(name = 'poolglass-logs'): LogArchive {
  const memory = createMemoryLogStore()
  let canWrite = true
  const opening = openDatabase(name).catch(() => undefined)
  /** Write, and say whether that worked. */
  const write = async (put: (objects: IDBObjectStore) => void): Promise<boolean> => {
    const database = await opening
    if (database === undefined || !canWrite) return false
    try {
      await database('readwrite', objects => {
        put(objects)
        return promisifyRequest(objects.transaction)
      })
      return true
    } catch {
      // Full, forbidden or gone: the page goes on with what it holds in memory, and the store of samples says so.
      canWrite = false
      return false
    }
  }
  return {
    load: async (identity, filterKey) => {
      const kept = await memory.load(identity, filterKey)
      const database = await opening
      if (database === undefined) return kept
      try {
        return join([...(await loadFrom(database, identity, filterKey)), ...piecesIn(kept)])
      } catch {
        canWrite = false
        return kept
      }
    },
    keep: async (identity, filterKey, { from, to }, logs) => {
      const key = keyOf(identity, filterKey, { from, to })
      const isWritten = await write(objects => objects.put({ from, to, logs }, key))
      if (!isWritten) await memory.keep(identity, filterKey, { from, to }, logs)
    },
    drop: async (identity, filterKey, pieces) => {
      await memory.drop(identity, filterKey, pieces)
      const database = await opening
      // What cannot be read now is given to nobody either.
      const kept = database === undefined ? [] : await loadFrom(database, identity, filterKey).catch(() => [])
      await write(objects => {
        for (const piece of kept)
          if (isTouched(piece, pieces)) objects.delete(keyOf(identity, filterKey, piece))
      })
    },
  }
}

/** Take what was joined apart again. */
const piecesIn = ({ logs, covered }: Awaited<ReturnType<LogArchive['load']>>): Piece[] =>
  covered.map(({ from, to }) => ({
    from,
    to,
    logs: logs.filter(({ block }) => block >= from && block <= to),
  }))
