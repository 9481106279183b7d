import { byWorth } from '../math/byWorth.ts'
import { mulDivDown, WAD, type Wad, type Wei } from '../math/fixedPoint.ts'
import type { ExitFigure } from '../pools/definePool.ts'
import type { Live, LivePool } from './live.ts'
import type { Asset, Wallet } from './wallet.ts'

type ExitFact = LivePool['facts']['exit'][number]

/** What the protocol pays for a holding at once. */
type PaidNow =
  | { readonly kind: 'paid'; readonly figure: ExitFigure; readonly fact: ExitFact; readonly now: Wei }
  /** The protocol redeems nobody's token on chain. */
  | { readonly kind: 'closed'; readonly why: string }
  /** Nothing at once, or not as far as is read: the pool's own words say what there is instead. */
  | { readonly kind: 'later' }
  | { readonly kind: 'unknown'; readonly why: string }

/** What a market pays for a holding. */
type AtMarket =
  | { readonly ether: Wei; readonly premium: Wad; readonly isNoise: boolean }
  | { readonly why: string }

/** The ways out of one holding. */
export type Exit = {
  readonly asset: Asset
  readonly value: Wei | undefined
  readonly own: LivePool
  readonly paid: PaidNow
  readonly market: AtMarket
}

function paidNow({ symbol, kind }: Asset, value: Wei | undefined, { pool, facts }: LivePool): PaidNow {
  if (pool.exit.isClosed === true) return { kind: 'closed', why: 'No redemption is open to holders.' }
  const place = pool.exit.figures.findIndex(figure => figure.kind === 'amount' && figure.isPaidNow === true)
  const [figure, fact] = [pool.exit.figures[place], facts.exit[place]]
  if (figure === undefined || fact === undefined || kind !== 'token') return { kind: 'later' }
  if ('why' in fact) return { kind: 'unknown', why: fact.why }
  if (value === undefined) return { kind: 'unknown', why: `The value of the ${symbol} is not known.` }
  return { kind: 'paid', figure, fact, now: fact.value < value ? fact.value : value }
}

function atMarket({ symbol, kind }: Asset, value: Wei | undefined, { pool, facts }: LivePool): AtMarket {
  const { market, token } = pool
  if (market.kind === 'none') return { why: market.why }
  // A rebasing form is wrapped into the token and back at will; what the token's rate counts is another token.
  if (market.prices === 'token' && kind === 'plain')
    return { why: `The feed prices ${token.symbol}, not ${symbol}.` }
  if ('why' in facts.premium) return { why: facts.premium.why }
  if (value === undefined) return { why: `The value of the ${symbol} is not known.` }
  const { fraction, isNoise } = facts.premium.value
  return { ether: mulDivDown(value, WAD + fraction, WAD), premium: fraction, isNoise }
}

/** List the ways out of what a wallet holds of pools, the largest holding first. */
export function exitsOf(wallet: Wallet, live: Live): Exit[] {
  return byWorth(wallet).flatMap((asset): Exit[] => {
    const own = live.pools.find(({ pool }) => pool.id === asset.poolId)
    if (own === undefined || asset.balance === 0n) return []
    const value = wallet.holdings.items.find(({ id }) => id === asset.id)?.value
    return [{ asset, value, own, paid: paidNow(asset, value, own), market: atMarket(asset, value, own) }]
  })
}
