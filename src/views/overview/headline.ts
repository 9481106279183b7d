import { formatPercent } from '../../format/number.ts'
import { formatDay } from '../../format/time.ts'
import type { YieldMeasure } from '../../math/chartSeries.ts'
import type { Seconds, Wad } from '../../math/fixedPoint.ts'
import { isYield, type YieldBand } from '../../math/window.ts'
import type { TokenPool } from '../../pools/definePool.ts'
import { rocketPool } from '../../pools/rocketPool.ts'
import type { Live } from '../../queries/live.ts'
import { type Kind, WINDOW_WORDS, type Window, windowSeconds } from '../state/viewState.ts'
import type { ReportAge } from './poolFacts.ts'
import { type FirstRow, isWhole } from './sortRows.ts'
import type { TableRow } from './tableRows.ts'

type Known = {
  readonly pool: TokenPool
  readonly value: Wad
  readonly text: string
  readonly band: YieldBand | undefined
}

/** The first question answered, and what keeps the answer from being sure. */
export type Headline = { readonly sentence: string; readonly doubt: string }

type Asked = {
  /** Whole rows of the pools that are listed. */
  readonly rows: readonly FirstRow[]
  readonly live: Pick<Live, 'time' | 'isRecalled'>
  readonly kind: Kind
  readonly window: Window
  readonly measure: YieldMeasure
}

const KIND_WORDS: Readonly<Record<Kind, string>> = {
  all: 'pools',
  protocol: 'protocols',
  exchange: 'exchanges',
  institution: 'institutions',
  restaking: 'restaking pools',
  wrapper: 'pools with two tokens',
}

/** Whether a span is about as long as the window: within a quarter of it. */
const isAbout = (span: Seconds, window: Seconds): boolean =>
  4n * span >= 3n * window && 4n * span <= 5n * window

/** Whether reports had ceased when the rate was read. */
const isSilent = (report: ReportAge): boolean =>
  (report.kind === 'age' && report.isLate) || (report.kind === 'unknown' && report.wasLate === true)

/** Whether the row's yield is that of the window: not of a shorter life, or of the time before its reports ceased. */
const isOfWindow = ({ result, report }: TableRow, window: Window): boolean =>
  isYield(result) && !isSilent(report) && isAbout(result.span, windowSeconds(window))

/** Whether there is a yield, and a rate now: a pool that cannot be read now tells nothing of now. */
const isKnown = (row: FirstRow): row is TableRow =>
  isWhole(row) && isYield(row.result) && row.live.reading.state === 'known'

/** The yields, the highest first. */
const knownOf = (rows: readonly TableRow[], measure: YieldMeasure): Known[] =>
  rows
    .flatMap((row): Known[] => {
      if (!isYield(row.result)) return []
      const value = row.result[measure]
      return [{ pool: row.pool, value, text: `${formatPercent(value)}\u00a0%`, band: row.band }]
    })
    .sort((one, other) => (one.value < other.value ? 1 : one.value > other.value ? -1 : 0))

/** Whether one that is behind may be ahead in truth. */
const mayLead = (behind: Known, ahead: Known): boolean =>
  behind.band === undefined || ahead.band === undefined || behind.band.high >= ahead.band.low

/** Who leads, and what it does: "Dinero yielded most of 14 pools". */
function leadOf(leaders: readonly Known[], count: number, { kind, isSure }: { kind: Kind; isSure: boolean }) {
  const kinds = KIND_WORDS[kind]
  const [first] = leaders
  const isLoss = first !== undefined && first.value < 0n
  if (leaders.length === count)
    return count === 1
      ? `${first?.pool.name} yielded`
      : `${count === 2 ? 'both' : `all ${count}`} ${kinds} yielded`
  const names =
    leaders.length > 2 ? String(leaders.length) : leaders.map(({ pool }) => pool.name).join(' and ')
  const had = isSure ? 'had' : `${leaders.length === 1 ? 'seems' : 'seem'} to have had`
  return `${names} ${had} the ${isLoss ? 'smallest loss' : 'highest yield'} of ${count}\u00a0${kinds}:`
}

/** What the pool had that most readers look for: the lowest, where that is sure, or just what it had. */
function alsoOf(own: Known, known: readonly Known[]): string {
  const others = known.filter(one => one !== own)
  const isLowest = others.length > 1 && others.every(other => own.value < other.value && !mayLead(own, other))
  const { name } = own.pool
  return isLowest ? `Lowest: ${name}, ${own.text}.` : `${name}: ${own.text}.`
}

/** Say which pool yielded most, over which time, and what that was. Undefined where no yield is known. */
export function headline({ rows, live, kind, window, measure }: Asked): Headline | undefined {
  const told = rows.filter(isKnown)
  const known = knownOf(
    told.filter(row => isOfWindow(row, window)),
    measure,
  )
  const [first] = known
  if (first === undefined) return undefined
  const leaders = known.filter(({ text }) => text === first.text)
  const rivals = known.filter(other => !leaders.includes(other) && mayLead(other, first))
  const when =
    live.isRecalled === true
      ? `Over the ${WINDOW_WORDS[window]} to ${formatDay(live.time)}`
      : `Over the last ${WINDOW_WORDS[window]}`
  const unit = leaders.length > 1 || first.pool.unit === 'ETH' ? '' : ` in ${first.pool.unit}`
  const own = known.find(({ pool }) => pool.id === rocketPool.id)
  const also = own === undefined || leaders.includes(own) ? '' : ` ${alsoOf(own, known)}`
  const lead = leadOf(leaders, known.length, { kind, isSure: rivals.length === 0 })
  const apart = told.filter(row => !isOfWindow(row, window)).map(({ pool }) => pool.name)
  const missing = rows.length - told.length
  const [rival] = rivals
  return {
    sentence: `${when}, ${lead} ${first.text} a\u00a0year${unit}.${also}`,
    doubt: [
      ...(rival === undefined
        ? []
        : [
            `Within the ±, ${rivals.length === 1 ? rival.pool.name : `${rivals.length} others`} may have yielded as much.`,
          ]),
      ...(apart.length === 0 ? [] : [`Left out, as its yield is of another time: ${apart.join(', ')}.`]),
      ...(missing === 0 ? [] : [`The yield of ${missing} is not known.`]),
    ].join(' '),
  }
}
