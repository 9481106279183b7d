import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { WAD } from '../math/fixedPoint.ts'
import { valueHoldings } from '../math/holdings.ts'
import type { Live } from './live.ts'
import { useSession } from './session.ts'
import { useSettledLive } from './settledLive.ts'
import { type Asset, type Wallet, walletQuery } from './wallet.ts'

/** What a rate may have moved by between the block of the live figures and the wallet's, in an ordinary report. */
const ORDINARY = WAD / 1_000n

type Doubt = Required<Pick<Asset, 'claims'>> & { readonly why: string }

/** Say why a rate that the wallet's endpoint gave cannot be believed; undefined where nothing speaks against it. */
function doubtOf({ poolId, rate, rateOutcome }: Asset, wallet: Wallet, live: Live): Doubt | undefined {
  const own = live.pools.find(({ pool }) => pool.id === poolId)
  if (own === undefined || rateOutcome === undefined || rate === undefined) return undefined
  const { reading, claims } = own
  if (claims !== undefined && reading.state === 'unknown') return { claims, why: reading.why }
  if (reading.state !== 'known') return undefined
  const gap = rate > reading.rate ? rate - reading.rate : reading.rate - rate
  if (gap * WAD <= reading.rate * ORDINARY) return undefined
  return {
    claims: [
      { operator: wallet.operator, reading: { ...reading, rate } },
      { operator: live.operator, reading },
    ],
    why: `${wallet.operator} and ${live.operator} give different rates, at blocks ${wallet.block} and ${live.block}. Only one of them can be right, so no value is shown.`,
  }
}

/**
 * Hold the rates behind a wallet's values against the live ones, which another operator gave. A wallet is shown to one
 * operator only, so its balances stand on that one's word; its rates need not.
 */
export function settleWallet(wallet: Wallet, live: Live | undefined): Wallet {
  if (live === undefined) return wallet
  const assets = wallet.assets.map((asset): Asset => {
    const doubt = doubtOf(asset, wallet, live)
    return doubt === undefined ? asset : { ...asset, rate: undefined, ...doubt }
  })
  const holdings = valueHoldings(assets.map(({ id, balance, rate }) => ({ id, balance, rate })))
  return { ...wallet, assets, holdings }
}

/** What accounts hold together, valued at rates that nothing speaks against. */
export function useSettledWallet(accounts: readonly string[]) {
  const session = useSession()
  const { live } = useSettledLive()
  // Rates of an earlier visit say nothing about those of now.
  const figures = live.data?.isRecalled === true ? undefined : live.data
  const select = useCallback((wallet: Wallet) => settleWallet(wallet, figures), [figures])
  return useQuery({ ...walletQuery(session, accounts), select })
}
