import { hashKey, QueryClient } from '@tanstack/react-query'
import { describe, expect, test } from 'vitest'
import { ArchiveUnavailable } from '../../src/chain/errors.ts'
import { DAY } from '../../src/math/fixedPoint.ts'
import { NoSuchDay } from '../../src/queries/gatherPast.ts'
import { type History, historyKey, historyQuery } from '../../src/queries/history.ts'
import { pastKey, pastQuery } from '../../src/queries/past.ts'
import { type Asked, createWorld, timeOf, type World } from '../views/support/world.ts'

/** Midnight of that day lies between blocks 769 and 770 of the world. */
const DAY_OF_770 = '2026-07-28'
const MONTHS = { range: 60n * DAY, window: 7n * DAY } as const

const isSample = ({ method, role, block }: Asked): boolean =>
  method === 'eth_call' && role === 'archive' && block !== undefined
const samplesOf = ({ asked }: World): bigint[] => asked.filter(isSample).flatMap(({ block }) => block ?? [])

describe('pastQuery', () => {
  test('default: the first block of the day, read once and kept', async () => {
    const world = createWorld()
    const queries = new QueryClient()
    const past = await queries.fetchQuery(pastQuery(world.session, DAY_OF_770))
    expect(past).toMatchObject({
      kind: 'read',
      isConfirmed: true,
      sample: { block: 770n, time: timeOf(770n) },
    })
    const asked = world.asked.length
    expect(await queries.fetchQuery(pastQuery(world.session, DAY_OF_770))).toBe(past)
    expect(world.asked).toHaveLength(asked)
  })

  test('behavior: a complete history that has the day is asked, and nobody else', async () => {
    const world = createWorld()
    const queries = new QueryClient()
    const history = await queries.fetchQuery(historyQuery(world.session, MONTHS))
    const asked = world.asked.length
    const past = await queries.fetchQuery(pastQuery(world.session, DAY_OF_770))
    if (past.kind !== 'read') return expect.unreachable(past.kind)
    expect(past.sample).toBe(history.samples.find(({ block }) => block === 770n))
    // It has been reviewed with the others, not by itself.
    expect(past.isConfirmed).toBeUndefined()
    expect(world.asked).toHaveLength(asked)
  })

  test('behavior: half a history is not trusted, and neither is a sample with a hole', async () => {
    const world = createWorld()
    const queries = new QueryClient()
    const whole = await queries.fetchQuery(historyQuery(world.session, MONTHS))
    const bare = createWorld({ id: 'http://bare 1' })
    const key = historyKey(bare.session, MONTHS)
    const readBlocks = async (history: History): Promise<bigint[]> => {
      const fresh = new QueryClient()
      fresh.setQueryData<History>(key, history)
      const before = samplesOf(bare).length
      await fresh.fetchQuery(pastQuery(bare.session, DAY_OF_770))
      return samplesOf(bare).slice(before)
    }
    expect(await readBlocks({ ...whole, isComplete: true })).toEqual([])
    const holed = whole.samples.map(sample => ({ ...sample, readings: {} }))
    expect(await readBlocks({ ...whole, samples: holed })).toEqual([770n])
    // Kept by that reading: another day shows that half a history is not used.
    const halved = await (async () => {
      const fresh = new QueryClient()
      fresh.setQueryData<History>(key, { ...whole, isComplete: false })
      const before = samplesOf(bare).length
      await fresh.fetchQuery(pastQuery(bare.session, '2026-07-08'))
      return samplesOf(bare).slice(before)
    })()
    expect(halved).toContain(750n)
  })

  test('error: ArchiveUnavailable, told at once', async () => {
    const world = createWorld()
    const queries = new QueryClient()
    world.refuse = question =>
      isSample(question) ? new ArchiveUnavailable('does not keep state this old') : undefined
    await expect(queries.fetchQuery(pastQuery(world.session, DAY_OF_770))).rejects.toBeInstanceOf(
      ArchiveUnavailable,
    )
    expect(samplesOf(world)).toHaveLength(1)
  })

  test('error: NoSuchDay', async () => {
    const world = createWorld()
    await expect(new QueryClient().fetchQuery(pastQuery(world.session, '2026-02-30'))).rejects.toBeInstanceOf(
      NoSuchDay,
    )
    expect(world.asked).toEqual([])
  })
})

describe('pastKey', () => {
  test('default: another day or endpoint set is another question', () => {
    const [one, other] = [createWorld().session, createWorld({ id: 'http://other 7200' }).session]
    const keys = [pastKey(one, DAY_OF_770), pastKey(one, '2026-07-27'), pastKey(other, DAY_OF_770)]
    expect(new Set(keys.map(hashKey)).size).toBe(3)
  })
})
