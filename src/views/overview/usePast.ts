import { useCallback, useEffect, useState } from 'react'
import type { Past } from './past.ts'

type Loaded = { readonly past?: Past; readonly error?: Error }

const importPast = (): Promise<Past> => import('./past.ts').then(({ past }) => past)

/** Kept while the page is open: who comes back to the overview finds it whole at once. */
let kept: Loaded = {}

/** Get what works out the past, once it is loaded, or why it is not; `load` tries again. */
export function usePast(importer = importPast): Loaded & { readonly load: () => void } {
  const [loaded, setLoaded] = useState(kept)
  const load = useCallback(() => {
    void importer().then(
      past => {
        kept = { past }
        setLoaded(kept)
      },
      (cause: unknown) =>
        setLoaded({ error: new Error('Reload the page: a part of it is gone.', { cause }) }),
    )
  }, [importer])
  useEffect(() => {
    if (kept.past === undefined) load()
  }, [load])
  return { ...loaded, load }
}
