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
import { disposalReceipt, lotReceipt, lotSumReceipt } from './lotReceipts.ts'
import {
  atMarketReceipt,
  earnsReceipt,
  earnsTogetherReceipt,
  paidNowReceipt,
  poolShareReceipt,
  weightedReceipt,
} from './outlookReceipts.ts'
import { earnedInDollarsReceipt, earnedReceipt, earnedTotalReceipt } from './pastReceipts.ts'
import { unknownReceipt } from './receipt.ts'
import { pointReceipt, replayReceipt } from './replayReceipts.ts'
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
  atMarketReceipt,
  balanceReceipt,
  boughtReceipt,
  changeOfRateReceipt,
  changeReceipt,
  chartReceipt,
  disposalReceipt,
  earnedInDollarsReceipt,
  earnedReceipt,
  earnedTotalReceipt,
  earnsReceipt,
  earnsTogetherReceipt,
  etherInDollarsReceipt,
  exitReceipt,
  feeReceipt,
  gainReceipt,
  growthPerYearReceipt,
  growthReceipt,
  lotReceipt,
  lotSumReceipt,
  paidNowReceipt,
  pointReceipt,
  poolShareReceipt,
  premiumReceipt,
  projectionReceipt,
  rateReceipt,
  replayReceipt,
  reportReceipt,
  shareReceipt,
  stepReceipt,
  supplyInDollarsReceipt,
  supplyReceipt,
  tokenRateReceipt,
  totalInDollarsReceipt,
  totalReceipt,
  unknownReceipt,
  weightedReceipt,
  worthInDollarsReceipt,
  worthReceipt,
  yieldReceipt,
} as const

export type ReceiptBook = typeof receiptBook
