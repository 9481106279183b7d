import type { WalletFileInput } from '../../src/format/walletEvents.ts'
import { courseOf } from '../../src/math/course.ts'
import type { Period } from '../../src/math/earnings.ts'
import type { LotMethod } from '../../src/math/lots.ts'
import type { Moment } from '../../src/math/moment.ts'
import type { PastWay, WalletPast } from '../../src/math/walletPast.ts'
import { tokenPools } from '../../src/pools/index.ts'
import { type WalletAsset, walletAssets } from '../../src/pools/walletAssets.ts'
import { ACCOUNT } from './walletReadings.ts'
import { follow, logsOf, momentAt, type World } from './walletWorld.ts'

export const ASSETS = walletAssets(tokenPools)

/** Find what a wallet may hold by its symbol; of two parts of a token the first. */
export function assetNamed(symbol: string): WalletAsset {
  const found = ASSETS.find(asset => asset.symbol === symbol)
  if (found === undefined) throw new TypeError(`There is no ${symbol}.`)
  return found
}

export const ALL: Period = { id: 'all', from: undefined, until: undefined }

type Telling = {
  readonly way?: PastWay
  /** Of how many blocks one is read; the first and the last always are. */
  readonly every?: number
  readonly periods?: readonly Period[]
}

const TRANSACTION = `0x${'ab'.repeat(32)}` as const

/** Tell worlds of several assets, by symbol, as a reading of the chain would. */
export function pastOf(
  worlds: Readonly<Record<string, World>>,
  { way = 'logs', every = 1, periods = [ALL] }: Telling = {},
): WalletPast {
  const length = Math.max(...Object.values(worlds).map(world => world.length))
  const own = Object.entries(worlds).map(([symbol, world]) => {
    const padded = [...world, ...Array.from({ length: length - world.length }, () => [])]
    return { asset: assetNamed(symbol), truths: follow(padded), logs: logsOf(padded) }
  })
  const blocks = [0, ...Array.from({ length }, (_, block) => block + 1)].filter(
    block => block % every === 0 || block === length,
  )
  const moments = blocks.map((block): Moment => {
    const told = own.map(({ asset, truths }) => ({ asset, moment: momentAt(truths, block) }))
    const of = (field: 'units' | 'rates') =>
      Object.fromEntries(told.map(({ asset, moment }) => [asset.id, Object.values(moment[field])[0] ?? 0n]))
    return { ...(told[0]?.moment as Moment), units: of('units'), rates: of('rates') }
  })
  const courses = own.map(({ asset, logs }) =>
    courseOf(
      { id: asset.id, accrual: 'report' },
      {
        moments,
        transfers:
          way === 'logs'
            ? logs.transfers.map(transfer => ({ ...transfer, asset: asset.id, transaction: TRANSACTION }))
            : [],
        changes: way === 'logs' ? logs.changes.map(change => ({ ...change, asset: asset.id })) : [],
      },
    ),
  )
  return {
    ...{ moments, courses, way, periods, operator: 'Somebody' },
    ...{ calls: BigInt(moments.length), unsure: 0, isOver: true, isPaused: false },
    ...{ noLogs: undefined, searchCost: undefined, searchedFrom: undefined },
  }
}

/** What a file is made of, for a past that one account has. */
export const inputOf = (past: WalletPast, method: LotMethod = 'fifo'): WalletFileInput => ({
  ...{ past, assets: ASSETS, accounts: [ACCOUNT], chainId: 1n, method },
})
