import type { SampleStore } from '../store/sampleStore.ts'

const importStore = (): Promise<SampleStore> =>
  import('../store/sampleStore.ts').then(({ createSampleStore }) => createSampleStore())

/** Create the store of samples, with its code to come behind the first figures: they ask nothing of it. */
export function createLateStore(importer = importStore): SampleStore {
  const listeners = new Set<() => void>()
  const tell = (): void => {
    for (const listener of listeners) listener()
  }
  let store: SampleStore | undefined
  let coming: Promise<SampleStore> | undefined
  const open = (): Promise<SampleStore> => {
    coming ??= importer().then(
      arrived => {
        store = arrived
        arrived.subscribe(tell)
        tell()
        return arrived
      },
      error => {
        // Whoever asks next tries again.
        coming = undefined
        throw error
      },
    )
    return coming
  }
  return {
    state: () => store?.state() ?? { kind: 'persistent' },
    subscribe: listener => {
      listeners.add(listener)
      // A store that cannot be loaded has no state to tell; the history, which needs it, says so.
      open().catch(() => undefined)
      return () => listeners.delete(listener)
    },
    load: async (identity, from, to) => (await open()).load(identity, from, to),
    keep: async (identity, samples) => (await open()).keep(identity, samples),
  }
}
