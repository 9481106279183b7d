import { describe, expect, test } from 'vitest'
import { createLogWork } from '../../src/chain/logWork.ts'
import type { EventLog } from '../../src/math/eventLog.ts'
import type { Interval } from '../../src/math/intervals.ts'

const range = { from: 0n, to: 99n, quiet: 10n, finalized: 89n }
const ALL = { from: 0n, to: 99n }
const NONE = { covered: [], logs: [] }
const [a, b, c] = ['a', 'b', 'c'].map(operator => ({ url: `http://${operator}`, operator })) as [
  { url: string; operator: string },
  { url: string; operator: string },
  { url: string; operator: string },
]
const span = (from: bigint, to: bigint): Interval => ({ from, to })
const answer = (from: bigint, to: bigint, ...blocks: readonly bigint[]) => ({
  piece: span(from, to),
  logs: blocks.map(block => ({ block, index: 0n, operator: 'x' }) as EventLog),
})
const everyTen = [5n, 15n, 25n, 35n, 45n, 55n, 65n, 75n, 85n, 95n]

describe('gaps', () => {
  test('default: newest first, and none that is kept or taken', () => {
    const work = createLogWork(range, { covered: [span(50n, 79n), span(200n, 300n)], logs: [] })
    expect(work.nextGap(ALL, 15n)).toEqual(span(85n, 99n))
    work.takeGap(span(85n, 99n))
    expect(work.nextGap(ALL, 15n)).toEqual(span(80n, 84n))
    work.takeGap(span(80n, 84n))
    expect(work.nextGap(ALL, 15n)).toEqual(span(35n, 49n))
    expect(work.nextGap(span(40n, 99n), 15n)).toEqual(span(40n, 49n))
    work.giveBackGap(span(85n, 99n))
    expect(work.nextGap(ALL, 5n)).toEqual(span(95n, 99n))
  })
})

describe('checks', () => {
  const silent = () => {
    const work = createLogWork(range, NONE)
    work.takeGap(ALL)
    work.hold(a, answer(0n, 99n, ...everyTen.filter(block => block !== 45n)), true)
    return work
  }

  test('default: a silence is asked of another operator, and settled when it hears the same', () => {
    const work = silent()
    expect(work.nextCheck(ALL, 100n, a)).toBeUndefined()
    expect(work.nextCheck(ALL, 100n, { url: 'http://other', operator: 'a' })).toBeUndefined()
    expect(work.nextCheck(ALL, 100n, b)).toEqual(span(36n, 54n))
    expect(work.nextCheck(ALL, 5n, b)).toEqual(span(50n, 54n))
    work.takeCheck(span(36n, 54n))
    expect(work.nextCheck(ALL, 100n, c)).toBeUndefined()
    expect(work.check(b, answer(36n, 54n))).toEqual([])
    expect(work.survey().doubtful).toEqual([])
  })

  test('behavior: one that is given up can be taken again', () => {
    const work = silent()
    work.takeCheck(span(36n, 54n))
    work.giveBackCheck(span(36n, 54n))
    expect(work.nextCheck(ALL, 100n, b)).toEqual(span(36n, 54n))
  })

  test('behavior: found logs take the place of the silence, and who left them out is named', () => {
    const work = silent()
    expect(work.check(b, answer(36n, 54n, 45n))).toEqual([a.url])
    expect(work.survey().logs.map(({ block }) => block)).toEqual(everyTen)
    expect(work.drop(a.url)).toEqual([])
    expect(work.gaps()).toEqual([span(0n, 35n), span(55n, 99n)])
    expect(work.survey().logs.map(({ block }) => block)).toEqual([45n])
  })

  test('behavior: a log that is not final yet may be missing', () => {
    const work = createLogWork({ ...range, finalized: 40n }, NONE)
    work.takeGap(ALL)
    work.hold(a, answer(0n, 99n, 5n, 15n, 25n, 35n, 55n, 65n, 75n, 85n, 95n), true)
    expect(work.check(b, answer(36n, 54n, 45n))).toEqual([])
    expect(work.survey().logs.map(({ block }) => block)).toEqual(everyTen)
    expect(work.gaps()).toEqual([])
  })

  test('behavior: a silence that still grows is left until it fills a request', () => {
    const work = createLogWork(range, NONE)
    work.takeGap(span(60n, 99n))
    work.hold(a, answer(60n, 99n, 75n, 85n, 95n), true)
    expect(work.nextCheck(ALL, 100n, b)).toBeUndefined()
    expect(work.nextCheck(ALL, 10n, b)).toEqual(span(65n, 74n))
  })

  test('behavior: whose word counts no more, confirms no more', () => {
    const work = silent()
    work.check(b, answer(36n, 54n))
    work.drop(b.url)
    expect(work.survey().doubtful).toEqual([span(36n, 54n)])
    expect(work.gaps()).toEqual([])
  })

  test('behavior: an empty answer without proof is checked, a proven one is not', () => {
    const work = createLogWork(range, NONE)
    work.takeGap(ALL)
    work.hold(a, answer(95n, 99n), true)
    expect(work.nextCheck(ALL, 100n, b)).toBeUndefined()
    work.hold(a, answer(90n, 94n), false)
    expect(work.nextCheck(ALL, 100n, b)).toEqual(span(90n, 94n))
    work.drop(a.url)
    expect(work.survey().doubtful).toEqual([])
  })
})

describe('what is kept', () => {
  test('default: the settled and final part, once', () => {
    const work = createLogWork(range, NONE)
    work.takeGap(ALL)
    work.hold(a, answer(60n, 99n, 65n, 75n, 85n, 95n), true)
    expect(work.takeSettled()).toEqual([answer(65n, 89n, 65n, 75n, 85n)])
    expect(work.takeSettled()).toEqual([])
    work.hold(b, answer(0n, 59n, 5n, 15n, 25n, 35n, 45n, 55n), true)
    expect(work.takeSettled().map(({ piece }) => piece)).toEqual([span(0n, 64n)])
  })

  test('behavior: a doubt is not kept', () => {
    const work = createLogWork(range, NONE)
    work.takeGap(ALL)
    work.hold(a, answer(0n, 99n, ...everyTen.filter(block => block !== 45n)), true)
    expect(work.takeSettled().map(({ piece }) => piece)).toEqual([span(0n, 35n), span(55n, 89n)])
    work.check(b, answer(36n, 54n))
    expect(work.takeSettled()).toEqual([answer(36n, 54n)])
  })

  test('behavior: pieces that hold something of who has lost logs are to be dropped, and kept anew', () => {
    const work = createLogWork(range, NONE)
    work.takeGap(ALL)
    work.hold(a, answer(60n, 99n, 65n, 75n, 85n, 95n), true)
    work.takeSettled()
    work.hold(b, answer(20n, 59n, 25n, 35n, 45n, 55n), true)
    const [later] = work.takeSettled()
    expect(later?.piece).toEqual(span(25n, 64n))
    expect(work.drop(b.url)).toEqual([span(25n, 64n)])
    expect(work.gaps()).toEqual([span(20n, 59n)])
    work.takeGap(span(20n, 59n))
    work.hold(c, answer(20n, 59n, 25n, 35n, 45n, 55n), true)
    expect(work.takeSettled().map(({ piece }) => piece)).toEqual([span(25n, 64n)])
  })

  test('behavior: the silent edge of what was kept is read again when the silence turns out long', () => {
    const work = createLogWork(range, {
      covered: [span(0n, 48n)],
      logs: answer(0n, 48n, 5n, 15n, 25n, 35n, 45n).logs,
    })
    work.takeGap(span(49n, 99n))
    work.hold(a, answer(49n, 99n, 65n, 75n, 85n, 95n), true)
    expect(work.gaps()).toEqual([span(46n, 48n)])
    work.takeGap(span(46n, 48n))
    work.hold(a, answer(46n, 48n), true)
    expect(work.nextCheck(ALL, 100n, b)).toEqual(span(46n, 64n))
    expect(work.check(b, answer(46n, 64n, 47n, 55n))).toEqual([a.url])
    const kept = work.takeSettled().flatMap(({ logs }) => logs.map(({ block }) => block))
    expect(kept).toContain(47n)
  })
})
