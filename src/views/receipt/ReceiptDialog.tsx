import { lazy, type ReactNode, Suspense, useCallback, useRef, useState } from 'react'
import styles from './ReceiptDialog.module.css'
import { type MakeReceipt, ReceiptContext } from './receiptContext.ts'

const ReceiptBody = lazy(() => import('./ReceiptBody.tsx').then(body => ({ default: body.ReceiptBody })))

/** Show receipts in one dialog for the whole page; the browser returns the focus to the figure. */
export function ReceiptProvider({ children }: { readonly children: ReactNode }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [make, setMake] = useState<MakeReceipt>()
  const open = useCallback((shown: MakeReceipt) => {
    // A function as state is taken for an updater, so it is wrapped in one.
    setMake(() => shown)
    dialog.current?.showModal()
  }, [])
  return (
    <ReceiptContext value={open}>
      {children}
      <dialog ref={dialog} className={styles['dialog']} aria-labelledby="receipt-title">
        <form method="dialog">
          <button type="submit" className={styles['close']}>
            Close
          </button>
        </form>
        {make === undefined ? null : (
          <Suspense fallback={<h2 id="receipt-title">Receipt</h2>}>
            <ReceiptBody make={make} />
          </Suspense>
        )}
      </dialog>
    </ReceiptContext>
  )
}
