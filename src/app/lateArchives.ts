import type { LogArchive } from '../math/eventLog.ts'
import type { LastFiguresArchive } from '../math/lastFigures.ts'
import type { BlockTimeArchive } from '../math/report.ts'

/** Load something when it is first wanted; after a failure whoever wants it next tries again. */
function late<Value>(importer: () => Promise<Value>): () => Promise<Value> {
  let coming: Promise<Value> | undefined
  return () => {
    coming ??= importer().catch((error: unknown) => {
      coming = undefined
      throw error
    })
    return coming
  }
}

const importLogs = (): Promise<LogArchive> =>
  import('../store/logStore.ts').then(({ createLogStore }) => createLogStore())

/** Create the store of logs, with its code to come behind the first figures: they ask nothing of it. */
export function createLateLogs(importer = importLogs): LogArchive {
  const open = late(importer)
  return {
    load: async (identity, filterKey) => (await open()).load(identity, filterKey),
    keep: async (identity, filterKey, piece, logs) => (await open()).keep(identity, filterKey, piece, logs),
    drop: async (identity, filterKey, pieces) => (await open()).drop(identity, filterKey, pieces),
  }
}

const importTimes = (): Promise<BlockTimeArchive> =>
  import('../store/blockTimeStore.ts').then(({ createBlockTimeStore }) => createBlockTimeStore())

/** Create the store of block times, with its code to come when it is first asked. */
export function createLateTimes(importer = importTimes): BlockTimeArchive {
  const open = late(importer)
  return {
    load: async (identity, blocks) => (await open()).load(identity, blocks),
    keep: async (identity, entries) => (await open()).keep(identity, entries),
  }
}

const importLast = (): Promise<LastFiguresArchive> =>
  import('../store/lastFigures.ts').then(({ createLastFigures }) => createLastFigures())

/** Create the store of the last figures, with its code to come when there are some to keep or none to be had. */
export function createLateLastFigures(importer = importLast): LastFiguresArchive {
  const open = late(importer)
  return {
    load: async chain => (await open()).load(chain),
    keep: async (chain, figures) => (await open()).keep(chain, figures),
  }
}
