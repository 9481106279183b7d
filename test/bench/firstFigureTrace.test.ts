import { describe, expect, test } from 'vitest'
import {
  brokenFirstFigures,
  FIGURE_MARK,
  firstFigureOf,
  firstFigureText,
  IncompleteTrace,
  PAINTED_MARK,
  type TraceEvent,
  type Visit,
} from './firstFigureTrace.ts'

const ENDPOINT = 'http://127.0.0.1:1/'
const ask = (ts: number, requestId: string, requestMethod = 'POST', url = ENDPOINT): TraceEvent => ({
  name: 'ResourceSendRequest',
  ts,
  args: { data: { url, requestId, requestMethod } },
})
const end = (ts: number, requestId: string): TraceEvent => ({
  name: 'ResourceFinish',
  ts,
  args: { data: { requestId } },
})

/** The script runs until 10 ms; the page asks at 12, has the answer at 115, its figure at 120, painted at 128. */
const EVENTS: readonly TraceEvent[] = [
  { name: PAINTED_MARK, ts: 128_000 },
  { name: 'v8.evaluateModule', ts: 60_000, dur: 1_000 },
  { name: 'v8.evaluateModule', ts: 2_000, dur: 8_000 },
  ask(11_000, 'leave', 'OPTIONS'),
  ask(11_500, 'chunk', 'GET', 'http://127.0.0.1:2/assets/a.js'),
  ask(12_000, 'first'),
  end(30_000, 'chunk'),
  end(115_000, 'first'),
  { name: FIGURE_MARK, ts: 120_000 },
  ask(121_000, 'second'),
  end(300_000, 'second'),
]
const without = (name: string) => EVENTS.filter(event => event.name !== name)

describe('firstFigureOf', () => {
  test('default: the way since the script had run, preflights and later requests left out', () => {
    expect(firstFigureOf(EVENTS, ENDPOINT)).toEqual({
      sent: 2,
      answered: 105,
      figure: 110,
      painted: 118,
      requests: 1,
    })
  })

  test('behavior: what is asked besides, before the figure stands, is counted', () => {
    expect(firstFigureOf([...EVENTS, ask(50_000, 'more')], ENDPOINT).requests).toBe(2)
  })

  test('behavior: what is sent while the script still runs is early by so much', () => {
    expect(firstFigureOf([...EVENTS, ask(9_000, 'early'), end(100_000, 'early')], ENDPOINT)).toMatchObject({
      sent: -1,
      answered: 90,
    })
  })

  test.each(['v8.evaluateModule', FIGURE_MARK, PAINTED_MARK, 'ResourceSendRequest', 'ResourceFinish'])(
    'error: IncompleteTrace without %s',
    name => {
      expect(() => firstFigureOf(without(name), ENDPOINT)).toThrow(IncompleteTrace)
    },
  )
})

const visit = (painted: number, more: Partial<Visit> = {}): Visit => ({
  sent: 1,
  answered: painted - 20,
  figure: painted - 10,
  painted,
  requests: 1,
  exchanges: 2,
  bare: 210,
  ...more,
})
const kind = (...visits: readonly Visit[]) => ({ name: 'Visit', visits })

describe('brokenFirstFigures', () => {
  test('default: the medians within the budgets, whatever a single visit took', () => {
    expect(brokenFirstFigures([kind(visit(390), visit(510), visit(900, { sent: 100 }))])).toEqual([])
  })

  test('behavior: the work is what comes on top of an empty page’s exchange', () => {
    expect(brokenFirstFigures([kind(visit(511))])).toEqual([
      'Visit: painted 301 ms later than an empty page asks; the budget is 300',
    ])
    expect(brokenFirstFigures([kind(visit(511, { bare: 211 }))])).toEqual([])
  })

  test('behavior: asked too late, or more than once in any visit', () => {
    expect(brokenFirstFigures([kind(visit(350, { sent: 21 }))])).toEqual([
      'Visit: asked 21 ms after the script; the budget is 20',
    ])
    expect(brokenFirstFigures([kind(visit(350), visit(350, { requests: 2 }))])).toEqual([
      'Visit: 2 requests before the first figure; the budget is 1',
    ])
  })

  test('behavior: no visits keep no budget', () => {
    expect(brokenFirstFigures([kind()])).toHaveLength(3)
  })
})

test('default: a line for each kind of visit', () => {
  const [title, line] = firstFigureText([kind(visit(350), visit(360), visit(370))], 100).split('\n')
  expect(title).toContain('endpoint 100 ms away')
  expect(line?.split(/\s{2,}/)).toEqual([
    'Visit',
    '3',
    '2',
    '1',
    '1',
    '340',
    '350',
    '360',
    '370',
    '210',
    '150',
    '300',
  ])
})
