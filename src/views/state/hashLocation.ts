import { useSyncExternalStore } from 'react'

/**
 * Routing in the fragment, query included (`#/pool/ankr?range=90d`), so that one build works on any static host and a
 * link carries the whole view. wouter's own hash hook keeps the query before the fragment and cannot clear it.
 */
function parts(): { readonly path: string; readonly search: string } {
  const [path = '', search = ''] = location.hash.replace(/^#?\/?/, '').split('?', 2)
  return { path: `/${path}`, search }
}

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener)
  return () => removeEventListener('hashchange', listener)
}

type NavigateOptions = { readonly replace?: boolean; readonly state?: unknown }

function navigate(to: string, { replace = false, state = null }: NavigateOptions = {}): void {
  const [oldURL, url] = [location.href, `#/${to.replace(/^\/+/, '')}`]
  if (replace) history.replaceState(state, '', url)
  else history.pushState(state, '', url)
  dispatchEvent(new HashChangeEvent('hashchange', { oldURL, newURL: location.href }))
}

export const useHashPath = (): [string, typeof navigate] => [
  useSyncExternalStore(subscribe, () => parts().path),
  navigate,
]

useHashPath.hrefs = (href: string): string => `#${href}`

export const useHashSearch = (): string => useSyncExternalStore(subscribe, () => parts().search)
