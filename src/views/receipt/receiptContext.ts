import { createContext, useContext } from 'react'
import type { Receipt } from './receipt.ts'

export const ReceiptContext = createContext<(receipt: Receipt) => void>(() => undefined)

/** Get the function that shows a receipt. */
export const useOpenReceipt = (): ((receipt: Receipt) => void) => useContext(ReceiptContext)
