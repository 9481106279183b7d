import { useSyncExternalStore } from 'react'
import { useSession } from './session.ts'

/** Say why the page keeps nothing between visits; undefined where it does. */
export function useStorageProblem(): string | undefined {
  const { store } = useSession()
  const state = useSyncExternalStore(store.subscribe, store.state)
  return state.kind === 'memory' ? state.why?.message : undefined
}
