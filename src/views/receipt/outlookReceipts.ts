import { formatBlock, formatChange, formatExact, formatPercent } from '../../format/number.ts'
import { DAY, mulDivDown, type Seconds, WAD } from '../../math/fixedPoint.ts'
import type { Exit } from '../../queries/exits.ts'
import type { Live, LivePool } from '../../queries/live.ts'
import { earned, earnedTogether } from '../../queries/outlook.ts'
import type { Asset, Wallet } from '../../queries/wallet.ts'
import { accountsInWords } from '../wallet/accountWords.ts'
import type { Span, WindowOutlook, WindowProspect } from '../wallet/outlook.ts'
import { exitReceipt, premiumReceipt } from './factReceipts.ts'
import type { Receipt } from './receipt.ts'
import { supplyReceipt } from './supplyReceipts.ts'
import { yieldReceipt } from './yieldReceipt.ts'

const OWN_RECEIPT = 'The value in ETH has a receipt of its own beside this figure.'
const PROJECTION = 'A projection: it holds as long as the yield stays what it was.'

const daysOf = (span: Seconds): string => formatExact(span / DAY, 0)

type EarnsInputs = {
  readonly wallet: Wallet
  readonly asset: Asset
  readonly prospect: WindowProspect
  readonly time: Span
}

/** What a holding earns over a time at its pool's present yield. */
export function earnsReceipt({ wallet, asset, prospect, time }: EarnsInputs): Receipt {
  const title = `${asset.symbol}: what it earns ${time.words}`
  const value = `${formatExact(earned(prospect, time.span) ?? 0n)} ETH`
  if (prospect.kind !== 'earns')
    return {
      title,
      value,
      operator: wallet.operator,
      formula: ['It earns nothing by itself.'],
      notes: asset.note === undefined ? [] : [asset.note],
      calls: [],
    }
  const { base, rest, own } = prospect
  const { series, result } = own
  const { pool, operators } = series
  const basis = yieldReceipt({ pool, result, measure: 'apy', source: operators })
  return {
    ...basis,
    title,
    value,
    formula: [
      'value that earns × ((1 + APY)^(days ÷ 365) − 1), rounded down',
      `${formatExact(base)} × ((1 + ${formatPercent(result.apy, 6)} %)^(${daysOf(time.span)} ÷ 365) − 1)`,
      ...basis.formula.map(line => `APY: ${line}`),
    ],
    notes: [
      PROJECTION,
      OWN_RECEIPT,
      ...(rest === 0n ? [] : [`${formatExact(rest)} ETH of the value does not rebase and earns nothing.`]),
      ...(asset.note === undefined ? [] : [asset.note]),
      ...basis.notes,
    ],
  }
}

/** The names and yields of what earns, one line each. */
const earnersOf = ({ assets }: Wallet, { prospects }: WindowOutlook): string[] =>
  [...prospects].flatMap(([id, prospect]) => {
    const symbol = assets.find(asset => asset.id === id)?.symbol ?? id
    return prospect.kind === 'earns'
      ? [`${symbol}: ${formatExact(prospect.base)} ETH at ${formatPercent(prospect.own.result.apy, 6)} %`]
      : []
  })

/** What all holdings earn over a time at their pools' present yields. */
export function earnsTogetherReceipt(wallet: Wallet, outlook: WindowOutlook, span: Seconds): Receipt {
  const amount = earnedTogether(outlook, span)
  return {
    title: `What ${accountsInWords(wallet.accounts)} earns in ${daysOf(span)} days`,
    value: amount === undefined ? 'not known' : `${formatExact(amount)} ETH`,
    operator: wallet.operator,
    formula: [
      'The sum of value × ((1 + APY)^(days ÷ 365) − 1) of what earns, each rounded down.',
      ...earnersOf(wallet, outlook),
    ],
    notes: [PROJECTION, 'Each part has a receipt of its own in the table.'],
    calls: [],
  }
}

/** The yield of the holdings together, by value. */
export function weightedReceipt(wallet: Wallet, outlook: WindowOutlook, of: 'staked' | 'whole'): Receipt {
  const { weighted } = outlook
  const apy = of === 'staked' ? weighted.ofStaked : weighted.ofWhole
  const divisor = of === 'staked' ? weighted.staked : weighted.whole
  return {
    title: `Weighted APY of ${accountsInWords(wallet.accounts)}`,
    value: apy === undefined ? 'not known' : `${formatPercent(apy, 6)} %`,
    operator: wallet.operator,
    formula: [
      of === 'staked'
        ? 'sum of value × APY ÷ value of what earns'
        : 'sum of value × APY ÷ value of everything, with what earns nothing at 0 %',
      ...earnersOf(wallet, outlook),
      `÷ ${formatExact(divisor)} ETH`,
    ],
    notes: ['Each yield has a receipt of its own in the table.'],
    calls: [],
  }
}

type PoolShareInputs = {
  readonly wallet: Wallet
  readonly asset: Asset
  readonly value: bigint
  readonly live: Live
  readonly own: LivePool
}

/** A holding's part of what stands behind its pool. */
export function poolShareReceipt({ wallet, asset, value, live, own }: PoolShareInputs): Receipt {
  const { reading, pool } = own
  const pooled = reading.state === 'known' ? reading.pooled : 0n
  const supply = supplyReceipt(live, own)
  return {
    ...supply,
    title: `${asset.symbol}: share of ${pool.name}`,
    value: pooled === 0n ? 'not known' : `${formatPercent(mulDivDown(value, WAD, pooled), 12)} %`,
    formula: ['value ÷ supply of the pool', `${formatExact(value)} ÷ ${formatExact(pooled)}`],
    notes: [
      `The value is of block ${formatBlock(wallet.block)}, the supply of block ${formatBlock(live.block)}.`,
      OWN_RECEIPT,
      ...supply.notes,
    ],
  }
}

type WayOut = { readonly wallet: Wallet; readonly live: Live; readonly exit: Exit }
type PaidInputs = WayOut & { readonly paid: Extract<Exit['paid'], { readonly kind: 'paid' }> }

const momentsOf = ({ wallet, live }: WayOut): string =>
  `The value is of block ${formatBlock(wallet.block)}, the rest of block ${formatBlock(live.block)}.`

/** What the protocol pays for a holding at once. */
export function paidNowReceipt({ paid, ...way }: PaidInputs): Receipt {
  const { live, exit } = way
  const { asset, value = 0n, own } = exit
  const available = 'value' in paid.fact ? paid.fact.value : 0n
  const basis = exitReceipt(live, own, paid.figure, paid.fact, `${formatExact(available)} ETH`)
  return {
    ...basis,
    title: `${asset.symbol}: what the protocol pays now`,
    value: `${formatExact(paid.now)} ETH`,
    formula: [
      'the lesser of the value and what the contract can pay to all holders together',
      `min(${formatExact(value)}, ${formatExact(available)})`,
    ],
    notes: [momentsOf(way), 'Whoever comes first is paid first. Gas is not taken off.', ...basis.notes],
  }
}

type MarketInputs = WayOut & { readonly market: Extract<Exit['market'], { readonly ether: bigint }> }

/** What a market's price makes of a holding. */
export function atMarketReceipt({ market, ...way }: MarketInputs): Receipt {
  const { live, exit } = way
  const { asset, value = 0n, own } = exit
  const basis = premiumReceipt(live, own, market.premium)
  const source = own.pool.market
  const isOther = source.kind === 'feed' && source.prices === 'token' && asset.kind !== 'token'
  return {
    ...basis,
    title: `${asset.symbol}: at the market’s price`,
    value: `${formatExact(market.ether)} ETH`,
    formula: [
      'value × (1 + premium), rounded down',
      `${formatExact(value)} × (1 + ${formatChange(market.premium, 6)} %)`,
      ...basis.formula.map(line => `premium: ${line}`),
    ],
    notes: [
      momentsOf(way),
      ...(isOther
        ? [`The feed prices ${own.pool.token.symbol}, into which ${asset.symbol} is wrapped at the rate.`]
        : []),
      ...basis.notes,
    ],
  }
}
