/** Lets tasks begin in the order they came, so many at once. */
export type Turns = {
  readonly atOnce: number
  /** Tasks at work. */
  readonly working: () => number
  /** Tasks whose turn has not come. */
  readonly waiting: () => number
  /** Do a task when its turn comes. @throws what the task throws, or the reason of an abort before its turn */
  readonly take: <Value>(task: () => Promise<Value>, signal: AbortSignal | undefined) => Promise<Value>
}

/** Create a line in which at most `atOnce` tasks are at work; whoever leaves it is not waited for nor counted. */
export function createTurns(atOnce: number): Turns {
  const line = new Set<() => void>()
  let working = 0

  async function work<Value>(task: () => Promise<Value>): Promise<Value> {
    working += 1
    try {
      return await task()
    } finally {
      working -= 1
      const [next] = line
      next?.()
    }
  }

  const join = <Value>(task: () => Promise<Value>, signal: AbortSignal | undefined): Promise<Value> =>
    new Promise((resolve, reject) => {
      const begin = (): void => {
        line.delete(begin)
        signal?.removeEventListener('abort', leave)
        resolve(work(task))
      }
      const leave = (): void => {
        line.delete(begin)
        reject(signal?.reason)
      }
      line.add(begin)
      signal?.addEventListener('abort', leave, { once: true })
    })

  return {
    atOnce,
    working: () => working,
    waiting: () => line.size,
    // Where there is room it begins before this returns: who asks next must see it counted.
    take: (task, signal) => {
      if (signal?.aborted === true) return Promise.reject(signal.reason)
      return working < atOnce ? work(task) : join(task, signal)
    },
  }
}
