import { FROM_CONTRACT } from './facts.ts'
import { fixed, isoTime, percent, UNKNOWN } from './figures.ts'
import { originLine, priceLine, type ReadAt } from './origin.ts'
import type { PoolRate, RatesReport } from './rates.ts'
import { csvOf, textTable } from './table.ts'

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
      'feeWhy',
      'marketPriceWad',
      'premiumWad',
      'premiumIsNoise',
      'premiumWhy',
      'lastReportSeconds',
      'lastReportBlock',
      'lastReportWhy',
      'why',
    ],
    pools.map(({ exit: _, premiumIsNoise, ...pool }) => ({
      ...pool,
      premiumIsNoise: premiumIsNoise?.toString() ?? null,
      usdPerEthWad: etherPrice.usdPerEthWad,
      priceAgeSeconds: etherPrice.ageSeconds,
    })),
  )

const shown = (wei: string | null, digits: number): string =>
  wei === null ? UNKNOWN : fixed(BigInt(wei), 18, digits)

function feeOf({ feeWad, feeSource }: PoolRate): string {
  if (feeWad === null) return UNKNOWN
  return `${percent(BigInt(feeWad))}${feeSource === FROM_CONTRACT ? '' : ' published'}`
}

function premiumOf({ premiumWad, premiumIsNoise }: PoolRate): string {
  if (premiumWad === null) return UNKNOWN
  return `${percent(BigInt(premiumWad))}${premiumIsNoise === true ? ' within noise' : ''}`
}

function lastReportOf({ lastReportSeconds, lastReportBlock }: PoolRate): string {
  if (lastReportSeconds !== null) return isoTime(BigInt(lastReportSeconds))
  return lastReportBlock === null ? UNKNOWN : `block ${fixed(BigInt(lastReportBlock), 0, 0)}`
}

/** A line for each reason why figures of a pool are not known; what holds for its rate holds for all of it. */
function reasonsOf({ name, why, feeWhy, premiumWhy, lastReportWhy }: PoolRate): string[] {
  const beside = [
    ['fee', feeWhy],
    ['premium', premiumWhy],
    ['last report', lastReportWhy],
  ] as const
  const reasons = [...new Set(beside.flatMap(([, reason]) => reason ?? []))].filter(reason => reason !== why)
  return [
    ...(why === null ? [] : [`${UNKNOWN} ${name}: ${why}`]),
    ...reasons.map(reason => {
      const figures = beside.flatMap(([figure, own]) => (own === reason ? [figure] : []))
      return `${UNKNOWN} ${name}, ${figures.join(' and ')}: ${reason}`
    }),
  ]
}

/** Nobody is told that one operator agrees with itself. */
function agreementWords({ verdict, operators }: RatesReport['agreement']): string {
  if (verdict === 'alone') return ''
  return `; ${operators.join(' and ')} ${verdict === 'agreed' ? 'agree' : 'disagree'}`
}

/** Write a rates report for a terminal. */
export function ratesText(report: RatesReport, at: ReadAt): string {
  const table = textTable(
    [
      { title: 'Pool' },
      { title: 'Token' },
      { title: 'Rate', align: 'right' },
      { title: 'Unit' },
      { title: 'Supply', align: 'right' },
      { title: 'Pooled', align: 'right' },
      { title: 'Fee' },
      { title: 'Premium' },
      { title: 'Last report' },
      { title: 'Contract' },
      { title: 'Call' },
    ],
    report.pools.map(pool => [
      pool.name,
      pool.token ?? '',
      shown(pool.rateWad, 18),
      pool.unit ?? '',
      shown(pool.supplyWei, 2),
      shown(pool.pooledWei, 2),
      feeOf(pool),
      premiumOf(pool),
      lastReportOf(pool),
      pool.contract ?? '',
      pool.call?.replace(/ view returns.*/, '') ?? '',
    ]),
  )
  const reasons = report.pools.flatMap(reasonsOf)
  return [
    `${originLine(at)}, chain ${report.chainId}${agreementWords(report.agreement)}`,
    priceLine(report.etherPrice),
    '',
    table,
    ...(reasons.length > 0 ? ['', ...reasons] : []),
  ].join('\n')
}
