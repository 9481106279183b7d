import { describe, expect, test } from 'vitest'
import type { ChainClient } from '../../src/chain/client.ts'
import { createClient, type Network } from '../../src/chain/client.ts'
import { readHeader } from '../../src/chain/readHeader.ts'
import { type ReportProgress, readReports } from '../../src/chain/readReports.ts'
import { recallHistory, recallReports } from '../../src/chain/recallHistory.ts'
import { EMBEDDED_GRID } from '../../src/embedded/schedule.ts'
import { DAY } from '../../src/math/fixedPoint.ts'
import { totalBlocks } from '../../src/math/intervals.ts'
import { tokenPools as pools } from '../../src/pools/index.ts'
import { createMemoryBlockTimeStore } from '../../src/store/blockTimeStore.ts'
import { createMemoryLogStore } from '../../src/store/logStore.ts'
import { createMemoryStore } from '../../src/store/sampleStore.ts'
import { endpointAt, testChain } from '../support/chain.ts'
import { readAll } from './histories.ts'

const running = testChain({ days: 60 })
const EMBEDDED: Network = { chainIds: [31_337n], grid: EMBEDDED_GRID }

/** Nobody is there to be asked. */
const nobody: ChainClient = createClient([endpointAt('http://127.0.0.1:9/')], EMBEDDED)

/** A visit that read everything, and what it left behind. */
async function visit() {
  const client = createClient([endpointAt(running.chain.url)], EMBEDDED)
  const store = createMemoryStore()
  const archives = { logs: createMemoryLogStore(), times: createMemoryBlockTimeStore() }
  const { samples, head, identity } = await readAll(client, store)
  if (identity === undefined) return expect.unreachable('nothing was kept')
  const finalized = (await readHeader(client, 'finalized')).block
  let reports: ReportProgress | undefined
  const request = { samples, from: 1n, to: head.block, finalized, identity, pools }
  for await (const progress of readReports(client, archives, request)) reports = progress
  if (reports === undefined) return expect.unreachable('no reports')
  return { store, archives, samples, head, identity, finalized, reports }
}

describe('recallHistory', () => {
  test('default: all samples that were kept and the head, without asking anybody', async () => {
    const { store, samples, head, identity, finalized } = await visit()
    const request = { pools, head, span: undefined, identity }
    const recalled = await recallHistory(nobody, store, request)
    const kept = samples.filter(({ block }) => block <= finalized && block <= head.block - 32n)
    expect(kept.length).toBeGreaterThan(20)
    expect(recalled.samples).toEqual([...kept, samples.at(-1)])
    expect([recalled.done, recalled.wanted]).toEqual([kept.length + 1, kept.length + 1])
    expect(nobody.ledger.entries()).toEqual([])
  })

  test('behavior: of a span, with the day before it, and of this chain alone', async () => {
    const { store, head, identity } = await visit()
    const request = { pools, head, span: 20n * DAY, identity }
    const { samples } = await recallHistory(nobody, store, request)
    const first = samples[0]?.time ?? 0n
    expect(first).toBeGreaterThanOrEqual(head.time - 21n * DAY)
    expect(first).toBeLessThan(head.time - 19n * DAY)
    const other = await recallHistory(nobody, store, { ...request, identity: 'another' })
    expect(other.samples).toHaveLength(1)
  })
})

describe('recallReports', () => {
  test('default: the reports that were kept, with their times, and the blocks that they are all of', async () => {
    const { archives, samples, identity, reports, finalized } = await visit()
    const recalled = await recallReports(nobody, archives, { pools, samples, identity })
    const last = recalled.covered.at(-1)?.to ?? 0n
    // What may still change was not kept.
    expect(last).toBe(finalized)
    expect(recalled.reports.get('rocket-pool')?.length).toBeGreaterThan(20)
    for (const [id, own] of reports.reports) {
      const told = own.filter(({ log }) => log.block <= last).map(({ rate, log }) => [rate, log.block])
      expect(recalled.reports.get(id)?.map(({ rate, log }) => [rate, log.block])).toEqual(told)
    }
    expect(recalled.timesMissing).toBe(0)
    for (const [block, time] of recalled.blockTimes) expect(reports.blockTimes.get(block)).toBe(time)
    expect(recalled.blockTimes.size).toBeGreaterThan(20)
    expect(recalled.done).toBe(totalBlocks(recalled.covered))
    expect(nobody.ledger.entries()).toEqual([])
  })

  test('behavior: no more than the range of the samples', async () => {
    const { archives, samples, identity } = await visit()
    const part = samples.slice(-15)
    const [from, to] = [part[0]?.block ?? 0n, part.at(-1)?.block ?? 0n]
    const { reports, covered } = await recallReports(nobody, archives, { pools, samples: part, identity })
    const blocks = [...reports.values()].flat().map(({ log }) => log.block)
    expect(blocks.length).toBeGreaterThan(10)
    expect(blocks.every(block => from <= block && block <= to)).toBe(true)
    expect(covered[0]?.from).toBe(from)
  })
})
