import { describe, expect, test } from 'vitest'
import { type ConfirmRequest, confirmReports, MOST_REQUESTS } from '../../src/chain/confirmReports.ts'
import { Disagreement } from '../../src/chain/errors.ts'
import { readLogAnswer } from '../../src/chain/logAnswer.ts'
import { logSeatOf } from '../../src/chain/logVisit.ts'
import type { EventLog } from '../../src/math/eventLog.ts'
import type { BlockNumber } from '../../src/math/fixedPoint.ts'
import { type Interval, lengthOf } from '../../src/math/intervals.ts'
import { windowDays } from '../../src/math/windowDays.ts'
import {
  type AskedLogs,
  dailyBlocks,
  filterOf,
  type Instead,
  type LogEndpoint,
  logRecord,
  logsIn,
  rawLog,
  refusal,
  startLogEndpoint,
  visit,
} from './logEndpoint.ts'

const DAILY = 7_200n
const END = 110n * DAILY
/** Two reports a day. */
const BLOCKS = dailyBlocks(0n, END).flatMap(block => [block, block + DAILY / 2n])
const range = (from: BlockNumber, to: BlockNumber): Interval => ({ from, to })
const WHOLE = range(1n, END)
const NEWEST = range(END - 10_000n, END)
const OLDER = range(END - 60_000n, END - 50_000n)

const eventLog = (block: BlockNumber, operator: string): EventLog =>
  readLogAnswer([rawLog(block)], operator, filterOf(), range(block, block))[0] ?? expect.unreachable()

const told = (operator: string, blocks = BLOCKS): EventLog[] => blocks.map(block => eventLog(block, operator))
const inside = ({ from, to }: Interval): BlockNumber[] => BLOCKS.filter(block => block >= from && block <= to)

const [DROPPED = 0n] = inside(NEWEST)

type Policy = (asked: AskedLogs) => Instead | undefined
const honest: Policy = () => undefined
const silent: Policy = () => ({ logs: [] })
const refusing: Policy = () => refusal({ code: -32_601, message: 'method not found' })
const without =
  (...gone: readonly BlockNumber[]): Policy =>
  ({ from, to }) => ({
    logs: logsIn(
      BLOCKS.filter(block => !gone.includes(block)),
      from,
      to,
    ),
  })
/** Another event in place of one. */
const changing =
  (block: BlockNumber, data: string): Policy =>
  ({ from, to }) => ({
    logs: BLOCKS.filter(one => one >= from && one <= to).map(one =>
      one === block ? { ...rawLog(one), data } : rawLog(one),
    ),
  })

/** Operators a, b, c. Who was asked how often is told by `asked`. */
async function connect(...policies: readonly Policy[]) {
  const endpoints: LogEndpoint[] = []
  for (const policy of policies) endpoints.push(await startLogEndpoint(BLOCKS, policy))
  const client = visit(
    endpoints.map(({ url }, index) => logRecord(url, 'abc'.charAt(index), { limits: { span: 10_001n } })),
  )
  const asked = (): number[] => endpoints.map(endpoint => endpoint.asked.length)
  const aside = (): string[] =>
    client.standings.flatMap(({ endpoint, setAside }) => (setAside() ? endpoint.operator : []))
  return { client, endpoints, asked, aside }
}

const requestOf = (change: Partial<ConfirmRequest> = {}): ConfirmRequest => ({
  filter: filterOf(),
  logs: told('a'),
  covered: [WHOLE],
  days: [NEWEST],
  finalized: END,
  known: () => [],
  budget: { left: MOST_REQUESTS },
  signal: undefined,
  ...change,
})

describe('two operators', () => {
  test('default: the other is asked for the same days, and what it tells the same is confirmed by it', async () => {
    const { client, endpoints, asked } = await connect(honest, honest)
    const review = await confirmReports(client, requestOf({ days: [NEWEST, OLDER] }))
    expect(review).toEqual({
      confirmed: [
        { ...NEWEST, operator: 'b' },
        { ...OLDER, operator: 'b' },
      ],
      disputes: [],
      refuted: [],
    })
    expect(asked()).toEqual([0, 2])
    expect(endpoints[1]?.asked.map(({ from, to }) => range(from, to))).toEqual([NEWEST, OLDER])
  })

  test('behavior: what was confirmed in this visit is asked for in no other reading of it', async () => {
    const { client, asked } = await connect(honest, honest)
    const first = await confirmReports(client, requestOf())
    expect(await confirmReports(client, requestOf())).toEqual(first)
    expect(asked()).toEqual([0, 1])
  })

  test('behavior: a renewal asks for the newest blocks since, and for no slivers of older days', async () => {
    const { client, asked, endpoints } = await connect(honest, honest)
    const before = [range(NEWEST.from, END - 3_000n), OLDER]
    await confirmReports(client, requestOf({ days: before }))
    const moved = [NEWEST, range(OLDER.from + 300n, OLDER.to + 300n)]
    const { confirmed } = await confirmReports(client, requestOf({ days: moved }))
    // No report since: there is nothing to confirm.
    expect(asked()).toEqual([0, 2])
    expect(confirmed).toHaveLength(2)
    const later = [...BLOCKS, OLDER.to + 100n, END - 100n].sort((a, b) => (a < b ? -1 : 1))
    endpoints[1]?.answer(({ from, to }) => ({ logs: logsIn(later, from, to) }))
    await confirmReports(client, requestOf({ days: moved, logs: told('a', later) }))
    expect(asked()).toEqual([0, 3])
    expect(endpoints[1]?.asked.at(-1)).toMatchObject(range(END - 2_999n, END))
  })

  test('behavior: other logs than those that were agreed on are asked for again', async () => {
    const { client, asked } = await connect(honest, honest)
    await confirmReports(client, requestOf())
    const fewer = BLOCKS.filter(block => block !== DROPPED)
    const { disputes } = await confirmReports(client, requestOf({ logs: told('a', fewer) }))
    expect(asked()).toEqual([0, 2])
    expect(disputes).toHaveLength(1)
  })

  test.each<[string, Policy, number]>([
    ['leaves one out', without(DROPPED), 1],
    ['tells another', changing(DROPPED, `0x${'ff'.repeat(32)}`), 2],
  ])('behavior: where it %s, nobody can say who is right', async (_, policy, count) => {
    const { client, aside } = await connect(honest, policy)
    const { confirmed, disputes, refuted } = await confirmReports(client, requestOf())
    expect(confirmed).toEqual([])
    expect(disputes).toMatchObject([
      { ...NEWEST, why: `a and b tell different events in blocks ${NEWEST.from} to ${NEWEST.to}.` },
    ])
    expect(disputes[0]?.logs.map(({ block }) => block)).toEqual(Array(count).fill(DROPPED))
    expect(refuted).toEqual([])
    expect(aside()).toEqual([])
  })

  test('behavior: one that has nothing at all where samples prove a report has no opinion', async () => {
    const { client } = await connect(honest, silent)
    const known = () => [range(NEWEST.from, NEWEST.to)]
    expect(await confirmReports(client, requestOf({ known }))).toEqual({
      confirmed: [],
      disputes: [],
      refuted: [],
    })
    const other = await connect(honest, silent)
    expect((await confirmReports(other.client, requestOf())).disputes).toHaveLength(1)
  })

  test('behavior: nor has one that was asked for a part of such a day only; it is left once the day is over', async () => {
    const { client, asked } = await connect(honest, silent)
    const days = [range(END - 20_000n, END), OLDER]
    const known = (day: Interval) => (day === days[0] ? [range(END - 14_000n, END - 6_000n)] : [])
    expect(await confirmReports(client, requestOf({ days, known }))).toMatchObject({
      confirmed: [],
      disputes: [],
    })
    expect(asked()).toEqual([0, 2])
  })

  test('behavior: the silence of one that has shown logs of the same day is an opinion', async () => {
    const half = END - 10_000n
    const { client } = await connect(honest, ({ from, to }) => ({
      logs: from >= half ? logsIn(BLOCKS, from, to) : [],
    }))
    const days = [range(END - 20_000n, END)]
    const { disputes, confirmed } = await confirmReports(
      client,
      requestOf({ days, known: () => [range(half, END)] }),
    )
    expect(confirmed.map(({ to }) => to)).toEqual([END])
    expect(disputes.map(({ from }) => from)).toEqual([END - 20_000n])
  })

  test('behavior: nor is silence one where nothing proves that there is a log but the endpoint showed none elsewhere', async () => {
    const known = [range(1n, DAILY)]
    const { client } = await connect(honest, silent)
    const request = requestOf({ filter: filterOf({ known }) })
    expect((await confirmReports(client, request)).disputes).toEqual([])
    const standing = client.standings[1] ?? expect.unreachable('nobody')
    logSeatOf(client, standing.endpoint).proven.add(request.filter.key)
    expect((await confirmReports(client, request)).disputes).toHaveLength(1)
  })

  test.each<[string, Policy]>([
    ['refuses', refusing],
    ['fails', () => ({ status: 500, body: () => 'Internal Server Error' })],
  ])('behavior: one that %s is asked once, and nothing is confirmed or in doubt', async (_, policy) => {
    const { client, asked } = await connect(honest, policy)
    const review = await confirmReports(client, requestOf({ days: [NEWEST, OLDER] }))
    expect(review).toEqual({ confirmed: [], disputes: [], refuted: [] })
    expect(asked()).toEqual([0, 1])
  })

  test('behavior: of what may still change nothing is in dispute; what is older is confirmed', async () => {
    const { client } = await connect(honest, without(DROPPED))
    const { confirmed, disputes } = await confirmReports(client, requestOf({ finalized: DROPPED - 1n }))
    expect(disputes).toEqual([])
    expect(confirmed).toEqual([{ from: NEWEST.from, to: DROPPED - 1n, operator: 'b' }])
  })

  test('behavior: of logs that both gave, each is asked for what the other gave', async () => {
    const { client, endpoints } = await connect(honest, honest)
    const [, second = 0n] = inside(NEWEST)
    const logs = BLOCKS.map(block => eventLog(block, block < second ? 'a' : 'b'))
    const { confirmed } = await confirmReports(client, requestOf({ logs }))
    expect(confirmed).toEqual([
      { from: second, to: NEWEST.to, operator: 'a' },
      { from: NEWEST.from, to: second - 1n, operator: 'b' },
    ])
    expect(endpoints[0]?.asked[0]).toMatchObject(range(second, NEWEST.to))
    expect(endpoints[1]?.asked[0]).toMatchObject(range(NEWEST.from, second - 1n))
  })

  test('behavior: blocks that were not read are not asked for', async () => {
    const { client, endpoints } = await connect(honest, honest)
    const covered = [range(NEWEST.from + 50n, END)]
    const { confirmed } = await confirmReports(client, requestOf({ covered }))
    expect(endpoints[1]?.asked[0]).toMatchObject({ from: NEWEST.from + 50n })
    expect(confirmed).toEqual([{ ...covered[0], operator: 'b' }])
  })

  test('error: the reason of an abort', async () => {
    const { client } = await connect(honest, honest)
    const leave = new AbortController()
    const reason = new DOMException('gone', 'AbortError')
    leave.abort(reason)
    await expect(confirmReports(client, requestOf({ signal: leave.signal }))).rejects.toBe(reason)
  })
})

describe('three operators', () => {
  test('default: the third is not asked where two agree', async () => {
    const { client, asked } = await connect(honest, honest, honest)
    await confirmReports(client, requestOf())
    expect(asked()).toEqual([0, 1, 0])
  })

  test('behavior: the third is asked where the second refuses', async () => {
    const { client, asked } = await connect(honest, refusing, honest)
    const { confirmed } = await confirmReports(client, requestOf({ days: [NEWEST, OLDER] }))
    expect(confirmed.map(({ operator }) => operator)).toEqual(['c', 'c'])
    expect(asked()).toEqual([0, 1, 2])
  })

  test('behavior: two against one: the second is put aside where the third tells what the first told', async () => {
    const { client, aside, asked } = await connect(honest, without(DROPPED), honest)
    const review = await confirmReports(client, requestOf({ days: [NEWEST, OLDER] }))
    expect(review).toMatchObject({ disputes: [], refuted: [] })
    expect(review.confirmed).toEqual([
      { ...NEWEST, operator: 'c' },
      { ...OLDER, operator: 'c' },
    ])
    expect(aside()).toEqual(['b'])
    expect(client.standings[1]?.setAside()).toBeInstanceOf(Disagreement)
    expect(asked()).toEqual([0, 1, 2])
  })

  test('behavior: two against one: the first is put aside where both others tell the same', async () => {
    const { client, aside } = await connect(honest, honest, honest)
    const logs = told('a').map(log =>
      log.block === DROPPED ? { ...log, data: `0x${'ff'.repeat(32)}` as const } : log,
    )
    const review = await confirmReports(client, requestOf({ logs }))
    expect(review.refuted).toEqual(['a'])
    expect(review.disputes).toMatchObject([NEWEST])
    expect(aside()).toEqual(['a'])
    // What the two told needs no more asking once it is what was read.
    const again = await confirmReports(client, requestOf({ logs: told('b') }))
    expect(again).toEqual({ confirmed: [{ ...NEWEST, operator: 'c' }], disputes: [], refuted: [] })
  })

  test('behavior: nothing more is asked about what a refuted operator gave: it is read again', async () => {
    const { client, asked } = await connect(honest, honest, honest)
    const logs = told('a').map(log =>
      log.block === DROPPED ? { ...log, data: `0x${'ff'.repeat(32)}` as const } : log,
    )
    await confirmReports(client, requestOf({ logs, days: [NEWEST, OLDER] }))
    expect(asked()).toEqual([0, 1, 1])
  })

  test('behavior: where all three differ, nobody is put aside', async () => {
    const { client, aside } = await connect(honest, without(DROPPED), changing(DROPPED, '0x01'))
    const { disputes, refuted } = await confirmReports(client, requestOf())
    expect(disputes.map(({ why }) => why)).toEqual([
      `a, b and c tell different events in blocks ${NEWEST.from} to ${NEWEST.to}.`,
    ])
    expect(refuted).toEqual([])
    expect(aside()).toEqual([])
  })

  test('behavior: one that is put aside is not asked', async () => {
    const { client, asked } = await connect(honest, honest, honest)
    client.setAside('b', new Disagreement('told another rate'))
    const budget = { left: MOST_REQUESTS }
    await confirmReports(client, requestOf({ budget }))
    expect(asked()).toEqual([0, 0, 1])
    expect(budget.left).toBe(MOST_REQUESTS - 1n)
  })
})

describe('what it takes', () => {
  const clock = Array.from({ length: 111 }, (_, day) => ({
    block: BigInt(day) * DAILY,
    time: 1_700_006_400n + BigInt(day) * 86_400n,
  }))

  test('default: 100 days of mainnet are eight requests at 10,000 blocks each, to the other operator', async () => {
    const { client, asked } = await connect(honest, honest)
    const days = windowDays(clock, WHOLE)
    const { confirmed } = await confirmReports(client, requestOf({ days }))
    expect(days.reduce((sum, day) => sum + lengthOf(day), 0n)).toBeGreaterThan(50_000n)
    expect(confirmed.reduce((sum, one) => sum + lengthOf(one), 0n)).toBe(
      days.reduce((sum, day) => sum + lengthOf(day), 0n),
    )
    expect(asked()).toEqual([0, 8])
  })

  test('behavior: no more than that, whatever is asked for; the newest come first', async () => {
    const { client, asked } = await connect(honest, honest)
    const many = Array.from({ length: 20 }, (_, one) =>
      range(END - BigInt(one + 1) * 10_000n, END - BigInt(one) * 10_000n - 1n),
    )
    const { confirmed } = await confirmReports(client, requestOf({ days: many }))
    expect(asked()).toEqual([0, 8])
    expect(confirmed.map(({ to }) => to)).toEqual(many.slice(0, 8).map(({ to }) => to))
  })

  test('behavior: nobody is asked where there is one operator', async () => {
    const { client, asked } = await connect(honest)
    expect(await confirmReports(client, requestOf())).toEqual({ confirmed: [], disputes: [], refuted: [] })
    expect(asked()).toEqual([0])
  })

  test('behavior: whoever gives more blocks at once is asked first', async () => {
    const ends = [await startLogEndpoint(BLOCKS), await startLogEndpoint(BLOCKS)]
    const client = visit(
      ends.map(({ url }, index) =>
        logRecord(url, 'bc'.charAt(index), { limits: { span: index === 0 ? 1_000n : 20_000n } }),
      ),
    )
    await confirmReports(client, requestOf())
    expect(ends.map(({ asked }) => asked.length)).toEqual([0, 1])
  })
})
