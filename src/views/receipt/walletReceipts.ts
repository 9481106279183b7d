import { formatExact, formatPercent } from '../../format/number.ts'
import { mulDivDown, WAD } from '../../math/fixedPoint.ts'
import { valueInEther } from '../../math/holdings.ts'
import type { Asset, Wallet } from '../../queries/wallet.ts'
import { accountsInWords } from '../wallet/accountWords.ts'
import { callOf, inDollars, type Receipt, type ReceiptCall } from './receipt.ts'

const titleOf = ({ symbol }: Asset, { accounts }: Wallet): string =>
  `${symbol} of ${accountsInWords(accounts)}`

const notesOf = ({ note }: Asset): string[] => (note === undefined ? [] : [note])

/** Whoever is asked for the calls sees all of these. */
const seenIn = ({ accounts }: Wallet): string => accounts.join(', ')

const balanceCalls = (wallet: Wallet, { balances }: Asset): ReceiptCall[] =>
  balances.map(({ account, outcome: { read, returnData } }) =>
    callOf(balances.length === 1 ? 'Balance' : `Balance of ${account}`, read, returnData, wallet),
  )

/** What each account holds, where they are several. */
const partsOf = ({ balances, symbol }: Asset): string[] =>
  balances.length === 1
    ? []
    : balances.map(
        ({ account, balance, why = 'not known' }) =>
          `${account}: ${balance === undefined ? why : `${formatExact(balance)} ${symbol}`}`,
      )

/** How much of a balance does not rebase, where accounts may choose. */
function idleNotes({ idle, idleOutcomes, symbol }: Asset): string[] {
  if (idleOutcomes.length === 0) return []
  return idle === undefined
    ? ['Whether all of it takes part in rebasing is not known.']
    : [`${formatExact(idle)} ${symbol} of it does not take part in rebasing and earns nothing.`]
}

const idleCalls = (wallet: Wallet, { idleOutcomes, balances }: Asset): ReceiptCall[] =>
  idleOutcomes
    .filter(({ read }) => balances.every(({ outcome }) => outcome.read !== read))
    .map(({ read, returnData }) => callOf(`Rebasing: ${read.shape}`, read, returnData, wallet))

const rateCalls = (wallet: Wallet, { rateOutcome }: Asset): ReceiptCall[] =>
  rateOutcome === undefined ? [] : [callOf('Rate', rateOutcome.read, rateOutcome.returnData, wallet)]

const atPar = ({ unit }: Asset): string =>
  unit === 'ETH' ? 'The balance is ether already: rate 1.' : `1 ${unit} is counted as 1 ETH: rate 1.`

/** What a wallet holds of an asset. */
export function balanceReceipt(wallet: Wallet, asset: Asset): Receipt {
  const { balance, symbol, why } = asset
  return {
    title: titleOf(asset, wallet),
    value: balance === undefined ? (why ?? 'not known') : `${formatExact(balance)} ${symbol}`,
    operator: wallet.operator,
    formula: [
      asset.balances.length === 1
        ? 'The contract’s answer, divided by 10¹⁸.'
        : 'The sum of the contract’s answers, divided by 10¹⁸.',
      ...partsOf(asset),
    ],
    notes: [...notesOf(asset), ...idleNotes(asset)],
    calls: [...balanceCalls(wallet, asset), ...idleCalls(wallet, asset)],
    account: seenIn(wallet),
  }
}

/** What a token counts in ether, as read with the wallet. */
export function tokenRateReceipt(wallet: Wallet, asset: Asset): Receipt {
  const { rate, rateOutcome, symbol, why } = asset
  return {
    title: `${symbol}: ETH per token`,
    value: rate === undefined ? (why ?? 'not known') : `${formatExact(rate)} per ${symbol}`,
    operator: rateOutcome === undefined ? undefined : wallet.operator,
    formula: rateOutcome === undefined ? [atPar(asset)] : ['The contract’s answer, divided by 10¹⁸.'],
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
        ? [atPar(asset)]
        : [
            'balance × rate ÷ 10¹⁸, rounded down',
            `${formatExact(balance ?? 0n)} × ${formatExact(rate ?? 0n)}`,
          ],
    notes: notesOf(asset),
    calls: [...balanceCalls(wallet, asset), ...rateCalls(wallet, asset)],
    account: seenIn(wallet),
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
  { holdings: { total }, accounts, operator }: Wallet,
  { symbol }: Asset,
  value: bigint,
): Receipt {
  return {
    title: `${symbol}: share of ${accountsInWords(accounts)}`,
    value: total === 0n ? 'not known' : `${formatPercent(mulDivDown(value, WAD, total), 4)} %`,
    operator,
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
    title: `Total of ${accountsInWords(wallet.accounts)}`,
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
    title: `Total of ${accountsInWords(wallet.accounts)}, in US dollars`,
    operator: wallet.operator,
    notes: [...worth.notes, 'The total in ETH has a receipt of its own above this figure.'],
  }
}
