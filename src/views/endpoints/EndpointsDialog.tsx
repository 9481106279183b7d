import { useCallback, useEffect, useRef, useState } from 'react'
import { Boundary } from '../ui/Boundary.tsx'
import styles from '../ui/Dialog.module.css'
import { ErrorNote } from '../ui/ErrorNote.tsx'
import press from '../ui/Press.module.css'

type Panel = typeof import('./EndpointsPanel.tsx').EndpointsPanel

/** How far the panel itself is loaded. React's own lazy would keep a failure for ever. */
type Loaded = { readonly panel?: Panel; readonly error?: Error }

/** The panel of endpoints, open as long as it is mounted; the browser returns the focus to what opened it. */
export function EndpointsDialog({ onClose }: { readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [{ panel: EndpointsPanel, error }, setLoaded] = useState<Loaded>({})
  const load = useCallback(() => {
    void import('./EndpointsPanel.tsx').then(
      ({ EndpointsPanel: panel }) => setLoaded({ panel }),
      (cause: unknown) =>
        setLoaded({ error: new Error('Reload the page: a part of it is gone.', { cause }) }),
    )
  }, [])
  useEffect(() => {
    if (dialog.current?.open === false) dialog.current.showModal()
    load()
  }, [load])
  return (
    <dialog ref={dialog} className={styles['dialog']} aria-labelledby="endpoints-title" onClose={onClose}>
      <form method="dialog" className={styles['bar']}>
        <h2 id="endpoints-title">Endpoints</h2>
        <button type="submit" className={press['press']}>
          Close
        </button>
      </form>
      {error === undefined ? null : (
        <ErrorNote what="the panel" error={error} retry={load} isRetrying={false} />
      )}
      {EndpointsPanel === undefined ? null : (
        <Boundary what="the panel">
          <EndpointsPanel />
        </Boundary>
      )}
    </dialog>
  )
}
