import type { BlockNumber } from '../math/fixedPoint.ts'
import type { WalletPast } from '../math/walletPast.ts'
import { createRedraw } from './redraw.ts'

/** How to find out what moved: by logs where that takes few requests, by logs in any case, or by balances alone. */
export type AskedWay = 'auto' | 'logs' | 'grid'

export type PastStatus = {
  /** `stopped` by the reader or by leaving the page, `over` where nothing more is being read by itself. */
  readonly state: 'idle' | 'reading' | 'stopped' | 'over' | 'failed'
  /** What is known by now; undefined before the first answer. */
  readonly past: WalletPast | undefined
  /** Set where it failed. */
  readonly error: Error | undefined
}

/** What a reading is asked with. `known` is what the one before it came to. */
export type PastQuestion<Knowledge> = {
  readonly head: BlockNumber
  readonly way: AskedWay
  readonly known: Knowledge | undefined
  readonly signal: AbortSignal
}

type Step<Knowledge> = { readonly past: WalletPast; readonly knowledge: Knowledge }

export type ReadPast<Knowledge> = (question: PastQuestion<Knowledge>) => AsyncIterable<Step<Knowledge>>

/** The reading of one wallet's past: it lasts longer than the cards that show it, and no longer than the visit. */
export type PastReader = {
  readonly status: () => PastStatus
  readonly subscribe: (listener: () => void) => () => void
  /** Start unless it was started before. */
  readonly begin: (head: BlockNumber) => void
  /** Read in a way, from what is known. */
  readonly start: (way: AskedWay, head: BlockNumber) => void
  /** Forget what is known and read up to another head. */
  readonly renew: (head: BlockNumber) => void
  readonly stop: () => void
  /** Go on after a stop, a pause or a failure. */
  readonly goOn: () => void
  /** Somebody looks at it. @returns how to say that they have left: the last one who does stops the reading */
  readonly attach: () => () => void
}

const IDLE: PastStatus = { state: 'idle', past: undefined, error: undefined }

type Asked = Pick<PastQuestion<never>, 'head' | 'way'>

/** Create the reading of a wallet's past. What was read stays known between stops, failures and visits of the page. */
export function createPastReader<Knowledge>(read: ReadPast<Knowledge>): PastReader {
  const listeners = new Set<() => void>()
  let status = IDLE
  let known: Knowledge | undefined
  let latest: WalletPast | undefined
  let asked: Asked | undefined
  let running: AbortController | undefined
  let [lookers, isLeft] = [0, false]

  const show = (state: PastStatus['state'], error?: Error): void => {
    status = { state, past: latest, error }
    for (const listener of listeners) listener()
  }

  async function follow(steps: ReturnType<ReadPast<Knowledge>>, signal: AbortSignal): Promise<void> {
    const redraw = createRedraw<undefined>(() => show('reading'))
    try {
      for await (const step of steps) {
        // Another reading may have begun: what this one still tells is older.
        if (signal.aborted) return
        known = step.knowledge
        latest = step.past
        redraw.offer(undefined)
      }
    } finally {
      redraw.stop()
    }
  }

  async function run({ head, way }: Asked): Promise<void> {
    running?.abort()
    const control = new AbortController()
    running = control
    const { signal } = control
    const end = (state: 'over' | 'failed', error?: Error): void => {
      if (signal.aborted) return
      running = undefined
      show(state, error)
    }
    show('reading')
    try {
      await follow(read({ head, way, known, signal }), signal)
      end('over')
    } catch (error) {
      end('failed', error instanceof Error ? error : new Error(String(error)))
    }
  }

  const start = (way: AskedWay, head: BlockNumber): void => {
    asked = { way, head }
    void run(asked)
  }

  const stop = (): void => {
    if (running === undefined) return
    running.abort()
    running = undefined
    show('stopped')
  }

  const goOn = (): void => {
    if (asked !== undefined && running === undefined) void run(asked)
  }

  return {
    status: () => status,
    subscribe: listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    begin: head => {
      if (asked === undefined) start('auto', head)
    },
    start,
    renew: head => {
      known = undefined
      start(asked?.way ?? 'auto', head)
    },
    stop,
    goOn,
    attach: () => {
      lookers += 1
      if (isLeft) goOn()
      isLeft = false
      return () => {
        lookers -= 1
        if (lookers > 0 || running === undefined) return
        isLeft = true
        stop()
      }
    },
  }
}
