import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MethodUnavailable } from '../../src/chain/errors.ts'
import { LostLogs } from '../../src/chain/logAnswer.ts'
import { askOpinion, evenParts } from '../../src/chain/logOpinion.ts'
import { createLogProof } from '../../src/chain/logProof.ts'
import { logSeatOf } from '../../src/chain/logVisit.ts'
import { type Interval, lengthOf, union } from '../../src/math/intervals.ts'
import { capped, dailyBlocks, filterOf, logRecord, refusal, startLogEndpoint, visit } from './logEndpoint.ts'

const BLOCKS = dailyBlocks(0n, 100_000n)

describe('evenParts', () => {
  test('default: as few as there must be, of the same size but for one block', () => {
    expect(evenParts({ from: 1n, to: 14_401n }, 10_000n)).toEqual([
      { from: 1n, to: 7_200n },
      { from: 7_201n, to: 14_401n },
    ])
  })

  test('behavior: together they are the whole, and none is too long', () => {
    fc.assert(
      fc.property(
        fc.bigInt(0n, 10n ** 6n),
        fc.bigInt(1n, 10_000n),
        fc.bigInt(1n, 300n),
        (from, length, most) => {
          const whole = { from, to: from + length - 1n }
          const parts = evenParts(whole, most)
          expect(union(parts)).toEqual([whole])
          expect(BigInt(parts.length)).toBe((length + most - 1n) / most)
          for (const part of parts) expect(lengthOf(part)).toBeLessThanOrEqual(most)
        },
      ),
    )
  })
})

describe('askOpinion', () => {
  const whole = { from: 1n, to: 40_000n }

  async function ask(
    instead: Parameters<typeof startLogEndpoint>[1],
    { left = 20n, known = [] as Interval[], span = 10_000n } = {},
  ) {
    const endpoint = await startLogEndpoint(BLOCKS, instead)
    const record = logRecord(endpoint.url, 'b', { limits: { span } })
    const client = visit([record])
    const filter = filterOf({ known })
    const budget = { left }
    const question = {
      endpoint: record,
      filter,
      proof: createLogProof(known, false),
      budget,
      signal: undefined,
    }
    const opinion = await askOpinion(client, question, whole)
    return { opinion, budget, endpoint, seat: logSeatOf(client, record), filter }
  }

  const blocksOf = (opinion: Awaited<ReturnType<typeof ask>>['opinion']) =>
    Array.isArray(opinion) ? opinion.map(({ block }) => block) : opinion

  const all = BLOCKS.filter(block => block >= whole.from && block <= whole.to)

  test('default: all logs ascending, in as few requests as the span allows, newest first', async () => {
    const { opinion, budget, endpoint } = await ask(undefined)
    expect(blocksOf(opinion)).toEqual(all)
    expect(endpoint.asked.map(({ to }) => to)).toEqual([40_000n, 30_000n, 20_000n, 10_000n])
    expect(budget.left).toBe(16n)
  })

  test('behavior: fewer blocks where it allows fewer', async () => {
    const { opinion, endpoint } = await ask(capped(3_000n), { left: 40n })
    expect(blocksOf(opinion)).toEqual(all)
    expect(endpoint.asked[0]?.span).toBe(10_000n)
    expect(endpoint.served.every(({ span }) => span <= 3_000n)).toBe(true)
  })

  test('behavior: half the blocks where there are too many logs', async () => {
    const { opinion } = await ask(({ span }) =>
      span > 5_000n
        ? refusal({ code: -32_005, message: 'query returned more than 10000 results' })
        : undefined,
    )
    expect(blocksOf(opinion)).toEqual(all)
  })

  test('behavior: undefined where the requests do not suffice, and none is spent for nothing', async () => {
    const { opinion, endpoint } = await ask(undefined, { left: 3n })
    expect(opinion).toBeUndefined()
    expect(endpoint.asked).toEqual([])
  })

  test('behavior: one that refuses ever smaller pieces is left when the requests are spent', async () => {
    const { opinion, endpoint } = await ask(capped(0n), { left: 4n })
    expect(opinion).toBeUndefined()
    expect(endpoint.asked.length).toBeLessThanOrEqual(4)
  })

  test('error: MethodUnavailable is given back, after one request', async () => {
    const { opinion, endpoint } = await ask(() => refusal({ code: -32_601, message: 'method not found' }))
    expect(opinion).toBeInstanceOf(MethodUnavailable)
    expect(endpoint.asked).toHaveLength(1)
  })

  test('error: LostLogs where there must be one in several answers together, and nobody asks it again', async () => {
    const { opinion, endpoint, seat, filter } = await ask(() => ({ logs: [] }), {
      known: [{ from: 25_000n, to: 35_000n }],
    })
    expect(opinion).toBeInstanceOf(LostLogs)
    expect(seat.lost.get(filter.key)).toBe(opinion)
    expect(endpoint.asked).toHaveLength(2)
  })
})
