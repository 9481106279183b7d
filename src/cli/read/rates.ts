import type { Live } from '../../chain/readLive.ts'
import type { PoolReading } from '../../chain/readSnapshot.ts'
import type { Pool, TokenPool } from '../../pools/definePool.ts'
import { factsOf, type PoolFactsReport } from './facts.ts'
import { fixed, percent, UNKNOWN } from './figures.ts'
import { type Origin, originLine, originOf, type PriceReport, priceLine, priceOf } from './origin.ts'
import { csvOf, textTable } from './table.ts'

type Unread = { readonly [field in keyof Origin]: null }

/** One pool at one block. What is not known is null, and `why` says why. */
export type PoolRate = (Origin | Unread) &
  PoolFactsReport & {
    readonly pool: string
    readonly name: string
    readonly token: string | null
    /** What `rateWad` counts per token. */
    readonly unit: string | null
    readonly rateWad: string | null
    readonly supplyWei: string | null
    readonly pooledWei: string | null
    readonly contract: string | null
    readonly call: string | null
    readonly why: string | null
  }

export type RatesReport = Origin & {
  readonly chainId: string
  readonly etherPrice: PriceReport
  readonly pools: readonly PoolRate[]
}

export const NOT_YET = 'Its contracts did not exist at this block.'

const NO_FIGURES = { rateWad: null, supplyWei: null, pooledWei: null } as const

function figuresOf(reading: PoolReading['reading']) {
  if (reading.state === 'notYet') return { ...NO_FIGURES, why: NOT_YET }
  if (reading.state === 'unknown') return { ...NO_FIGURES, why: reading.why }
  const { rate, supply, pooled } = reading
  return {
    rateWad: rate.toString(),
    supplyWei: supply.toString(),
    pooledWei: pooled.toString(),
    why: null,
  }
}

function rateOf(pool: TokenPool, live: Live): PoolRate {
  const found = live.pools.find(one => one.pool === pool)
  return {
    pool: pool.id,
    name: pool.name,
    token: pool.token.symbol,
    unit: pool.unit,
    ...figuresOf(found?.reading ?? { state: 'unknown', why: 'It was not read.' }),
    ...originOf(live),
    contract: pool.rate.address,
    call: pool.rate.signature,
    ...factsOf(found),
  }
}

/** Report what a live reading says of pools, in their order; a pool without a token says why it has no figures. */
export const ratesReport = (pools: readonly Pool[], live: Live): RatesReport => ({
  chainId: live.chainId.toString(),
  ...originOf(live),
  etherPrice: priceOf(live.price, live.time),
  pools: pools.map(pool =>
    pool.kind === 'token'
      ? rateOf(pool, live)
      : {
          pool: pool.id,
          name: pool.name,
          token: null,
          unit: null,
          ...NO_FIGURES,
          block: null,
          time: null,
          timeSeconds: null,
          operator: null,
          contract: null,
          call: null,
          ...factsOf(undefined),
          why: pool.reason,
        },
  ),
})

/** Write a rates report as one record for each pool. */
export const ratesCsv = ({ pools, etherPrice }: RatesReport): string =>
  csvOf(
    [
      'pool',
      'name',
      'token',
      'unit',
      'rateWad',
      'supplyWei',
      'pooledWei',
      'usdPerEthWad',
      'priceAgeSeconds',
      'block',
      'time',
      'timeSeconds',
      'operator',
      'contract',
      'call',
      'feeWad',
      'feeSource',
      'marketPriceWad',
      'premiumWad',
      'lastReportSeconds',
      'lastReportBlock',
      'why',
    ],
    pools.map(({ exit: _, ...pool }) => ({
      ...pool,
      usdPerEthWad: etherPrice.usdPerEthWad,
      priceAgeSeconds: etherPrice.ageSeconds,
    })),
  )

const shown = (wei: string | null, digits: number): string =>
  wei === null ? UNKNOWN : fixed(BigInt(wei), 18, digits)

/** Write a rates report for a terminal. */
export function ratesText(report: RatesReport, live: Live): string {
  const table = textTable(
    [
      { title: 'Pool' },
      { title: 'Token' },
      { title: 'Rate', align: 'right' },
      { title: 'Unit' },
      { title: 'Supply', align: 'right' },
      { title: 'Pooled', align: 'right' },
      { title: 'Fee', align: 'right' },
      { title: 'Premium', align: 'right' },
      { title: 'Contract' },
      { title: 'Call' },
    ],
    report.pools.map(
      ({ name, token, unit, rateWad, supplyWei, pooledWei, feeWad, premiumWad, contract, call }) => [
        name,
        token ?? '',
        shown(rateWad, 18),
        unit ?? '',
        shown(supplyWei, 2),
        shown(pooledWei, 2),
        feeWad === null ? UNKNOWN : percent(BigInt(feeWad)),
        premiumWad === null ? UNKNOWN : percent(BigInt(premiumWad)),
        contract ?? '',
        call?.replace(/ view returns.*/, '') ?? '',
      ],
    ),
  )
  const reasons = report.pools.flatMap(({ name, why }) =>
    why === null ? [] : [`${UNKNOWN} ${name}: ${why}`],
  )
  return [
    `${originLine(live)}, chain ${report.chainId}`,
    priceLine(report.etherPrice),
    '',
    table,
    ...(reasons.length > 0 ? ['', ...reasons] : []),
  ].join('\n')
}
