import { useSyncExternalStore } from 'react'

/** What this device keeps of the page itself. */
export type Shell = {
  /** The page opens without a network. */
  readonly isKept: boolean
  /** Show the newer version that is ready; absent while there is none. */
  readonly renew?: () => void
  /** A version that the server has could not be kept: without a network an older one opens, or none. */
  readonly lacksVersion?: boolean
  /** Why it could not be kept, for whoever looks: nothing is lost by it now. */
  readonly problem?: unknown
}

const listeners = new Set<() => void>()
let current: Shell = { isKept: false }

export function announceShell(shell: Shell): void {
  current = shell
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const shellNow = (): Shell => current

/** Follow what this device keeps of the page. */
export const useShell = (): Shell => useSyncExternalStore(subscribe, shellNow)
