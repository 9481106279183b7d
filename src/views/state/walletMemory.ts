import { useSyncExternalStore } from 'react'
import { subscribeToPlace } from './hashLocation.ts'

// Browsers keep the URL and the state of each history entry on the disk. So neither holds the wallet: the state holds a
// number, and what it stands for is forgotten with the page.
const looks = new Map<string, string>()

/** Set apart from the numbers of another visit, which stay in the browser's history after its looks are forgotten. */
const visit = crypto.getRandomValues(new Uint32Array(1)).join()

/** What `#/wallet` shows: the text that was looked for, and a key that is its own for each look. */
export type Look = { readonly key: string; readonly text: string }

/** Keep what somebody looks for in memory. @returns the state of the history entry that is to show it */
export function keepLook(text: string): { readonly look: string } {
  const look = `${visit}-${looks.size + 1}`
  looks.set(look, text)
  return { look }
}

function lookOf(state: unknown): string | undefined {
  const { look } = (state ?? {}) as Record<string, unknown>
  return typeof look === 'string' && looks.has(look) ? look : undefined
}

/** Get what the present history entry shows; undefined where it holds nothing, as after a reload. */
export function useLook(): Look | undefined {
  const key = useSyncExternalStore(subscribeToPlace, () => lookOf(history.state))
  const text = key === undefined ? undefined : looks.get(key)
  return key === undefined || text === undefined ? undefined : { key, text }
}
