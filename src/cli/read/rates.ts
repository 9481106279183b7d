import type { PoolReading, Snapshot } from '../../chain/readSnapshot.ts'
import type { Pool, TokenPool } from '../../pools/definePool.ts'
import { fixed, UNKNOWN } from './figures.ts'
import { type Origin, originLine, originOf, type PriceReport, priceLine, priceOf } from './origin.ts'
import { csvOf, textTable } from './table.ts'

type Unread = { readonly [field in keyof Origin]: null }

/** One pool at one block. What is not known is null, and `why` says why. */
export type PoolRate = (Origin | Unread) & {
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

const rateOf = (pool: TokenPool, snapshot: Snapshot): PoolRate => ({
  pool: pool.id,
  name: pool.name,
  token: pool.token.symbol,
  unit: pool.unit,
  ...figuresOf(
    snapshot.pools.find(one => one.pool === pool)?.reading ?? { state: 'unknown', why: 'It was not read.' },
  ),
  ...originOf(snapshot),
  contract: pool.rate.address,
  call: pool.rate.signature,
})

/** Report what a snapshot says of pools, in their order; a pool without a token says why it has no figures. */
export const ratesReport = (pools: readonly Pool[], snapshot: Snapshot): RatesReport => ({
  chainId: snapshot.chainId.toString(),
  ...originOf(snapshot),
  etherPrice: priceOf(snapshot.price, snapshot.time),
  pools: pools.map(pool =>
    pool.kind === 'token'
      ? rateOf(pool, snapshot)
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
      'why',
    ],
    pools.map(pool => ({
      ...pool,
      usdPerEthWad: etherPrice.usdPerEthWad,
      priceAgeSeconds: etherPrice.ageSeconds,
    })),
  )

const shown = (wei: string | null, digits: number): string =>
  wei === null ? UNKNOWN : fixed(BigInt(wei), 18, digits)

/** Write a rates report for a terminal. */
export function ratesText(report: RatesReport, snapshot: Snapshot): string {
  const table = textTable(
    [
      { title: 'Pool' },
      { title: 'Token' },
      { title: 'Rate', align: 'right' },
      { title: 'Unit' },
      { title: 'Supply', align: 'right' },
      { title: 'Pooled ETH', align: 'right' },
      { title: 'Contract' },
      { title: 'Call' },
    ],
    report.pools.map(({ name, token, unit, rateWad, supplyWei, pooledWei, contract, call }) => [
      name,
      token ?? '',
      shown(rateWad, 18),
      unit ?? '',
      shown(supplyWei, 2),
      shown(pooledWei, 2),
      contract ?? '',
      call?.replace(/ view returns.*/, '') ?? '',
    ]),
  )
  const reasons = report.pools.flatMap(({ name, why }) =>
    why === null ? [] : [`${UNKNOWN} ${name}: ${why}`],
  )
  return [
    `${originLine(snapshot)}, chain ${report.chainId}`,
    priceLine(report.etherPrice),
    '',
    table,
    ...(reasons.length > 0 ? ['', ...reasons] : []),
  ].join('\n')
}
