import { chartReceipt } from './chartReceipts.ts'
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
import {
  assetInDollarsReceipt,
  assetReceipt,
  assetShareReceipt,
  balanceReceipt,
  tokenRateReceipt,
  totalInDollarsReceipt,
  totalReceipt,
} from './walletReceipts.ts'
import {
  boughtReceipt,
  etherInDollarsReceipt,
  gainReceipt,
  growthPerYearReceipt,
  growthReceipt,
  projectionReceipt,
  worthInDollarsReceipt,
  worthReceipt,
} from './whatIfReceipts.ts'
import { stepReceipt, yieldReceipt } from './yieldReceipt.ts'

/** All the receipts there are. Loaded when the first one is opened: figures do not wait for them. */
export const receiptBook = {
  assetInDollarsReceipt,
  assetReceipt,
  assetShareReceipt,
  balanceReceipt,
  boughtReceipt,
  changeOfRateReceipt,
  changeReceipt,
  chartReceipt,
  etherInDollarsReceipt,
  exitReceipt,
  feeReceipt,
  gainReceipt,
  growthPerYearReceipt,
  growthReceipt,
  premiumReceipt,
  projectionReceipt,
  rateReceipt,
  reportReceipt,
  shareReceipt,
  stepReceipt,
  supplyInDollarsReceipt,
  supplyReceipt,
  tokenRateReceipt,
  totalInDollarsReceipt,
  totalReceipt,
  unknownReceipt,
  worthInDollarsReceipt,
  worthReceipt,
  yieldReceipt,
} as const

export type ReceiptBook = typeof receiptBook
