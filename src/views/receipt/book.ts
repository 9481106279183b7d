import {
  changeOfRateReceipt,
  exitReceipt,
  feeReceipt,
  premiumReceipt,
  reportReceipt,
  shareReceipt,
  supplyInDollarsReceipt,
} from './factReceipts.ts'
import { unknownReceipt } from './receipt.ts'
import { changeReceipt, rateReceipt, supplyReceipt } from './supplyReceipts.ts'
import { assetReceipt, priceReceipt, totalReceipt } from './walletReceipts.ts'
import { stepReceipt, yieldReceipt } from './yieldReceipt.ts'

/** All the receipts there are. Loaded when the first one is opened: figures do not wait for them. */
export const receiptBook = {
  assetReceipt,
  changeOfRateReceipt,
  changeReceipt,
  exitReceipt,
  feeReceipt,
  premiumReceipt,
  priceReceipt,
  rateReceipt,
  reportReceipt,
  shareReceipt,
  stepReceipt,
  supplyInDollarsReceipt,
  supplyReceipt,
  totalReceipt,
  unknownReceipt,
  yieldReceipt,
} as const

export type ReceiptBook = typeof receiptBook
