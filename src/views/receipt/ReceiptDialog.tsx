import { type ReactNode, useCallback, useRef, useState } from 'react'
import { Boundary } from '../ui/Boundary.tsx'
import styles from '../ui/Dialog.module.css'
import { ErrorNote } from '../ui/ErrorNote.tsx'
import press from '../ui/Press.module.css'
import { type MakeReceipt, ReceiptContext } from './receiptContext.ts'

type Body = typeof import('./ReceiptBody.tsx').ReceiptBody

/** How far the receipts themselves are loaded. React's own lazy would keep a failure for ever. */
type Loaded = { readonly body?: Body; readonly error?: Error }

/** What is asked for; counted, so that a receipt that failed does not stand in the way of the next. */
type Shown = { readonly make: MakeReceipt; readonly count: number }

/** Show receipts in one dialog for the whole page; the browser returns the focus to the figure. */
export function ReceiptProvider({ children }: { readonly children: ReactNode }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [shown, setShown] = useState<Shown>()
  const count = useRef(0)
  const [{ body: ReceiptBody, error }, setLoaded] = useState<Loaded>({})
  const load = useCallback(() => {
    void import('./ReceiptBody.tsx').then(
      ({ ReceiptBody: body }) => setLoaded({ body }),
      (cause: unknown) =>
        setLoaded({ error: new Error('Reload the page: a part of it is gone.', { cause }) }),
    )
  }, [])
  const open = useCallback(
    (make: MakeReceipt) => {
      load()
      count.current += 1
      setShown({ make, count: count.current })
      dialog.current?.showModal()
    },
    [load],
  )
  return (
    <ReceiptContext value={open}>
      {children}
      <dialog
        ref={dialog}
        className={styles['dialog']}
        data-narrow="true"
        aria-labelledby="receipt-title"
        // Nothing is asked for a receipt that nobody looks at.
        onClose={() => setShown(undefined)}
      >
        <form method="dialog" className={styles['bar']}>
          <span>{ReceiptBody === undefined ? '' : 'Receipt'}</span>
          <button type="submit" className={press['press']}>
            Close
          </button>
        </form>
        {ReceiptBody === undefined ? <h2 id="receipt-title">Receipt</h2> : null}
        {error === undefined ? null : (
          <ErrorNote what="the receipt" error={error} retry={load} isRetrying={false} />
        )}
        {shown === undefined || ReceiptBody === undefined ? null : (
          <Boundary key={shown.count} what="the receipt">
            <ReceiptBody make={shown.make} />
          </Boundary>
        )}
      </dialog>
    </ReceiptContext>
  )
}
