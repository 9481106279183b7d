import { type AbiEvent, decodeEventLog, type Hex, parseAbiItem, type RpcLog } from 'viem'
import { describe, expect, test } from 'vitest'
import { readLive } from '../../src/chain/readLive.ts'
import { readSnapshot } from '../../src/chain/readSnapshot.ts'
import { WAD } from '../../src/math/fixedPoint.ts'
import { type ReportEvent, storedReads, type TokenPool } from '../../src/pools/definePool.ts'
import { tokenPools } from '../../src/pools/index.ts'
import { clientOf, testChain } from '../support/chain.ts'

// The definitions against the embedded chain's contracts, which state the mainnet addresses anew.

const running = testChain()

const firstBlockOf = ({ id }: TokenPool): bigint =>
  running.chain.twins[id]?.firstBlock ?? expect.unreachable(`${id} has no twin`)

async function readingAt(pool: TokenPool, block: bigint) {
  const { pools } = await readSnapshot(clientOf(running.chain.url), [pool], { block, role: 'archive' })
  return pools[0]?.reading ?? expect.unreachable('not read')
}

type Report = { readonly block: bigint; readonly rate: bigint; readonly measured: object }

/** The reports that a definition finds in the logs, by its topic and its addresses. */
async function reportsOf({ signature, topic, addresses, rate, measured }: ReportEvent): Promise<Report[]> {
  const filter = { fromBlock: '0x0', toBlock: 'latest', address: addresses, topics: [topic] }
  const logs = await running.rpc<RpcLog[]>('eth_getLogs', [filter])
  const event = parseAbiItem([`event ${signature}`] as readonly string[]) as unknown as AbiEvent
  return logs.map(({ data, topics, blockNumber }) => {
    const { args } = decodeEventLog({ abi: [event], data, topics: topics as [Hex, ...Hex[]] })
    const given = args as unknown as Record<string, bigint>
    return { block: BigInt(blockNumber ?? 0), rate: rate(given), measured: measured(given) }
  })
}

describe.each(tokenPools)('$id', pool => {
  test('default: its twin answers a plausible rate and a supply from the first block on, and not before', async () => {
    const first = firstBlockOf(pool)
    expect(await readingAt(pool, first - 1n)).toEqual({ state: 'notYet' })
    for (const block of [first, running.chain.headBlock]) {
      const reading = await readingAt(pool, block)
      if (reading.state !== 'known') return expect.unreachable(JSON.stringify(reading))
      expect(reading.rate).toBeGreaterThanOrEqual((9n * WAD) / 10n)
      expect(reading.rate).toBeLessThanOrEqual((25n * WAD) / 10n)
      expect(reading.supply).toBeGreaterThan(0n)
      expect(reading.pooled).toBeGreaterThan(0n)
    }
  })

  test('behavior: each of its stored reads is answered by code at the address that it names', async () => {
    for (const { address } of storedReads(pool))
      expect(await running.rpc<Hex>('eth_getCode', [address, 'latest'])).not.toBe('0x')
  })

  test('behavior: live, every fact that its contracts tell is told', async () => {
    const { pools, time } = await readLive(clientOf(running.chain.url), tokenPools, { role: 'head' })
    const { facts } = pools.find(one => one.pool === pool) ?? expect.unreachable('not read')
    expect('value' in facts.fee).toBe(pool.fee.kind !== 'unknown')
    expect(facts.exit.map(told => 'value' in told)).toEqual(pool.exit.figures.map(() => true))
    expect(facts.lastReport === undefined || 'value' in facts.lastReport).toBe(true)
    if (facts.lastReport !== undefined && 'value' in facts.lastReport && 'time' in facts.lastReport.value) {
      expect(time - facts.lastReport.value.time).toBeLessThan(2n * pool.cadence)
      expect(facts.lastReport.value.time).toBeLessThanOrEqual(time)
    }
    // The one feed that was given up is stale, and every other market answers near the rate.
    expect('value' in facts.premium).toBe(pool.market.kind === 'feed' && pool.id !== 'swell')
    if ('value' in facts.premium) expect(facts.premium.value.fraction).toBeLessThan(WAD / 100n)
  })
})

const reporting = tokenPools.filter(({ reports }) => reports.length > 0)

describe.each(reporting)('reports of $id', pool => {
  test('default: each report’s rate is what the contract answers from its block on', async () => {
    const reports = (await Promise.all(pool.reports.map(reportsOf))).flat()
    expect(reports.length).toBeGreaterThan(10)
    for (const report of reports.filter(({ block }) => block >= firstBlockOf(pool))) {
      const reading = await readingAt(pool, report.block)
      if (reading.state !== 'known') return expect.unreachable(`block ${report.block}`)
      const off = reading.rate > report.rate ? reading.rate - report.rate : report.rate - reading.rate
      // ether.fi pays its fee in after the event, and Lido's event may be a wei off.
      expect(off * WAD).toBeLessThanOrEqual(report.rate * (pool.dust ?? 1n))
    }
  })
})

describe('one topic, three contracts', () => {
  test('default: without its address filter Coinbase would take the reports of others for its own', async () => {
    const coinbase = tokenPools.find(({ id }) => id === 'coinbase') ?? expect.unreachable('no Coinbase')
    const [own] = coinbase.reports
    if (own === undefined) return expect.unreachable('no report')
    const filter = { fromBlock: '0x0', toBlock: 'latest', topics: [own.topic] }
    const all = await running.rpc<RpcLog[]>('eth_getLogs', [filter])
    expect(new Set(all.map(({ address }) => address.toLowerCase())).size).toBe(3)
    const mine = await reportsOf(own)
    expect(mine.length).toBeGreaterThan(10)
    expect(mine.length).toBeLessThan(all.length / 2)
  })
})
