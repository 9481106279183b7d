import { formatExact } from '../../format/number.ts'
import { formatTime } from '../../format/time.ts'
import { valueInEther } from '../../math/holdings.ts'
import type { LivePrice } from '../../queries/live.ts'
import type { Asset, Wallet } from '../../queries/wallet.ts'
import { callOf, type Moment, type Receipt } from './receipt.ts'

/** The price of ether in US dollars. */
export function priceReceipt(
  at: Moment & { readonly operator: string },
  { price, outcome }: LivePrice,
): Receipt {
  return {
    title: 'Ether in US dollars',
    value: price === undefined ? 'not known' : `${formatExact(price.answer, 8)} USD`,
    operator: at.operator,
    formula: [
      'The second word of the answer, divided by 10⁸; the fourth says when the feed was last updated.',
    ],
    notes: price === undefined ? [] : [`The feed was updated at ${formatTime(price.updatedAt)}.`],
    calls: [callOf('Chainlink ETH/USD', outcome.read, outcome.returnData, at)],
  }
}

/** What an asset of a wallet is worth in ether. */
export function assetReceipt(wallet: Wallet, asset: Asset): Receipt {
  const { balance, rate, rateOutcome, balanceOutcome } = asset
  const value = balance === undefined || rate === undefined ? undefined : valueInEther(balance, rate)
  const formula =
    rateOutcome === undefined
      ? ['The balance is ether already: rate 1.']
      : ['balance × rate ÷ 10¹⁸, rounded down', `${formatExact(balance ?? 0n)} × ${formatExact(rate ?? 0n)}`]
  const calls = [callOf('Balance', balanceOutcome.read, balanceOutcome.returnData, wallet)]
  if (rateOutcome !== undefined) calls.push(callOf('Rate', rateOutcome.read, rateOutcome.returnData, wallet))
  return {
    title: `${asset.symbol} of ${wallet.account}`,
    value: value === undefined ? (asset.why ?? 'not known') : `${formatExact(value)} ETH`,
    operator: wallet.operator,
    formula,
    notes: asset.note === undefined ? [] : [asset.note],
    calls,
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
