/** Milliseconds between the first two updates of the screen while something is read. */
const FIRST_PAUSE = 250
/** The longer it takes, the less a single update adds; each costs the same, and the more the slower the machine. */
const LONGEST_PAUSE = 2_000
const GROWTH = 1.4

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
 * Show the newest of what is offered at most so often, and less often as it goes on, but never later than that: a
 * reading that stalls must not hide what came before.
 */
export function createRedraw<Value>(show: (value: Value) => void): Redraw<Value> {
  let latest: { readonly value: Value } | undefined
  let drawnAt = 0
  let pause = 0
  let waiting: ReturnType<typeof setTimeout> | undefined
  const stop = (): void => {
    clearTimeout(waiting)
    waiting = undefined
  }
  const flush = (): void => {
    stop()
    if (latest === undefined) return
    drawnAt = performance.now()
    pause = Math.min(LONGEST_PAUSE, pause === 0 ? FIRST_PAUSE : pause * GROWTH)
    show(latest.value)
  }
  return {
    offer: value => {
      latest = { value }
      const left = drawnAt + pause - performance.now()
      if (left <= 0) flush()
      else waiting ??= setTimeout(flush, left)
    },
    flush,
    stop,
  }
}
