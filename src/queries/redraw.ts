/** Milliseconds between two updates of the screen while something is read. */
const REDRAW = 250

/** The screen's side of something that grows while it is read. */
type Redraw<Value> = {
  /** Show this, soon. */
  readonly offer: (value: Value) => void
  /** Show the last that was offered now, if anything was. */
  readonly flush: () => void
  /** Show nothing more. */
  readonly stop: () => void
}

/**
 * Show the newest of what is offered at most so often, but never later than that: a reading that stalls must not hide
 * what came before.
 */
export function createRedraw<Value>(show: (value: Value) => void): Redraw<Value> {
  let latest: { readonly value: Value } | undefined
  let drawnAt = 0
  let waiting: ReturnType<typeof setTimeout> | undefined
  const stop = (): void => {
    clearTimeout(waiting)
    waiting = undefined
  }
  const flush = (): void => {
    stop()
    drawnAt = performance.now()
    if (latest !== undefined) show(latest.value)
  }
  return {
    offer: value => {
      latest = { value }
      if (performance.now() - drawnAt >= REDRAW) flush()
      else waiting ??= setTimeout(flush, REDRAW)
    },
    flush,
    stop,
  }
}
