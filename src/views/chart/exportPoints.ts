import { exactDecimal } from '../../format/number.ts'
import { chartTime, isoTime } from '../../format/time.ts'
import type { Seconds } from '../../math/fixedPoint.ts'
import type { Sample } from '../../math/sample.ts'
import type { RatePoint } from '../../math/series.ts'
import { marketReads, type TokenPool } from '../../pools/definePool.ts'
import type { Read } from '../../pools/read.ts'
import { encodeWord } from '../../pools/words.ts'
import type { PoolSeries } from '../overview/poolFigures.ts'
import type { ViewState } from '../state/viewState.ts'
import type { Extent } from './lines.ts'
import { type Drawn, indexAt, type Track, type TrackValue, trackOf } from './tracks.ts'
import { plainValue } from './trackWords.ts'

/** All that a file of points is made of. */
export type Points = {
  readonly series: readonly PoolSeries[]
  readonly drawn: Drawn
  readonly extent: Extent
  readonly view: Pick<ViewState, 'window'>
  readonly chain: 'mainnet' | 'local' | 'embedded'
}

/** Changes when a reader of the file must: what is added changes nothing. */
const SCHEMA_VERSION = 1

const iso = (time: Seconds): string => isoTime(chartTime(time))

const unitOf = ({ unit, token }: TokenPool, { shown, measure }: Drawn): string => {
  switch (shown) {
    case 'yield':
      return `${measure.toUpperCase()} in %`
    case 'rate':
      return `${unit} per ${token.symbol}`
    case 'premium':
      return '%'
    default:
      return unit
  }
}

type Span = { readonly from: Seconds; readonly until: Seconds }

const spanOf = ({ extent: { from, until } }: Points): Span => ({
  from: BigInt(Math.ceil(from)),
  until: BigInt(Math.floor(until)),
})

/** Indices of a track that lie in a span; of stairs also the one in force at its start. */
function indicesIn({ times, isStairs }: Track, { from, until }: Span): number[] {
  const last = indexAt(times, until)
  const inside = indexAt(times, from - 1n) + 1
  const first = isStairs && times[inside] !== from ? Math.max(0, inside - 1) : inside
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, place) => first + place)
}

type Column = { readonly track: Track; readonly texts: ReadonlyMap<Seconds, string> }

/** A pool's values by time, those in force at the start written there. */
function columnOf(track: Track, span: Span, drawn: Drawn): Column {
  const texts = new Map<Seconds, string>()
  for (const index of indicesIn(track, span)) {
    const time = track.times[index] ?? span.from
    texts.set(time < span.from ? span.from : time, plainValue(track.compute(index), drawn.measure) ?? '')
  }
  return { track, texts }
}

const inOrder = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0)

const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/**
 * Write the points as a table of text: ISO times, exact plain numbers, the unit in the header, empty where a value is
 * not known, or was not read at that very moment though it moves all the time.
 */
export function csvOf(points: Points): string {
  const { series, drawn } = points
  const span = spanOf(points)
  const columns = series.map(own => columnOf(trackOf(own, drawn), span, drawn))
  const times = [...new Set(columns.flatMap(({ texts }) => [...texts.keys()]))].sort(inOrder)
  const inForce = columns.map(() => '')
  const rows = times.map(time => [
    iso(time),
    ...columns.map(({ track, texts }, place) => {
      const text = texts.get(time)
      if (!track.isStairs) return text ?? ''
      inForce[place] = text ?? inForce[place] ?? ''
      return inForce[place]
    }),
  ])
  const header = ['time', ...series.map(({ pool }) => quoted(`${pool.name} (${unitOf(pool, drawn)})`))]
  return `${[header, ...rows].map(row => row.join(',')).join('\n')}\n`
}

const callIn = ({ address, callData, signature }: Read) => ({ contract: address, callData, signature })

/** Where a rate comes from, so that anybody can ask for it again. */
function rateSource({ pool, operators }: PoolSeries, { report, ...point }: RatePoint) {
  const shared = {
    block: point.block.toString(),
    measuredAt: iso(point.measuredAt),
    notBefore: point.notBefore === undefined ? null : iso(point.notBefore),
    landedAt: iso(point.landedAt),
    // How much before `notBefore` it may have been measured.
    lagSeconds: point.lag?.toString() ?? null,
    rate: exactDecimal(point.rate),
    ...callIn(pool.rate),
  }
  if (report === undefined)
    return {
      ...shared,
      evidence: 'sample',
      returnData: `0x${encodeWord(point.rate)}`,
      operator: operators.get(point.block) ?? null,
    }
  const { transaction, index, address, topics, data, operator } = report.log
  return {
    ...shared,
    evidence: 'report',
    event: { transaction, logIndex: index.toString(), contract: address, topics, data },
    operator,
  }
}

/** Where a sample's figures come from. */
function sampleSource(pool: TokenPool, sample: Sample, { shown }: Drawn) {
  const own = pool.pooled === undefined ? [pool.rate, pool.supply] : [pool.pooled]
  const rate = pool.market.kind === 'feed' && pool.market.prices === 'token' ? [pool.rate] : []
  return {
    block: sample.block.toString(),
    evidence: 'sample',
    operator: sample.operator,
    calls: (shown === 'supply' ? own : [...marketReads(pool), ...rate]).map(callIn),
  }
}

const readingIn = ({ rate, supply, pooled, market }: Extract<TrackValue, { kind: 'supply' }>['reading']) => ({
  rate: exactDecimal(rate),
  supply: exactDecimal(supply),
  pooled: exactDecimal(pooled),
  marketPrice: market === undefined ? null : exactDecimal(market),
})

/** The receipt of one value, short: rates are named by their place in the pool's list. */
function receiptOf(value: TrackValue, own: PoolSeries, drawn: Drawn) {
  switch (value.kind) {
    case 'rate':
      return { rates: [value.point] }
    case 'growth':
      return { rates: [value.base, value.point] }
    case 'yield':
      return {
        rates: [value.result.start, value.result.end],
        spanSeconds: value.result.span.toString(),
        changes: value.result.steps,
      }
    case 'unknown':
      return { why: value.why }
    default:
      return { source: sampleSource(own.pool, value.sample, drawn), read: readingIn(value.reading) }
  }
}

const FORMULAS = {
  apy: '(rates[1] ÷ rates[0])^(31536000 ÷ spanSeconds) − 1, in percent',
  apr: '(rates[1] ÷ rates[0] − 1) × 31536000 ÷ spanSeconds, in percent',
  rate: 'the contract’s answer ÷ 10^18',
  growth: 'rates[1] ÷ rates[0]',
} as const

function formulaOf({ pooled, market }: TokenPool, { shown, measure }: Drawn): string {
  switch (shown) {
    case 'yield':
      return FORMULAS[measure]
    case 'supply':
      return pooled === undefined ? 'supply × rate, rounded down' : 'the contract’s own total'
    case 'premium':
      return market.kind === 'feed' && market.prices === 'token'
        ? '(marketPrice ÷ rate − 1), in percent'
        : '(marketPrice − 1), in percent'
    default:
      return FORMULAS[shown]
  }
}

function poolFile(own: PoolSeries, { drawn, ...points }: Points) {
  const track = trackOf(own, drawn)
  const places = new Map<RatePoint, number>()
  const placeOf = (point: RatePoint): number => {
    const place = places.get(point) ?? places.size
    places.set(point, place)
    return place
  }
  const values = indicesIn(track, spanOf({ drawn, ...points })).map(index => {
    const value = track.compute(index)
    const { rates, ...receipt } = { rates: undefined, ...receiptOf(value, own, drawn) }
    return {
      time: iso(track.times[index] ?? 0n),
      value: plainValue(value, drawn.measure) ?? null,
      ...(rates === undefined ? {} : { rates: rates.map(placeOf) }),
      ...receipt,
    }
  })
  const { id, name, token, unit } = own.pool
  return {
    id,
    name,
    token,
    unit,
    valueIn: unitOf(own.pool, drawn),
    formula: formulaOf(own.pool, drawn),
    holdsUntilNext: track.isStairs,
    points: values,
    // What `rates` of a point name by their places.
    rates: [...places.keys()].map(point => rateSource(own, point)),
  }
}

/** Write the points with all that is needed to check each of them. Numbers are exact decimal texts. */
export function jsonOf(points: Points): string {
  const { series, drawn, view, chain } = points
  const { from, until } = spanOf(points)
  const file = {
    schema: 'poolglass.history',
    version: SCHEMA_VERSION,
    chain,
    isSimulated: chain === 'embedded',
    shown: drawn.shown,
    ...(drawn.shown === 'yield' ? { measure: drawn.measure, window: view.window } : {}),
    from: iso(from),
    until: iso(until),
    pools: series.map(own => poolFile(own, points)),
  }
  return `${JSON.stringify(file, null, 1)}\n`
}
