import { beforeEach, describe, expect, test, vi } from 'vitest'
import {
  ArchiveUnavailable,
  type ChainError,
  Disagreement,
  MethodUnavailable,
  RangeTooWide,
  RateLimited,
  RequestTooLarge,
  StaleHead,
  TooManyResults,
  UnexpectedReply,
  Unreachable,
  WrongChain,
} from '../../src/chain/errors.ts'
import { createStanding, type Rung, type Standing, type Subject } from '../../src/chain/standing.ts'
import { endpointAt } from '../support/chain.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'] })
  return () => vi.useRealTimers()
})

const SECOND = 1_000
const MINUTE = 60 * SECOND

const HEAD: Subject = { method: 'eth_call', role: 'head' }
const at = (block: bigint, method = 'eth_call'): Subject => ({ method, role: 'archive', block })

type Failure = new (message: string) => ChainError

const fresh = (): Standing => createStanding(endpointAt('http://127.0.0.1:1', 'a'))
const fail = (standing: Standing, Fault: Failure, subject = HEAD): ChainError => {
  const failure = new Fault('failed')
  standing.noteFailure(subject, failure)
  return failure
}
const answer = (standing: Standing, subject = HEAD, shows: readonly Rung[] = []): void =>
  standing.noteAnswer(subject, 100, shows)

/** Let seconds pass and say whether something still holds just before and then. */
function lasts(seconds: number, holds: () => boolean): [boolean, boolean] {
  vi.advanceTimersByTime(seconds * SECOND - 1)
  const before = holds()
  vi.advanceTimersByTime(1)
  return [before, holds()]
}

describe('passing failures', () => {
  test.each<[string, Failure, number[]]>([
    ['RateLimited', RateLimited, [1, 2, 4, 8, 16, 30, 30]],
    ['Unreachable', Unreachable, [5, 10, 20, 40, 60, 60]],
    ['UnexpectedReply', UnexpectedReply, [5, 10, 20, 40, 60, 60]],
    ['StaleHead', StaleHead, [60, 60, 60]],
  ])('behavior: %s in a row: it rests ever longer', (_, Fault, seconds) => {
    const standing = fresh()
    expect(standing.isResting()).toBe(false)
    for (const rest of seconds) {
      fail(standing, Fault)
      expect(
        lasts(rest, () => standing.isResting()),
        `${rest} s`,
      ).toEqual([true, false])
    }
  })

  test('behavior: an answer ends the rest, and the next one is short again', () => {
    const standing = fresh()
    for (let time = 0; time < 4; time++) fail(standing, RateLimited)
    answer(standing)
    expect(standing.isResting()).toBe(false)
    fail(standing, RateLimited)
    expect(lasts(1, () => standing.isResting())).toEqual([true, false])
  })

  test('behavior: it is still asked while it rests', () => {
    const standing = fresh()
    fail(standing, RateLimited)
    fail(standing, Unreachable)
    expect(standing.refusalOf(HEAD)).toBeUndefined()
    expect(standing.setAside()).toBeUndefined()
  })

  test('behavior: only who wants fewer requests is sent fewer, until it answers', () => {
    const standing = createStanding({
      ...endpointAt('https://example.org'),
      pace: { atOnce: 1, spacing: 200 },
    })
    fail(standing, Unreachable)
    expect(standing.pacer.spacing()).toBe(200)
    fail(standing, RateLimited)
    expect(standing.pacer.spacing()).toBe(300)
    answer(standing)
    expect(standing.pacer.spacing()).toBe(240)
  })

  test('behavior: one that was slower than the next rests for a minute and is not blamed', () => {
    const standing = fresh()
    standing.noteSlow()
    expect(standing.lastRefusal()).toBeUndefined()
    expect(standing.rungs.size).toBe(0)
    expect(lasts(60, () => standing.isResting())).toEqual([true, false])
  })
})

describe('refusals on principle', () => {
  test('behavior: a method that is not offered is not asked for again, others are', () => {
    const standing = fresh()
    const failure = fail(standing, MethodUnavailable, at(50n, 'eth_getProof'))
    for (const subject of [at(1n, 'eth_getProof'), at(9_999n, 'eth_getProof')])
      expect(standing.refusalOf(subject)).toBe(failure)
    expect(standing.refusalOf({ method: 'eth_getProof', role: 'head' })).toBe(failure)
    expect(standing.refusalOf(HEAD)).toBeUndefined()
    expect(standing.isResting()).toBe(false)
  })

  test('behavior: state that is not kept is not asked for again, nor older state', () => {
    const standing = fresh()
    const failure = fail(standing, ArchiveUnavailable, at(100n))
    expect(standing.refusalOf(at(100n))).toBe(failure)
    expect(standing.refusalOf(at(1n))).toBe(failure)
    expect(standing.refusalOf(at(101n))).toBeUndefined()
    expect(standing.refusalOf(HEAD)).toBeUndefined()
    expect(standing.refusalOf(at(100n, 'eth_getProof'))).toBeUndefined()
    expect(standing.isResting()).toBe(false)
  })

  test('behavior: the youngest block refused counts', () => {
    const standing = fresh()
    fail(standing, ArchiveUnavailable, at(100n))
    const last = fail(standing, ArchiveUnavailable, at(50n))
    expect(standing.refusalOf(at(100n))).toBe(last)
    fail(standing, ArchiveUnavailable, at(200n))
    expect(standing.refusalOf(at(200n))).toBeDefined()
  })

  test('behavior: without a block it says nothing about an archive, and the endpoint rests', () => {
    const standing = fresh()
    fail(standing, ArchiveUnavailable, { method: 'eth_call', role: 'archive' })
    expect(standing.refusalOf(at(1n))).toBeUndefined()
    expect(lasts(5, () => standing.isResting())).toEqual([true, false])
  })

  test.each<[string, Failure]>([
    ['ArchiveUnavailable', ArchiveUnavailable],
    ['MethodUnavailable', MethodUnavailable],
  ])('behavior: %s is tried again after a minute, and each time four times later', (_, Fault) => {
    const standing = fresh()
    const holds = () => standing.refusalOf(at(100n)) !== undefined
    // At most a day.
    for (const seconds of [60, 240, 960, 3_840, 15_360, 61_440, 86_400, 86_400]) {
      fail(standing, Fault, at(100n))
      expect(lasts(seconds, holds), `${seconds} s`).toEqual([true, false])
    }
  })

  test('behavior: an answer to the like makes it forget the refusal', () => {
    const standing = fresh()
    fail(standing, ArchiveUnavailable, at(100n))
    vi.advanceTimersByTime(MINUTE)
    answer(standing, at(60n))
    fail(standing, ArchiveUnavailable, at(100n))
    // The first again, so a minute.
    expect(lasts(60, () => standing.refusalOf(at(100n)) !== undefined)).toEqual([true, false])
  })

  test.each<[string, Subject]>([
    ['a younger block', at(101n)],
    ['the newest block', HEAD],
    ['another method', at(60n, 'eth_getProof')],
  ])('behavior: an answer about %s does not', (_, subject) => {
    const standing = fresh()
    const failure = fail(standing, ArchiveUnavailable, at(100n))
    answer(standing, subject)
    expect(standing.refusalOf(at(100n))).toBe(failure)
  })

  test('behavior: a method that works after all is forgiven at any block', () => {
    const standing = fresh()
    fail(standing, MethodUnavailable)
    answer(standing)
    expect(standing.refusalOf(HEAD)).toBeUndefined()
  })
})

describe('failures of a request', () => {
  test.each<[string, Failure]>([
    ['RangeTooWide', RangeTooWide],
    ['TooManyResults', TooManyResults],
    ['RequestTooLarge', RequestTooLarge],
  ])('behavior: %s says nothing about the endpoint', (_, Fault) => {
    const standing = fresh()
    const failure = fail(standing, Fault, { method: 'eth_getLogs', role: 'logs' })
    expect(standing.isResting()).toBe(false)
    expect(standing.refusalOf({ method: 'eth_getLogs', role: 'logs' })).toBeUndefined()
    expect(standing.lastRefusal()).toEqual({ at: Date.now(), failure })
    expect([...standing.rungs]).toEqual([['reachable', true]])
  })
})

describe('set aside', () => {
  test('behavior: of another chain it is tried again after 10 s, and then six times later each time', () => {
    const standing = fresh()
    for (const seconds of [10, 60, 360]) {
      const failure = fail(standing, WrongChain)
      vi.advanceTimersByTime(seconds * 1_000 - 1)
      expect(standing.setAside()).toBe(failure)
      expect(standing.refusalOf(HEAD)).toBe(failure)
      vi.advanceTimersByTime(1)
      expect(standing.setAside()).toBeUndefined()
      expect(standing.refusalOf(HEAD)).toBeUndefined()
    }
  })

  test('behavior: after Disagreement nothing is asked of it, whatever it answers later', () => {
    const standing = fresh()
    const failure = fail(standing, Disagreement)
    answer(standing, at(5n))
    vi.advanceTimersByTime(10 * 24 * 60 * MINUTE)
    expect(standing.setAside()).toBe(failure)
    for (const subject of [HEAD, at(5n), at(5n, 'eth_getLogs')])
      expect(standing.refusalOf(subject)).toBe(failure)
  })
})

describe('the ladder', () => {
  const logs: Subject = { method: 'eth_getLogs', role: 'logs', block: 5n }
  const proof = at(5n, 'eth_getProof')

  test.each<[string, Failure, Subject, [Rung, boolean][]]>([
    ['Unreachable', Unreachable, HEAD, [['reachable', false]]],
    ['RateLimited', RateLimited, HEAD, [['reachable', true]]],
    ['UnexpectedReply', UnexpectedReply, HEAD, [['reachable', true]]],
    ['Disagreement', Disagreement, HEAD, [['reachable', true]]],
    [
      'WrongChain',
      WrongChain,
      HEAD,
      [
        ['reachable', true],
        ['chain', false],
      ],
    ],
    [
      'StaleHead',
      StaleHead,
      HEAD,
      [
        ['reachable', true],
        ['head', false],
      ],
    ],
    [
      'ArchiveUnavailable of a call',
      ArchiveUnavailable,
      at(5n),
      [
        ['reachable', true],
        ['archive', false],
      ],
    ],
    [
      'ArchiveUnavailable of logs',
      ArchiveUnavailable,
      logs,
      [
        ['reachable', true],
        ['logs', false],
      ],
    ],
    [
      'ArchiveUnavailable of a proof',
      ArchiveUnavailable,
      proof,
      [
        ['reachable', true],
        ['proof', false],
      ],
    ],
    ['MethodUnavailable of a call', MethodUnavailable, at(5n), [['reachable', true]]],
    [
      'MethodUnavailable of logs',
      MethodUnavailable,
      logs,
      [
        ['reachable', true],
        ['logs', false],
      ],
    ],
    [
      'MethodUnavailable of a proof',
      MethodUnavailable,
      proof,
      [
        ['reachable', true],
        ['proof', false],
      ],
    ],
  ])('behavior: %s', (_, Fault, subject, rungs) => {
    const standing = fresh()
    fail(standing, Fault, subject)
    expect([...standing.rungs].toSorted()).toEqual(rungs.toSorted())
  })

  test('default: an answer shows what it was asked to show', () => {
    const standing = fresh()
    fail(standing, Unreachable)
    answer(standing, HEAD, ['chain', 'head'])
    expect(Object.fromEntries(standing.rungs)).toEqual({ reachable: true, chain: true, head: true })
  })

  test('behavior: the last refusal stays after answers, with its time', () => {
    const standing = fresh()
    expect(standing.lastRefusal()).toBeUndefined()
    fail(standing, Unreachable)
    vi.advanceTimersByTime(SECOND)
    const failure = fail(standing, RateLimited)
    const then = Date.now()
    vi.advanceTimersByTime(MINUTE)
    answer(standing)
    expect(standing.lastRefusal()).toEqual({ at: then, failure })
  })
})

describe('times', () => {
  test('behavior: how long an answer takes follows the last ones', () => {
    const standing = fresh()
    expect(standing.pause()).toBe(0)
    standing.noteAnswer(HEAD, 100, [])
    expect(standing.pause()).toBe(100)
    standing.noteAnswer(HEAD, 200, [])
    expect(standing.pause()).toBeCloseTo(130)
  })

  test('behavior: it begins with the pace that an earlier visit learned', () => {
    const endpoint = { ...endpointAt('https://example.org'), pace: { atOnce: 1, spacing: 200 } }
    expect(createStanding(endpoint, { spacing: 900 }).pacer.spacing()).toBe(900)
    expect(createStanding(endpoint, {}).pacer.spacing()).toBe(200)
    expect(createStanding(endpoint).endpoint).toBe(endpoint)
  })
})
