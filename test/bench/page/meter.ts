/** Milliseconds from a click on. */
export type Shot = {
  /** To the next paint, as the browser tells it: in steps of 8, and 16 where it is no longer than that. */
  readonly told: number
  /** To the end of the first frame after it. */
  readonly frame: number
  /** To the end of the frame that shows the chart as chosen; undefined where the lines did not change. */
  readonly drawn: number | undefined
}

/** What a click made of the page. */
export type PaintMeter = {
  /** Watch the next click. */
  readonly arm: () => void
  /**
   * Wait until the page has come to rest after it.
   * @param follows whether the lines of the chart are to change
   */
  readonly take: (follows: boolean) => Promise<Shot>
  /** Count what is drawn. */
  readonly count: () => { readonly points: number; readonly lines: number; readonly rows: number }
  /** Queries that wait for an answer that nobody gives: history and reports must be there already. */
  readonly waiting: () => number
}

/** What the browser does not tell is over within so many milliseconds. */
const SHORTEST_TOLD = 16
/** Milliseconds without a change of the lines after which the chart is taken to be drawn. */
const REST = 400
const POLL = 50
/** Milliseconds after which a chart that did not change is given up. */
const PATIENCE = 10_000

const LINE = 'path[data-line]'

/**
 * Call back at the end of the next frame, with the time. A message would wait behind what React does next, which is no
 * part of the frame.
 */
function afterFrame(done: (now: number) => void): void {
  requestAnimationFrame(() => {
    void scheduler.postTask(() => done(performance.now()), { priority: 'user-blocking' })
  })
}

const isLine = (node: Node): boolean =>
  node instanceof Element && (node.matches(LINE) || node.querySelector(LINE) !== null)

const changesLine = ({ target, addedNodes, removedNodes }: MutationRecord): boolean =>
  (target instanceof Element && target.matches(LINE)) || [...addedNodes, ...removedNodes].some(isLine)

/** All times at which a line has a corner. */
function corners(): Set<string> {
  const found = new Set<string>()
  for (const path of document.querySelectorAll(LINE))
    for (const [, x] of (path.getAttribute('d') ?? '').matchAll(/[MLH](-?[\d.]+)/g))
      if (x !== undefined) found.add(x)
  return found
}

/** Watch clicks, the browser's own account of them, and the lines of the chart. */
export function createMeter(points: number, waiting: () => number): PaintMeter {
  let clickedAt: number | undefined
  let frameAt: number | undefined
  let drawnAt: number | undefined
  let changedAt = 0
  let isWatching = false
  let told: number[] = []

  new PerformanceObserver(list => {
    for (const { name, duration } of list.getEntries())
      if (['pointerdown', 'pointerup', 'click'].includes(name)) told.push(duration)
  }).observe({ type: 'event', durationThreshold: SHORTEST_TOLD } as PerformanceObserverInit)

  // A click on a label is followed by one on its button: the first one counts.
  addEventListener(
    'click',
    ({ timeStamp }) => {
      if (!isWatching || clickedAt !== undefined) return
      clickedAt = timeStamp
      changedAt = timeStamp
      afterFrame(now => {
        frameAt = now
      })
    },
    { capture: true },
  )

  new MutationObserver(records => {
    if (!isWatching || !records.some(changesLine)) return
    changedAt = performance.now()
    afterFrame(now => {
      drawnAt = now
    })
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['d'] })

  const isAtRest = (follows: boolean): boolean => {
    const still = performance.now() - changedAt
    if (follows && drawnAt === undefined) return still > PATIENCE
    return frameAt !== undefined && still > REST
  }

  return {
    arm: () => {
      clickedAt = frameAt = drawnAt = undefined
      told = []
      isWatching = true
    },
    take: async follows => {
      while (!isAtRest(follows)) await new Promise(resolve => setTimeout(resolve, POLL))
      isWatching = false
      const since = clickedAt ?? 0
      return {
        told: Math.max(SHORTEST_TOLD, ...told),
        frame: (frameAt ?? 0) - since,
        drawn: drawnAt === undefined ? undefined : drawnAt - since,
      }
    },
    count: () => ({ points, lines: document.querySelectorAll(LINE).length, rows: corners().size }),
    waiting,
  }
}
