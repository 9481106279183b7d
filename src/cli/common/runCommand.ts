import { setMaxListeners } from 'node:events'
import { constants } from 'node:os'
import { EXIT, verdictOf } from './errors.ts'
import { complain, endWithReader, flushOutput } from './output.ts'

export type CommandContext = {
  readonly args: readonly string[]
  /** Aborted by Ctrl-C and by a request to end. */
  readonly signal: AbortSignal
  /** Have something ended with the command, however it ends; the last one first. */
  readonly atEnd: (task: () => unknown) => void
}

/** A command that goes on until it is stopped ends well by Ctrl-C; one that has an answer to give does not. */
export type CommandKind = 'answers' | 'goesOn'

/** Milliseconds that ending may take before it is cut short. */
const PATIENCE = 5_000

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Wait until a signal is aborted. */
export const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise(resolve => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })

function exitCodeAfter(signal: (typeof SIGNALS)[number], kind: CommandKind): number {
  if (signal !== 'SIGINT') return 128 + constants.signals[signal]
  return kind === 'goesOn' ? EXIT.done : EXIT.interrupted
}

function watchSignals(kind: CommandKind, controller: AbortController): Promise<number> {
  return new Promise(resolve => {
    for (const signal of SIGNALS)
      process.on(signal, () => {
        if (controller.signal.aborted) return
        const code = exitCodeAfter(signal, kind)
        controller.abort(new DOMException('Stopped by the user.', 'AbortError'))
        resolve(code)
      })
  })
}

async function endAll(tasks: readonly (() => unknown)[]): Promise<void> {
  const ending = (async () => {
    for (const task of tasks.toReversed()) await task()
  })()
  const patience = new Promise(resolve => setTimeout(resolve, PATIENCE).unref())
  await Promise.race([ending, patience])
}

async function attempt(work: Promise<number>): Promise<number> {
  try {
    return await work
  } catch (error) {
    const { code, message } = verdictOf(error)
    complain(message)
    return code
  }
}

/**
 * Run a command of the command line to its end: its answer, its failure, or a signal; then end all that it started,
 * and the process with the code that says which it was.
 */
export async function runCommand(
  kind: CommandKind,
  command: (context: CommandContext) => Promise<number>,
): Promise<never> {
  endWithReader()
  const controller = new AbortController()
  // Every request of a long reading listens to it.
  setMaxListeners(0, controller.signal)
  const tasks: (() => unknown)[] = []
  const stopped = watchSignals(kind, controller)
  const context: CommandContext = {
    args: process.argv.slice(2),
    signal: controller.signal,
    atEnd: task => tasks.push(task),
  }
  const quiet = command(context).catch((error: unknown) => {
    // After a signal everything breaks off, which is no failure.
    if (controller.signal.aborted) return stopped
    throw error
  })
  // Time limits of requests do not keep a process alive on their own: it would end before they do.
  setInterval(() => undefined, 2 ** 30)
  const code = await attempt(Promise.race([quiet, stopped]))
  await attempt(endAll(tasks).then(() => code))
  await flushOutput()
  process.exit(code)
}
