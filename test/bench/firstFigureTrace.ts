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

/** All visits of one kind. */
export type FirstFigures = {
  readonly name: string
  /** Exchanges with the endpoint that the browser makes of one request: two where it asks for leave first. */
  readonly exchanges: number
  readonly visits: readonly FirstFigure[]
}

/** Milliseconds for sending, judging, rendering and painting, beside the way to the endpoint and back. */
const WORK_MS = 100

const budgetOf = ({ exchanges }: FirstFigures, delay: number): number => exchanges * delay + WORK_MS

/** Name the kinds of visit that ask more than once before the first figure, or paint it too late at the median. */
export function brokenFirstFigures(all: readonly FirstFigures[], delay: number): string[] {
  return all.flatMap(kind => {
    const most = Math.max(...kind.visits.map(({ requests }) => requests))
    const { median } = figuresOf(kind.visits.map(({ painted }) => painted))
    const budget = budgetOf(kind, delay)
    return [
      ...(most === 1 ? [] : [`${kind.name}: ${most} requests before the first figure; the budget is 1`]),
      // What was not measured keeps no budget.
      ...(median <= budget
        ? []
        : [`${kind.name}: painted ${median.toFixed(0)} ms after the script; the budget is ${budget}`]),
    ]
  })
}

/** Write the medians as a table, in milliseconds since the page's script had run. */
export function firstFigureText(all: readonly FirstFigures[], delay: number): string {
  const right = (title: string) => ({ title, align: 'right' }) as const
  const middle = (kind: FirstFigures, key: keyof FirstFigure): string =>
    figuresOf(kind.visits.map(visit => visit[key])).median.toFixed(0)
  return textTable(
    [
      { title: `Milliseconds since the script had run, endpoint ${delay} ms away` },
      ...['Visits', 'Exchanges', 'Sent', 'Answered', 'In the page', 'Painted', 'most', 'Budget'].map(right),
    ],
    all.map(kind => [
      kind.name,
      kind.visits.length.toString(),
      kind.exchanges.toString(),
      middle(kind, 'sent'),
      middle(kind, 'answered'),
      middle(kind, 'figure'),
      middle(kind, 'painted'),
      figuresOf(kind.visits.map(({ painted }) => painted)).most.toFixed(0),
      budgetOf(kind, delay).toString(),
    ]),
  )
}
