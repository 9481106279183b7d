import { createContext, useContext } from 'react'
import type { ReceiptBook } from './book.ts'
import type { Receipt } from './receipt.ts'

/** Make a receipt from the book, which is there only when the reader asks. */
export type MakeReceipt = (book: ReceiptBook) => Receipt

export const ReceiptContext = createContext<(make: MakeReceipt) => void>(() => undefined)

/** Get the function that shows a receipt. */
export const useOpenReceipt = (): ((make: MakeReceipt) => void) => useContext(ReceiptContext)
