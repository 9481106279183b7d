import { useSyncExternalStore } from 'react'

/**
 * Routing in the fragment, query included (`#/pool/ankr?range=90d`), so that one build works on any static host and a
 * link carries the whole view. wouter's own hash hook keeps the query before the fragment and cannot clear it.
 */
function parts(): { readonly path: string; readonly search: string } {
  const [path = '', search = ''] = location.hash.replace(/^#?\/?/, '').split('?', 2)
  return { path: `/${path}`, search }
}

/** Going back between two entries of the same fragment, which differ in their state alone, is no change of the hash. */
export function subscribeToPlace(listener: () => void): () => void {
  addEventListener('hashchange', listener)
  addEventListener('popstate', listener)
  return () => {
    removeEventListener('hashchange', listener)
    removeEventListener('popstate', listener)
  }
}

type NavigateOptions = { readonly replace?: boolean; readonly state?: unknown }

/**
 * Where an entry is only replaced, as by another range in its query, its state stays unless another is given. A new one
 * begins at its top; going back to an old one is left to the browser, which knows where it was.
 */
function navigate(to: string, { replace = false, state }: NavigateOptions = {}): void {
  const [oldURL, url] = [location.href, `#/${to.replace(/^\/+/, '')}`]
  const kept = state ?? (replace ? history.state : null)
  if (replace) history.replaceState(kept, '', url)
  else {
    history.pushState(kept, '', url)
    document.documentElement.scrollTop = 0
  }
  dispatchEvent(new HashChangeEvent('hashchange', { oldURL, newURL: location.href }))
}

export const useHashPath = (): [string, typeof navigate] => [
  useSyncExternalStore(subscribeToPlace, () => parts().path),
  navigate,
]

useHashPath.hrefs = (href: string): string => `#${href}`

export const useHashSearch = (): string => useSyncExternalStore(subscribeToPlace, () => parts().search)
