/** Workers on a shared list, and how they hear of each other. */
export type Team<Worker> = {
  readonly active: ReadonlySet<Worker>
  /** Whether everybody has left, or waits for work that nobody can bring about. */
  readonly isOver: () => boolean
  /** Tell that something has changed, so that whoever waits looks again. */
  readonly notify: () => void
  /** Wait until something changes. */
  readonly change: () => Promise<void>
  /** Wait for work. */
  readonly rest: (worker: Worker) => Promise<void>
  readonly leave: (worker: Worker) => void
}

/** Bring workers together. It is over once all of them wait, as only one that works can make work for another. */
export function createTeam<Worker>(workers: readonly Worker[]): Team<Worker> {
  const active = new Set(workers)
  const resting = new Set<Worker>()
  let isOver = active.size === 0
  let wake: () => void = () => undefined
  let changed = Promise.resolve()
  const renew = (): void => {
    wake()
    changed = new Promise(resolve => {
      wake = resolve
    })
  }
  renew()
  const notify = (): void => {
    resting.clear()
    renew()
  }
  return {
    active,
    isOver: () => isOver,
    notify,
    change: () => changed,
    rest: async worker => {
      resting.add(worker)
      if (resting.size < active.size) return changed
      isOver = true
      renew()
    },
    leave: worker => {
      active.delete(worker)
      if (active.size === 0) isOver = true
      notify()
    },
  }
}
