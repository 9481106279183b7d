import type { QueryClient } from '@tanstack/react-query'
import { hasPageConfig } from './pageConfig.ts'
import { keepPage } from './serviceWorker.ts'

/** Milliseconds until the page is kept though nothing was read. */
const PATIENCE = 10_000

/** Wait until the first figures are there, or have failed, and the browser has time. */
export const untilQuiet = (queries: QueryClient): Promise<void> =>
  new Promise(resolve => {
    const cache = queries.getQueryCache()
    const isRead = (): boolean =>
      cache.findAll({ queryKey: ['live'] }).some(({ state }) => state.status !== 'pending')
    const end = (): void => {
      leave()
      clearTimeout(timer)
      // Safari has no requestIdleCallback.
      if (typeof requestIdleCallback === 'function') requestIdleCallback(() => resolve())
      else setTimeout(resolve, 200)
    }
    const leave = cache.subscribe(() => {
      if (isRead()) end()
    })
    const timer = setTimeout(end, PATIENCE)
    if (isRead()) end()
  })

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

/**
 * Keep this page on this device once its first figures are painted. On this machine any server may be the next at the
 * same address: there the page counts as live even where its head says nothing.
 */
export async function keepOffline(queries: QueryClient): Promise<void> {
  const { version } = document.documentElement.dataset
  // A development server writes no version, and on plain http to another machine there are no workers.
  if (version === undefined || !('serviceWorker' in navigator)) return
  await untilQuiet(queries)
  await keepPage({
    container: navigator.serviceWorker,
    version,
    isLive: hasPageConfig() || LOOPBACK.includes(location.hostname),
    reload: () => location.reload(),
    onSight: listener =>
      document.addEventListener('visibilitychange', () => {
        if (document.visibilityState === 'visible') listener()
      }),
  })
}
