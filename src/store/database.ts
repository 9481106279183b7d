import { createStore, promisifyRequest, type UseStore } from 'idb-keyval'

/** The browser does not let this page keep anything. */
export class StorageUnavailable extends Error {
  override readonly name = 'StorageUnavailable'
  constructor(cause?: unknown) {
    super(
      'This browser does not let the page keep what it has read, so history is read again at each visit.',
      { cause },
    )
  }
}

/** Milliseconds until an open that another tab blocks is given up. */
const OPEN_LIMIT = 2_000

/**
 * Open the page's IndexedDB and prove that it can be read.
 * @throws StorageUnavailable where there is none, it is forbidden, or another tab blocks it for more than 2 s
 */
export async function openDatabase(name: string): Promise<UseStore> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new StorageUnavailable('time-out')), OPEN_LIMIT)
  })
  try {
    // Firefox throws on the mere access where storage is forbidden; an old Safari has null there.
    if (globalThis.indexedDB === undefined || globalThis.indexedDB === null) throw new StorageUnavailable()
    const database = createStore(name, 'samples')
    await Promise.race([database('readonly', objects => promisifyRequest(objects.count())), late])
    return database
  } catch (error) {
    throw error instanceof StorageUnavailable ? error : new StorageUnavailable(error)
  } finally {
    clearTimeout(timer)
  }
}
