/** What a progress line says, told by whoever makes progress. */
export type Progress = { readonly tell: (text: string) => void; readonly end: () => void }

/** Progress is worth a line only where somebody waits. */
const QUIET_MS = 1_000
/** A timer may be early by this much, as the clock sees it. */
const CLOCK_MS = 5
const REDRAW_MS = 100
/** Between two lines of a log that cannot be redrawn. */
const LOG_MS = 3_000

/** Print a line, or several, to standard output. */
export const print = (text: string): boolean => process.stdout.write(`${text}\n`)

/** Print text that brings its own line ends. */
export const printWhole = (text: string): boolean => process.stdout.write(text)

/** Print a line to standard error. */
export const complain = (text: string): boolean => process.stderr.write(`${text}\n`)

/**
 * Start a progress line on standard error: nothing in the first second, then redrawn in place on a terminal, and a
 * line every few seconds elsewhere. `now` is in milliseconds.
 */
export function createProgress(
  stream: Pick<NodeJS.WriteStream, 'write'> & { readonly isTTY?: boolean } = process.stderr,
  now: () => number = Date.now,
): Progress {
  const startedAt = now()
  const pause = stream.isTTY === true ? REDRAW_MS : LOG_MS
  let lastAt = Number.NEGATIVE_INFINITY
  let drawn = 0
  return {
    tell: text => {
      const time = now()
      if (time - startedAt < QUIET_MS - CLOCK_MS || time - lastAt < pause) return
      lastAt = time
      stream.write(stream.isTTY === true ? `\r${text.padEnd(drawn)}` : `${text}\n`)
      drawn = text.length
    },
    end: () => {
      if (stream.isTTY === true && drawn > 0) stream.write(`\r${' '.repeat(drawn)}\r`)
      drawn = 0
    },
  }
}

/** Say what is waited for where an answer takes longer than a second. */
export async function whileWaiting<Value>(text: string, answer: Promise<Value>): Promise<Value> {
  const progress = createProgress()
  const timer = setTimeout(() => progress.tell(text), QUIET_MS)
  try {
    return await answer
  } finally {
    clearTimeout(timer)
    progress.end()
  }
}

/** End quietly where the reader of our output has gone, as `| head` does. */
export function endWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    throw error
  })
}

/** Wait until everything printed has left the process: a pipe may be written later than it looks. */
export async function flushOutput(): Promise<void> {
  const streams = [process.stdout, process.stderr]
  await Promise.all(streams.map(stream => new Promise(resolve => stream.write('', resolve))))
}
