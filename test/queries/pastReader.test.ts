import { describe, expect, test, vi } from 'vitest'
import type { WalletPast } from '../../src/math/walletPast.ts'
import { createPastReader, type PastQuestion } from '../../src/queries/pastReader.ts'

const PAST: WalletPast = {
  moments: [],
  courses: [],
  way: 'grid',
  periods: [],
  calls: 0n,
  unsure: 0,
  isOver: false,
  isPaused: false,
  noLogs: undefined,
  searchCost: undefined,
  searchedFrom: undefined,
  operator: 'A',
}

type Step = { readonly past: WalletPast; readonly knowledge: number }
const HEAD = 100n

/** A reader whose answers the test gives one by one. */
function watch() {
  const asked: PastQuestion<number>[] = []
  const waiting: { give: (step: Step | Error | 'end') => void }[] = []
  const reader = createPastReader<number>(async function* read(question) {
    asked.push(question)
    for (;;) {
      const step = await new Promise<Step | Error | 'end'>((resolve, reject) => {
        waiting.push({ give: resolve })
        question.signal.addEventListener('abort', () => reject(question.signal.reason))
      })
      if (step === 'end') return
      if (step instanceof Error) throw step
      yield step
    }
  })
  const states: string[] = []
  reader.subscribe(() => states.push(reader.status().state))
  const give = async (answer: number | Error | 'end'): Promise<void> => {
    await vi.waitFor(() => expect(waiting).not.toEqual([]))
    const isCount = typeof answer === 'number'
    waiting.pop()?.give(isCount ? { past: { ...PAST, calls: BigInt(answer) }, knowledge: answer } : answer)
    await new Promise(resolve => setTimeout(resolve, 0))
  }
  /** Requests that the shown past is made of. */
  const shown = (): bigint | undefined => reader.status().past?.calls
  return { reader, asked, states, give, shown }
}

describe('createPastReader', () => {
  test('default: it grows on the screen until it is over', async () => {
    const { reader, asked, give, shown, states } = watch()
    expect(reader.status()).toEqual({ state: 'idle', past: undefined, error: undefined })
    reader.begin(HEAD)
    expect(asked).toMatchObject([{ head: HEAD, way: 'auto', known: undefined }])
    expect(reader.status().state).toBe('reading')
    await give(1)
    expect(shown()).toBe(1n)
    await give(2)
    await give('end')
    expect(reader.status()).toMatchObject({ state: 'over', past: { calls: 2n }, error: undefined })
    expect(states.at(-1)).toBe('over')
  })

  test('behavior: it begins once, whatever the head does meanwhile', async () => {
    const { reader, asked, give } = watch()
    reader.begin(HEAD)
    reader.begin(HEAD + 1n)
    await give('end')
    reader.begin(HEAD + 2n)
    expect(asked).toHaveLength(1)
  })

  test('behavior: a stop ends the requests, keeps what is known, and going on goes on from there', async () => {
    const { reader, asked, give, shown } = watch()
    reader.begin(HEAD)
    await give(1)
    reader.stop()
    expect(asked[0]?.signal.aborted).toBe(true)
    expect(reader.status()).toMatchObject({ state: 'stopped', past: { calls: 1n } })
    await new Promise(resolve => setTimeout(resolve, 0))
    expect(reader.status().state).toBe('stopped')
    reader.goOn()
    expect(asked[1]).toMatchObject({ head: HEAD, known: 1 })
    expect(shown()).toBe(1n)
    await give(3)
    await give('end')
    expect(reader.status()).toMatchObject({ state: 'over', past: { calls: 3n } })
  })

  test('behavior: what was read since the screen was last drawn is shown at a stop', async () => {
    const { reader, give, shown } = watch()
    reader.begin(HEAD)
    await give(1)
    await give(2)
    reader.stop()
    expect(shown()).toBe(2n)
  })

  test('error: TypeError is kept with what is known, and trying again goes on', async () => {
    const { reader, asked, give } = watch()
    reader.begin(HEAD)
    await give(1)
    const failure = new TypeError('broken')
    await give(failure)
    expect(reader.status()).toMatchObject({ state: 'failed', error: failure, past: { calls: 1n } })
    reader.goOn()
    expect(reader.status()).toMatchObject({ state: 'reading', error: undefined })
    expect(asked[1]?.known).toBe(1)
  })

  test('behavior: another way starts from what is known, and ends the reading before it', async () => {
    const { reader, asked, give, shown } = watch()
    reader.begin(HEAD)
    await give(1)
    reader.start('logs', HEAD + 5n)
    expect(asked[0]?.signal.aborted).toBe(true)
    expect(asked[1]).toMatchObject({ way: 'logs', known: 1 })
    await give(2)
    await give('end')
    expect(reader.status().state).toBe('over')
    expect(shown()).toBe(2n)
  })

  test('behavior: renewed, it forgets what it knew and keeps the way', async () => {
    const { reader, asked, give } = watch()
    reader.start('grid', HEAD)
    await give(1)
    await give('end')
    reader.renew(HEAD + 9n)
    expect(asked[1]).toMatchObject({ head: HEAD + 9n, way: 'grid', known: undefined })
    // The older figures stay until there are newer ones.
    expect(reader.status()).toMatchObject({ state: 'reading', past: { calls: 1n } })
  })

  test('behavior: when the last one leaves it stops, and goes on when somebody comes back', async () => {
    const { reader, asked, give } = watch()
    const [leave, other] = [reader.attach(), reader.attach()]
    reader.begin(HEAD)
    await give(1)
    leave()
    expect(asked[0]?.signal.aborted).toBe(false)
    other()
    expect(asked[0]?.signal.aborted).toBe(true)
    expect(reader.status().state).toBe('stopped')
    reader.attach()
    expect(asked[1]).toMatchObject({ known: 1 })
    expect(reader.status().state).toBe('reading')
  })

  test('behavior: what the reader stopped stays stopped when they come back', async () => {
    const { reader, asked, give } = watch()
    const leave = reader.attach()
    reader.begin(HEAD)
    await give(1)
    reader.stop()
    leave()
    reader.attach()
    expect(asked).toHaveLength(1)
    expect(reader.status().state).toBe('stopped')
  })

  test('behavior: nothing to go on with before it has begun', () => {
    const { reader, asked } = watch()
    reader.goOn()
    reader.stop()
    expect(asked).toEqual([])
    expect(reader.status().state).toBe('idle')
  })
})
