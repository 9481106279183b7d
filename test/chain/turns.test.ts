import { EventEmitter, getEventListeners } from 'node:events'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createTurns } from '../../src/chain/turns.ts'
import { failureOf } from './asking.ts'

const reason = new DOMException('left the page', 'AbortError')

/** Tasks that end when they are told to, and the order in which they began. */
function tasks() {
  const begun: number[] = []
  const events = new EventEmitter()
  return {
    begun,
    task: (id: number) => (): Promise<number> => {
      begun.push(id)
      return new Promise((resolve, reject) => {
        events.once(`finish ${id}`, () => resolve(id))
        events.once(`fail ${id}`, () => reject(id))
      })
    },
    finish: (id: number): void => void events.emit(`finish ${id}`),
    fail: (id: number): void => void events.emit(`fail ${id}`),
  }
}

/** Let all that waits for a promise go on. */
const settle = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

const steps = fc.array(
  fc.record({ does: fc.constantFrom('come', 'finish', 'fail', 'leave'), which: fc.nat(9) }),
  { maxLength: 40 },
)

/** Tasks that come and go, with a list of those that should be at work or waiting. */
function crowd(atOnce: number) {
  const turns = createTurns(atOnce)
  const { begun, task, finish, fail } = tasks()
  const present = new Map<number, AbortController>()
  let count = 0
  const end = (tell: (id: number) => void) => (id: number) => {
    tell(id)
    if (begun.includes(id)) present.delete(id)
  }
  return {
    turns,
    begun,
    present: () => [...present.keys()],
    come: (): void => {
      const abort = new AbortController()
      present.set(count, abort)
      turns.take(task(count), abort.signal).catch(() => undefined)
      count += 1
    },
    finish: end(finish),
    fail: end(fail),
    leave: (id: number): void => {
      present.get(id)?.abort(reason)
      if (!begun.includes(id)) present.delete(id)
    },
  }
}

describe('createTurns', () => {
  test('default: the first begin before take returns, the others in their order as turns come free', async () => {
    const turns = createTurns(2)
    const { begun, task, finish } = tasks()
    const done = [1, 2, 3, 4].map(id => turns.take(task(id), undefined))
    expect([begun, turns.working(), turns.waiting()]).toEqual([[1, 2], 2, 2])
    finish(2)
    expect(await done[1]).toBe(2)
    expect([begun, turns.working(), turns.waiting()]).toEqual([[1, 2, 3], 2, 1])
    for (const id of [1, 3, 4]) {
      finish(id)
      await settle()
    }
    expect(await Promise.all(done)).toEqual([1, 2, 3, 4])
    expect([begun, turns.working(), turns.waiting()]).toEqual([[1, 2, 3, 4], 0, 0])
  })

  test('behavior: a task that fails gives its turn on, and its failure to who asked', async () => {
    const turns = createTurns(1)
    const { begun, task, finish, fail } = tasks()
    const first = failureOf(turns.take(task(1), undefined))
    const second = turns.take(task(2), undefined)
    fail(1)
    expect(await first).toBe(1)
    finish(2)
    expect(await second).toBe(2)
    expect([begun, turns.working()]).toEqual([[1, 2], 0])
  })

  test('behavior: one that throws before its first wait gives its turn on as well', async () => {
    const turns = createTurns(1)
    const broken = (): never => {
      throw reason
    }
    expect(await failureOf(turns.take(broken, undefined))).toBe(reason)
    expect(turns.working()).toBe(0)
  })

  test('behavior: an abort before its turn ends the wait at once with its reason, and it never begins', async () => {
    const turns = createTurns(1)
    const { begun, task, finish } = tasks()
    const abort = new AbortController()
    const first = turns.take(task(1), undefined)
    const left = failureOf(turns.take(task(2), abort.signal))
    const third = turns.take(task(3), undefined)
    abort.abort(reason)
    expect(turns.waiting()).toBe(1)
    expect(await left).toBe(reason)
    finish(1)
    expect(await first).toBe(1)
    finish(3)
    expect(await third).toBe(3)
    expect(begun).toEqual([1, 3])
  })

  test('behavior: what was aborted before never joins, though there is room', async () => {
    const turns = createTurns(1)
    const { begun, task } = tasks()
    expect(await failureOf(turns.take(task(1), AbortSignal.abort(reason)))).toBe(reason)
    expect([begun, turns.working(), turns.waiting()]).toEqual([[], 0, 0])
  })

  test('behavior: an abort during its turn is the task’s own affair, and the turn is held until it ends', async () => {
    const turns = createTurns(1)
    const { begun, task, finish } = tasks()
    const abort = new AbortController()
    const done = [1, 2].map(id => turns.take(task(id), abort.signal))
    finish(1)
    await done[0]
    abort.abort(reason)
    await settle()
    expect([begun, turns.working()]).toEqual([[1, 2], 1])
    finish(2)
    expect(await done[1]).toBe(2)
  })

  test('behavior: whoever’s turn has come listens to the signal no more', async () => {
    const turns = createTurns(1)
    const { task, finish } = tasks()
    const { signal } = new AbortController()
    const done = [1, 2].map(id => turns.take(task(id), signal))
    expect(getEventListeners(signal, 'abort')).toHaveLength(1)
    finish(1)
    await done[0]
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
    finish(2)
    await done[1]
  })

  test('behavior: as many at once as allowed, whatever comes, ends, fails and leaves', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 4 }), steps, async (atOnce, what) => {
        const room = crowd(atOnce)
        for (const { does, which } of what) {
          const id = room.present()[which % room.present().length]
          if (does === 'come') room.come()
          else if (id !== undefined) room[does](id)
          await settle()
          const count = room.present().length
          const working = Math.min(atOnce, count)
          expect([room.turns.working(), room.turns.waiting()]).toEqual([working, count - working])
        }
        expect(room.begun).toEqual(room.begun.toSorted((a, b) => a - b))
      }),
      { numRuns: 60 },
    )
  })
})
