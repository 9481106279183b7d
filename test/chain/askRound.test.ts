import { beforeEach, describe, expect, test, vi } from 'vitest'
import { askHedged, askInTurn } from '../../src/chain/askRound.ts'
import { CallReverted, RateLimited, StaleHead, Unreachable } from '../../src/chain/errors.ts'
import { createMember, type Member } from '../../src/chain/member.ts'
import type { Answer } from '../../src/chain/question.ts'
import { endpointAt } from '../support/chain.ts'
import { failureOf } from './asking.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'performance', 'setTimeout', 'clearTimeout'] })
  return () => vi.useRealTimers()
})

const NO_MEMORY = { recall: () => ({}), remember: () => undefined }

/** What a member does when asked: an answer or a failure after some milliseconds, or nothing at all. */
type Part = { readonly after?: number; readonly gives: bigint | Error } | 'hangs'

/** Members a, b, c, … that play their parts. */
function cast(...parts: readonly Part[]) {
  const members = parts.map((_, index) => {
    const name = 'abcdef'.charAt(index)
    return createMember(endpointAt(`http://${name}`, name), NO_MEMORY)
  })
  const asked: [string, number][] = []
  const left: string[] = []
  const began = performance.now()
  const ask = (member: Member, signal: AbortSignal | undefined): Promise<Answer<bigint>> => {
    const { operator, url } = member.endpoint
    asked.push([operator, performance.now() - began])
    const part = parts[members.indexOf(member)] ?? 'hangs'
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        left.push(operator)
        reject(signal?.reason)
      }
      signal?.addEventListener('abort', leave)
      if (part === 'hangs') return
      setTimeout(() => {
        signal?.removeEventListener('abort', leave)
        if (part.gives instanceof Error) reject(part.gives)
        else resolve({ value: part.gives, operator, url })
      }, part.after ?? 0)
    })
  }
  const resting = () =>
    members.filter(({ standing }) => standing.isResting()).map(({ endpoint }) => endpoint.operator)
  return { members, ask, asked, left, resting }
}

/** Let time pass, by default all that a promise may wait for. */
async function settle<Value>(promise: Promise<Value>, milliseconds = 50_000): Promise<Value> {
  promise.catch(() => undefined)
  await vi.advanceTimersByTimeAsync(milliseconds)
  return promise
}

const limited = new RateLimited('wants fewer')
const gone = new Unreachable('is gone')
const revert = new CallReverted('refuses')
const reason = new DOMException('left the page', 'AbortError')

describe('askInTurn', () => {
  test('default: the first that answers, and nobody after it', async () => {
    const { members, ask, asked } = cast({ gives: limited }, { gives: 2n }, { gives: 3n })
    const round = await settle(askInTurn(members, ask, undefined))
    expect(round).toEqual({ answer: { value: 2n, operator: 'b', url: 'http://b' }, failures: [limited] })
    expect(asked.map(([operator]) => operator)).toEqual(['a', 'b'])
  })

  test('behavior: no answer where all fail, or where there is nobody', async () => {
    const { members, ask } = cast({ gives: limited }, { gives: gone })
    expect(await settle(askInTurn(members, ask, undefined))).toEqual({
      answer: undefined,
      failures: [limited, gone],
    })
    expect(await askInTurn([], ask, undefined)).toEqual({ answer: undefined, failures: [] })
  })

  test('behavior: it never asks two at a time, however slow the first is', async () => {
    const { members, ask, asked } = cast({ after: 9_000, gives: gone }, { gives: 2n })
    await settle(askInTurn(members, ask, undefined))
    expect(asked).toEqual([
      ['a', 0],
      ['b', 9_000],
    ])
  })

  test.each<[string, Error]>([
    ['a revert', revert],
    ['an abort', reason],
    ['what is no failure of an endpoint', new RangeError('our own')],
  ])('behavior: %s ends the search', async (_, error) => {
    const { members, ask, asked } = cast({ gives: error }, { gives: 2n })
    expect(await settle(failureOf(askInTurn(members, ask, undefined)))).toBe(error)
    expect(asked).toHaveLength(1)
  })

  test('behavior: an abort reaches who is asked', async () => {
    const { members, ask, left } = cast('hangs', { gives: 2n })
    const abort = new AbortController()
    const round = failureOf(askInTurn(members, ask, abort.signal))
    abort.abort(reason)
    expect(await round).toBe(reason)
    expect(left).toEqual(['a'])
  })
})

describe('askHedged', () => {
  type Hedge = Partial<Parameters<typeof askHedged<bigint>>[2]>
  const go = (members: readonly Member[], ask: ReturnType<typeof cast>['ask'], change: Hedge = {}) =>
    askHedged(members, ask, { signal: undefined, ageOf: undefined, mostAge: undefined, ...change })

  test('default: one that answers in time is the only one asked', async () => {
    const { members, ask, asked, resting } = cast({ after: 799, gives: 1n }, { gives: 2n })
    const round = await settle(go(members, ask))
    expect(round).toEqual({ answer: { value: 1n, operator: 'a', url: 'http://a' }, failures: [] })
    expect(asked).toEqual([['a', 0]])
    expect(resting()).toEqual([])
  })

  test('behavior: after 0.8 s the next is asked as well, and the first good answer counts', async () => {
    const { members, ask, asked, left, resting } = cast('hangs', { after: 100, gives: 2n }, { gives: 3n })
    const round = await settle(go(members, ask))
    expect(round.answer?.operator).toBe('b')
    expect(asked).toEqual([
      ['a', 0],
      ['b', 800],
    ])
    // The slower one is left, is not blamed, and is not the first to be asked next time.
    expect(left).toEqual(['a'])
    expect(round.failures).toEqual([])
    expect(members[0]?.standing.lastRefusal()).toBeUndefined()
    expect(resting()).toEqual(['a'])
  })

  test('behavior: after another 0.8 s the third', async () => {
    const { members, ask, asked, left, resting } = cast('hangs', 'hangs', { after: 100, gives: 3n })
    expect((await settle(go(members, ask))).answer?.operator).toBe('c')
    expect(asked).toEqual([
      ['a', 0],
      ['b', 800],
      ['c', 1_600],
    ])
    expect(left.toSorted()).toEqual(['a', 'b'])
    expect(resting()).toEqual(['a', 'b'])
  })

  test('behavior: one that was asked later than the one that answers is left, and is not called slow', async () => {
    const { members, ask, left, resting } = cast({ after: 900, gives: 1n }, { after: 500, gives: 2n })
    expect((await settle(go(members, ask))).answer?.operator).toBe('a')
    expect(left).toEqual(['b'])
    expect(resting()).toEqual([])
  })

  test('behavior: a failure brings the next at once', async () => {
    const { members, ask, asked } = cast({ after: 50, gives: limited }, { after: 50, gives: 2n })
    const round = await settle(go(members, ask))
    expect(round).toMatchObject({ answer: { operator: 'b' }, failures: [limited] })
    expect(asked).toEqual([
      ['a', 0],
      ['b', 50],
    ])
  })

  test('behavior: the last one is waited for, as long as it takes', async () => {
    const { members, ask } = cast({ gives: limited }, { after: 30_000, gives: 2n })
    expect((await settle(go(members, ask))).answer?.operator).toBe('b')
  })

  test('behavior: a slow one may still answer after those that were asked later failed', async () => {
    const { members, ask, resting } = cast({ after: 3_000, gives: 1n }, { gives: limited }, { gives: gone })
    const round = await settle(go(members, ask))
    expect(round).toMatchObject({ answer: { operator: 'a' }, failures: [limited, gone] })
    expect(resting()).toEqual([])
  })

  test('behavior: no answer where all fail', async () => {
    const { members, ask } = cast({ after: 2_000, gives: limited }, { gives: gone })
    expect(await settle(go(members, ask))).toEqual({ answer: undefined, failures: [gone, limited] })
  })

  test('behavior: a revert ends the search and leaves the others', async () => {
    const { members, ask, left } = cast('hangs', { gives: revert }, { gives: 3n })
    expect(await settle(failureOf(go(members, ask)))).toBe(revert)
    expect(left).toEqual(['a'])
  })

  test('behavior: an abort reaches all that are asked, and stays what it is', async () => {
    const { members, ask, left, asked, resting } = cast('hangs', 'hangs', { gives: 3n })
    const abort = new AbortController()
    const round = failureOf(go(members, ask, { signal: abort.signal }))
    await vi.advanceTimersByTimeAsync(1_000)
    abort.abort(reason)
    expect(await round).toBe(reason)
    expect(left.toSorted()).toEqual(['a', 'b'])
    await vi.advanceTimersByTimeAsync(50_000)
    expect(asked).toHaveLength(2)
    expect(resting()).toEqual([])
  })

  test('behavior: no timer is left behind', async () => {
    const { members, ask } = cast({ after: 10, gives: 1n }, { gives: 2n })
    const round = go(members, ask)
    await vi.advanceTimersByTimeAsync(10)
    await round
    expect(vi.getTimerCount()).toBe(0)
  })

  describe('a newest block that is old', () => {
    const aged: Hedge = { ageOf: age => age, mostAge: 60n }

    test('behavior: at the limit it is good, beyond it the next is asked', async () => {
      const good = cast({ gives: 60n }, { gives: 5n })
      expect((await settle(go(good.members, good.ask, aged))).answer?.operator).toBe('a')
      const stale = cast({ gives: 61n }, { gives: 5n })
      expect((await settle(go(stale.members, stale.ask, aged))).answer?.operator).toBe('b')
      expect(stale.asked).toEqual([
        ['a', 0],
        ['b', 0],
      ])
    })

    test('behavior: it is held against who gave it', async () => {
      const { members, ask, resting } = cast({ gives: 3_600n }, { gives: 5n })
      await settle(go(members, ask, aged))
      expect(members[0]?.standing.lastRefusal()?.failure).toBeInstanceOf(StaleHead)
      expect(members[0]?.standing.rungs.get('head')).toBe(false)
      expect(members[1]?.standing.lastRefusal()).toBeUndefined()
      expect(resting()).toEqual(['a'])
    })

    test('behavior: where none is newer, the newest of them counts', async () => {
      const { members, ask } = cast({ gives: 900n }, { gives: 300n }, { gives: 600n }, { gives: gone })
      const round = await settle(go(members, ask, aged))
      expect(round.answer).toEqual({ value: 300n, operator: 'b', url: 'http://b' })
    })

    test('behavior: without a clock to compare with, any age is good', async () => {
      const { members, ask } = cast({ gives: 9_999n }, { gives: 5n })
      expect((await settle(go(members, ask, { ageOf: age => age }))).answer?.operator).toBe('a')
      expect((await settle(go(members, ask, { mostAge: 60n }))).answer?.operator).toBe('a')
    })
  })
})
