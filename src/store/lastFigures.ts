import { promisifyRequest } from 'idb-keyval'
import { isLastFigures, type LastFigures, type LastFiguresArchive } from '../math/lastFigures.ts'
import { openDatabase } from './database.ts'

/** Keep the last figures for as long as the page is open. */
export function createMemoryLastFigures(): LastFiguresArchive {
  const readings = new Map<string, LastFigures>()
  return {
    load: async chain => readings.get(chain),
    keep: async (chain, figures) => void readings.set(chain, figures),
  }
}

/**
 * Create the store of the last figures, in IndexedDB, or in memory where the browser keeps nothing or its space runs
 * out.
 */
export function createLastFigures(name = 'poolglass-last'): LastFiguresArchive {
  /** What could not be stored. */
  const memory = new Map<string, LastFigures>()
  const opening = openDatabase(name).catch(() => undefined)
  return {
    load: async chain => {
      const database = await opening
      const own = memory.get(chain)
      if (own !== undefined || database === undefined) return own
      try {
        const record: unknown = await database('readonly', objects => promisifyRequest(objects.get(chain)))
        return isLastFigures(record) ? record : undefined
      } catch {
        // Gone since it was opened: the store of samples says so, and without it there are no last figures.
        return undefined
      }
    },
    keep: async (chain, figures) => {
      const database = await opening
      memory.set(chain, figures)
      if (database === undefined) return
      try {
        await database('readwrite', objects => {
          objects.put(figures, chain)
          return promisifyRequest(objects.transaction)
        })
        memory.delete(chain)
      } catch {
        // Full, forbidden or gone: the page goes on with what it holds in memory, and the store of samples says so.
      }
    },
  }
}
