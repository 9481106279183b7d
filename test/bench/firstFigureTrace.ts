import { textTable } from '../../src/cli/read/table.ts'
import { figuresOf } from './paintReport.ts'

/** One event of Chromium's trace; times in microseconds. */
export type TraceEvent = {
  readonly name: string
  readonly ts: number
  readonly dur?: number
  readonly args?: {
    readonly data?: {
      readonly url?: string
      readonly requestId?: string
      readonly requestMethod?: string
    }
  }
}

/** Set by the page under trace when a rate stands in the table, and after the frame that paints it. */
export const FIGURE_MARK = 'first-figure'
export const PAINTED_MARK = 'first-figure-painted'

/** The way to the first figure, in milliseconds since the page's script had run. */
export type FirstFigure = {
  readonly sent: number
  readonly answered: number
  readonly figure: number
  readonly painted: number
  /** Requests to the endpoint before the figure stood, preflights left out. */
  readonly requests: number
}

/** A trace lacks what the first figure is measured by. */
export class IncompleteTrace extends Error {
  override readonly name = 'IncompleteTrace'
  constructor(what: string) {
    super(`The trace holds no ${what}.`)
  }
}

function found<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new IncompleteTrace(what)
  return value
}

const endOf = ({ ts, dur = 0 }: TraceEvent): number => ts + dur

/**
 * Read the way to the first figure out of a trace.
 * @param endpoint URL that JSON-RPC requests go to
 * @throws IncompleteTrace
 */
export function firstFigureOf(events: readonly TraceEvent[], endpoint: string): FirstFigure {
  const ordered = [...events].sort((one, other) => one.ts - other.ts)
  // The first module is the page's own: all others are loaded by it.
  const script = ordered.find(({ name }) => name === 'v8.evaluateModule')
  const ran = endOf(found(script, 'script of the page'))
  const figure = found(
    ordered.find(({ name }) => name === FIGURE_MARK),
    'figure',
  ).ts
  const painted = found(
    ordered.find(({ name }) => name === PAINTED_MARK),
    'painted figure',
  ).ts
  const asked = ordered.filter(
    ({ name, args, ts }) =>
      name === 'ResourceSendRequest' &&
      args?.data?.url === endpoint &&
      args.data.requestMethod !== 'OPTIONS' &&
      ts < figure,
  )
  const sent = found(asked[0], 'request to the endpoint')
  const answer = ordered.find(
    ({ name, args }) => name === 'ResourceFinish' && args?.data?.requestId === sent.args?.data?.requestId,
  )
  const since = (ts: number): number => (ts - ran) / 1000
  return {
    sent: since(sent.ts),
    answered: since(found(answer, 'answer of the endpoint').ts),
    figure: since(figure),
    painted: since(painted),
    requests: asked.length,
  }
}

/** A visit beside what the way to the endpoint and back takes without a page. */
export type Visit = FirstFigure & {
  /** Exchanges with the endpoint that the browser made of one request: two where it asked for leave first. */
  readonly exchanges: number
  /** Milliseconds of as many exchanges from an empty page, measured beside it. */
  readonly bare: number
}

/** All visits of one kind. */
export type FirstFigures = { readonly name: string; readonly visits: readonly Visit[] }

/** Milliseconds from the end of the script until the request leaves. */
const SENT_MS = 20
/** Milliseconds for drawing the page, judging and painting, beside what an empty page takes to ask. */
const WORK_MS = 300

const middleOf = (visits: readonly Visit[], of: (visit: Visit) => number): number =>
  figuresOf(visits.map(of)).median

const workOf = ({ painted, bare }: Visit): number => painted - bare

/**
 * Name the kinds of visit that ask more than once before the first figure in any visit, or that ask or paint too late
 * at the median.
 */
export function brokenFirstFigures(all: readonly FirstFigures[]): string[] {
  return all.flatMap(({ name, visits }) => {
    const most = Math.max(...visits.map(({ requests }) => requests))
    const sent = middleOf(visits, visit => visit.sent)
    const work = middleOf(visits, workOf)
    return [
      ...(most === 1 ? [] : [`${name}: ${most} requests before the first figure; the budget is 1`]),
      // What was not measured keeps no budget.
      ...(sent <= SENT_MS
        ? []
        : [`${name}: asked ${sent.toFixed(0)} ms after the script; the budget is ${SENT_MS}`]),
      ...(work <= WORK_MS
        ? []
        : [`${name}: painted ${work.toFixed(0)} ms later than an empty page asks; the budget is ${WORK_MS}`]),
    ]
  })
}

/** Write the medians as a table, in milliseconds since the page's script had run. */
export function firstFigureText(all: readonly FirstFigures[], delay: number): string {
  const right = (title: string) => ({ title, align: 'right' }) as const
  return textTable(
    [
      { title: `Milliseconds since the script had run, endpoint ${delay} ms away` },
      ...[
        ...['Visits', 'Exchanges', 'Requests', 'Sent', 'Answered', 'In the page', 'Painted', 'most'],
        ...['Empty page', 'Work', 'Budget'],
      ].map(right),
    ],
    all.map(({ name, visits }) => [
      name,
      visits.length.toString(),
      Math.max(...visits.map(({ exchanges }) => exchanges)).toString(),
      Math.max(...visits.map(({ requests }) => requests)).toString(),
      ...[
        middleOf(visits, visit => visit.sent),
        middleOf(visits, visit => visit.answered),
        middleOf(visits, visit => visit.figure),
        middleOf(visits, visit => visit.painted),
        Math.max(...visits.map(visit => visit.painted)),
        middleOf(visits, visit => visit.bare),
        middleOf(visits, workOf),
        WORK_MS,
      ].map(value => value.toFixed(0)),
    ]),
  )
}
