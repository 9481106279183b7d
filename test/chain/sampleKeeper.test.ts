import { describe, expect, test } from 'vitest'
import { createSampleKeeper } from '../../src/chain/sampleKeeper.ts'
import { type BlockNumber, DAY, WAD } from '../../src/math/fixedPoint.ts'
import type { Reading, Sample } from '../../src/math/sample.ts'
import { poolKey } from '../../src/pools/definePool.ts'
import { rocketPool } from '../../src/pools/rocketPool.ts'
import { watchedArchive } from './histories.ts'

const key = poolKey(rocketPool)

const known = (rate: bigint): Reading => ({ state: 'known', rate, supply: 1n, pooled: 1n })

const day = (index: number, rate = WAD + BigInt(index) * 10n ** 13n): Sample => ({
  block: BigInt(index),
  time: BigInt(index) * DAY,
  operator: 'A',
  readings: { [key]: known(rate) },
})

function setUp({ hasOthers = true, finalized = 1_000n }: { hasOthers?: boolean; finalized?: bigint } = {}) {
  const { archive, kept } = watchedArchive()
  const samples = new Map<BlockNumber, Sample>()
  const keeper = createSampleKeeper({
    archive,
    identity: 'chain',
    finalized,
    pools: [rocketPool],
    samples,
    hasOthers,
  })
  const take = async (...some: readonly Sample[]) => {
    for (const sample of some) {
      samples.set(sample.block, sample)
      await keeper.take(sample)
    }
  }
  const blocks = (): bigint[] => kept.map(({ block }) => block).sort((a, b) => (a < b ? -1 : 1))
  return { keeper, take, blocks, kept, samples }
}

const days = (from: number, to: number): Sample[] =>
  Array.from({ length: to - from + 1 }, (_, index) => day(from + index))

describe('createSampleKeeper', () => {
  test('default: of a single node samples are kept as they come', async () => {
    const { take, blocks } = setUp({ hasOthers: false })
    await take(day(1))
    expect(blocks()).toEqual([1n])
    await take(day(40))
    expect(blocks()).toEqual([1n, 40n])
  })

  test('behavior: nothing that is not final or not a fact is kept', async () => {
    const { take, keeper, kept } = setUp({ hasOthers: false, finalized: 5n })
    await take(day(5), day(6), { ...day(3), readings: { [key]: { state: 'unknown', why: 'silent' } } })
    await keeper.finish(new Set())
    expect(kept.map(({ block }) => block)).toEqual([5n])
    const mixed = setUp({ hasOthers: false })
    await mixed.take({
      ...day(4),
      readings: { [key]: known(WAD), other: { state: 'unknown', why: 'silent' }, third: { state: 'notYet' } },
    })
    expect(mixed.kept[0]?.readings).toEqual({ [key]: known(WAD), third: { state: 'notYet' } })
  })

  test('behavior: of several operators, what stands between near neighbours is kept on the way', async () => {
    const { take, blocks } = setUp()
    await take(...days(1, 15))
    expect(blocks()).toEqual([])
    await take(day(16))
    expect(blocks()).toEqual(days(2, 15).map(({ block }) => block))
  })

  test('behavior: a leap keeps itself and its neighbours out, until it is confirmed', async () => {
    const leap = day(8, (WAD * 101n) / 100n)
    const series = [...days(1, 7), leap, ...days(9, 20)]
    const { take, blocks, keeper } = setUp()
    await take(...series)
    await keeper.leave()
    const strange = [7n, 8n, 9n]
    const near = series.slice(1, -1).map(({ block }) => block)
    expect(blocks()).toEqual(near.filter(block => !strange.includes(block)))
    await keeper.finish(new Set([8n]))
    expect(blocks()).toEqual(series.map(({ block }) => block).filter(block => block !== 7n && block !== 9n))
  })

  test('behavior: at the end all sound ones are kept, near neighbours or not', async () => {
    const { take, blocks, keeper } = setUp()
    await take(day(1), day(20), day(40))
    expect(blocks()).toEqual([])
    await keeper.finish(new Set())
    expect(blocks()).toEqual([1n, 20n, 40n])
  })

  test('behavior: an early end keeps what neighbours speak for, and nothing else', async () => {
    const { take, blocks, keeper } = setUp()
    await take(...days(1, 4), day(30))
    await keeper.leave()
    expect(blocks()).toEqual([2n, 3n])
  })

  test('behavior: a replaced sample is kept as it stands now', async () => {
    const { take, samples, keeper, kept } = setUp()
    await take(...days(1, 5))
    samples.set(3n, { ...day(3), operator: 'B' })
    await keeper.finish(new Set([3n]))
    expect(kept.find(({ block }) => block === 3n)?.operator).toBe('B')
  })

  test('behavior: what was kept on the way and replaced by the review is kept again', async () => {
    const { take, samples, keeper, kept } = setUp()
    await take(...days(1, 16))
    expect(kept.some(({ block }) => block === 8n)).toBe(true)
    samples.set(8n, { ...day(8), operator: 'B' })
    await keeper.finish(new Set([8n]))
    expect(kept.filter(({ block }) => block === 8n).map(({ operator }) => operator)).toEqual(['A', 'B'])
  })
})
