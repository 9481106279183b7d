import { lazy, type ReactNode, Suspense, useCallback, useRef, useState } from 'react'
import styles from './ReceiptDialog.module.css'
import type { Receipt } from './receipt.ts'
import { ReceiptContext } from './receiptContext.ts'

const ReceiptBody = lazy(() => import('./ReceiptBody.tsx').then(body => ({ default: body.ReceiptBody })))

/** Show receipts in one dialog for the whole page; the browser returns the focus to the figure. */
export function ReceiptProvider({ children }: { readonly children: ReactNode }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [receipt, setReceipt] = useState<Receipt>()
  const open = useCallback((shown: Receipt) => {
    setReceipt(shown)
    dialog.current?.showModal()
  }, [])
  return (
    <ReceiptContext value={open}>
      {children}
      <dialog ref={dialog} className={styles['dialog']} aria-labelledby="receipt-title">
        {receipt === undefined ? null : (
          <>
            <header>
              <h2 id="receipt-title">{receipt.title}</h2>
              <form method="dialog">
                <button type="submit" className={styles['close']}>
                  Close
                </button>
              </form>
            </header>
            <Suspense>
              <ReceiptBody receipt={receipt} />
            </Suspense>
          </>
        )}
      </dialog>
    </ReceiptContext>
  )
}
