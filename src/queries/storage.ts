import { useSyncExternalStore } from 'react'
import { useSession } from './session.ts'

/** Say why the page keeps nothing between visits; undefined where it does. */
export function useStorageProblem(): string | undefined {
  const { store } = useSession()
  // A string, not the state: a store may make that anew each time it is asked.
  return useSyncExternalStore(store.subscribe, () => {
    const state = store.state()
    return state.kind === 'memory' ? state.why?.message : undefined
  })
}
