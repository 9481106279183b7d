import { formatExact, formatPercent } from '../../format/number.ts'
import { mulDivDown, WAD } from '../../math/fixedPoint.ts'
import { valueInEther } from '../../math/holdings.ts'
import type { Asset, Wallet } from '../../queries/wallet.ts'
import { callOf, inDollars, type Receipt, type ReceiptCall } from './receipt.ts'

const titleOf = ({ symbol }: Asset, { account }: Wallet): string => `${symbol} of ${account}`

const notesOf = ({ note }: Asset): string[] => (note === undefined ? [] : [note])

const balanceCall = (wallet: Wallet, { balanceOutcome: { read, returnData } }: Asset): ReceiptCall =>
  callOf('Balance', read, returnData, wallet)

const rateCalls = (wallet: Wallet, { rateOutcome }: Asset): ReceiptCall[] =>
  rateOutcome === undefined ? [] : [callOf('Rate', rateOutcome.read, rateOutcome.returnData, wallet)]

/** What a wallet holds of an asset. */
export function balanceReceipt(wallet: Wallet, asset: Asset): Receipt {
  const { balance, symbol, why } = asset
  return {
    title: titleOf(asset, wallet),
    value: balance === undefined ? (why ?? 'not known') : `${formatExact(balance)} ${symbol}`,
    operator: wallet.operator,
    formula: ['The contract’s answer, divided by 10¹⁸.'],
    notes: notesOf(asset),
    calls: [balanceCall(wallet, asset)],
    account: wallet.account,
  }
}

/** What a token counts in ether, as read with the wallet. */
export function tokenRateReceipt(wallet: Wallet, asset: Asset): Receipt {
  const { rate, rateOutcome, symbol, why } = asset
  return {
    title: `${symbol}: ETH per token`,
    value: rate === undefined ? (why ?? 'not known') : `${formatExact(rate)} per ${symbol}`,
    operator: rateOutcome === undefined ? undefined : wallet.operator,
    formula:
      rateOutcome === undefined
        ? ['The balance is ether already: rate 1.']
        : ['The contract’s answer, divided by 10¹⁸.'],
    notes: notesOf(asset),
    calls: rateCalls(wallet, asset),
  }
}

/** What an asset of a wallet is worth in ether. */
export function assetReceipt(wallet: Wallet, asset: Asset): Receipt {
  const { balance, rate, rateOutcome } = asset
  const value = balance === undefined || rate === undefined ? undefined : valueInEther(balance, rate)
  return {
    title: titleOf(asset, wallet),
    value: value === undefined ? (asset.why ?? 'not known') : `${formatExact(value)} ETH`,
    operator: wallet.operator,
    formula:
      rateOutcome === undefined
        ? ['The balance is ether already: rate 1.']
        : [
            'balance × rate ÷ 10¹⁸, rounded down',
            `${formatExact(balance ?? 0n)} × ${formatExact(rate ?? 0n)}`,
          ],
    notes: notesOf(asset),
    calls: [balanceCall(wallet, asset), ...rateCalls(wallet, asset)],
    account: wallet.account,
  }
}

/** What an asset of a wallet is worth in US dollars. */
export function assetInDollarsReceipt(wallet: Wallet, asset: Asset, value: bigint): Receipt {
  const worth = inDollars('value in ETH', value, wallet.price, wallet)
  return {
    ...worth,
    title: `${titleOf(asset, wallet)}, in US dollars`,
    operator: wallet.operator,
    notes: [...worth.notes, 'The value in ETH has a receipt of its own beside this figure.'],
  }
}

/** An asset's part of a wallet. */
export function assetShareReceipt(
  { holdings: { total }, ...wallet }: Wallet,
  { symbol }: Asset,
  value: bigint,
): Receipt {
  return {
    title: `${symbol}: share of ${wallet.account}`,
    value: total === 0n ? 'not known' : `${formatPercent(mulDivDown(value, WAD, total), 4)} %`,
    operator: wallet.operator,
    formula: ['value ÷ total', `${formatExact(value)} ÷ ${formatExact(total)}`],
    notes: ['Value and total have receipts of their own.'],
    calls: [],
  }
}

/** The sum of a wallet. */
export function totalReceipt(wallet: Wallet): Receipt {
  const parts = wallet.holdings.items.filter(({ value }) => value !== undefined && value !== 0n)
  const symbol = (id: string): string => wallet.assets.find(asset => asset.id === id)?.symbol ?? id
  return {
    title: `Total of ${wallet.account}`,
    value: `${formatExact(wallet.holdings.total)} ETH`,
    operator: wallet.operator,
    formula: [
      'The sum of the values below, each at the protocol’s own rate.',
      ...parts.map(({ id, value }) => `${symbol(id)}: ${formatExact(value ?? 0n)}`),
    ],
    notes: ['Each value has a receipt of its own in the table.'],
    calls: [],
  }
}

/** The sum of a wallet in US dollars. */
export function totalInDollarsReceipt(wallet: Wallet): Receipt {
  const worth = inDollars('total in ETH', wallet.holdings.total, wallet.price, wallet)
  return {
    ...worth,
    title: `Total of ${wallet.account}, in US dollars`,
    operator: wallet.operator,
    notes: [...worth.notes, 'The total in ETH has a receipt of its own above this figure.'],
  }
}
