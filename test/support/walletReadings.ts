import { getAddress } from 'viem'
import type { AssetReading, WalletReading } from '../../src/chain/readWallet.ts'
import { valueHoldings } from '../../src/math/holdings.ts'
import { readBalance, readEtherPrice } from '../../src/pools/infrastructure.ts'

export const ACCOUNT = getAddress(`0x${'12'.repeat(20)}`)
const outcome = { read: readBalance(ACCOUNT, ACCOUNT), success: true, returnData: '0x' } as const

/** One asset as a wallet reading has it; `id` is its symbol too. */
export const assetReading = (
  id: string,
  balance: bigint | undefined,
  rate: bigint | undefined,
  rest: Partial<AssetReading> = {},
): AssetReading => ({
  id,
  symbol: id,
  kind: id === 'ETH' ? 'ether' : 'token',
  unit: 'ETH',
  poolId: id === 'ETH' ? undefined : 'lido',
  rate,
  balance,
  balances: [{ account: ACCOUNT, balance, why: undefined, outcome }],
  idle: 0n,
  idleOutcomes: [],
  note: undefined,
  why: balance === undefined || rate === undefined ? 'It was silent.' : undefined,
  rateOutcome: undefined,
  ...rest,
})

/** A reading of a wallet; without a price its feed is old. */
export const walletReading = (assets: readonly AssetReading[], answer?: bigint): WalletReading => ({
  accounts: [ACCOUNT],
  block: 7n,
  time: 1_700_000_000n,
  chainId: 1n,
  operator: 'A',
  assets,
  holdings: valueHoldings(assets),
  price: {
    price: answer === undefined ? undefined : { answer, updatedAt: 1_699_999_990n },
    ...(answer === undefined ? { why: 'The feed is old.' } : {}),
    outcome: { ...outcome, read: readEtherPrice },
  },
})
