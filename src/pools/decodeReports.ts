import { byPlace, type EventLog } from '../math/eventLog.ts'
import type { MeasuredAt, Report } from '../math/report.ts'
import type { ReportEvent, TokenPool } from './definePool.ts'
import { decodeEvent, type EventShape, MalformedLog, parseEvent } from './eventWords.ts'

/** A log that a pool's contract emitted and that cannot be what its event says. */
export type MalformedReport = { readonly log: EventLog; readonly poolId: string; readonly why: string }

export type DecodedReports = {
  /** By pool id, ascending by block and place, of every pool whose events carry its rate. */
  readonly reports: ReadonlyMap<string, readonly Report[]>
  readonly malformed: readonly MalformedReport[]
}

type Emission = { readonly pool: TokenPool; readonly event: ReportEvent; readonly shape: EventShape }

const shapes = new WeakMap<ReportEvent, EventShape>()

function shapeOf(event: ReportEvent): EventShape {
  const known = shapes.get(event)
  if (known !== undefined) return known
  const shape = parseEvent(event.signature)
  shapes.set(event, shape)
  return shape
}

/** A topic alone says nothing: others emit the same. */
const keyOf = (address: string, topic: string): string => `${address} ${topic}`.toLowerCase()

function emissionsOf(pools: readonly TokenPool[]): Map<string, Emission> {
  const emissions = new Map<string, Emission>()
  for (const pool of pools)
    for (const event of pool.reports)
      for (const address of event.addresses)
        emissions.set(keyOf(address, event.topic), { pool, event, shape: shapeOf(event) })
  return emissions
}

function measuredBy({ block, measuredAt }: ReturnType<ReportEvent['measured']>): MeasuredAt {
  if (measuredAt !== undefined) return { kind: 'time', time: measuredAt }
  return block === undefined ? { kind: 'landing' } : { kind: 'block', block }
}

/** Say what is impossible about a report. */
function flawOf({ rate, measured, log }: Report, { bounds }: TokenPool): string | undefined {
  if (rate < bounds.lowest || rate > bounds.highest) return `A rate of ${rate} is not possible.`
  if (measured.kind === 'block' && measured.block > log.block)
    return `It measured block ${measured.block}, which came after its own.`
  if (measured.kind === 'time' && log.time !== undefined && measured.time > log.time)
    return `It measured at ${measured.time}, after its own block.`
  return undefined
}

function decode(log: EventLog, { pool, event, shape }: Emission): Report | MalformedReport {
  const refuse = (why: string): MalformedReport => ({ log, poolId: pool.id, why })
  try {
    const given = decodeEvent(shape, log)
    const report = { rate: event.rate(given), measured: measuredBy(event.measured(given)), log }
    const flaw = flawOf(report, pool)
    return flaw === undefined ? report : refuse(flaw)
  } catch (error) {
    if (error instanceof MalformedLog) return refuse(error.message)
    throw error
  }
}

/**
 * Make a decoder of these pools' reports that decodes each log once, however often it is handed in: logs come in again
 * with every few that are new.
 * @throws MalformedEvent where a definition's signature cannot be read
 */
export function createReportDecoder(
  pools: readonly TokenPool[],
): (logs: readonly EventLog[]) => DecodedReports {
  const emissions = emissionsOf(pools)
  const decoded = new WeakMap<EventLog, Report | MalformedReport>()
  return logs => {
    const reports = new Map<string, Report[]>(
      pools.filter(pool => pool.reports.length > 0).map(({ id }) => [id, []]),
    )
    const malformed: MalformedReport[] = []
    for (const log of [...logs].sort(byPlace)) {
      const emission = emissions.get(keyOf(log.address, log.topics[0] ?? ''))
      if (emission === undefined) continue
      const result = decoded.get(log) ?? decode(log, emission)
      decoded.set(log, result)
      if ('why' in result) malformed.push(result)
      else reports.get(emission.pool.id)?.push(result)
    }
    return { reports, malformed }
  }
}

/**
 * Find the reports of each pool among logs, by contract and topic; logs of no pool's event are passed over.
 * @throws MalformedEvent where a definition's signature cannot be read
 */
export const decodeReports = (pools: readonly TokenPool[], logs: readonly EventLog[]): DecodedReports =>
  createReportDecoder(pools)(logs)
