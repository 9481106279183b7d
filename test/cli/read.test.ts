import { type AbiEvent, decodeEventLog, encodeEventTopics, type Hex, parseAbiItem } from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { HistoryReport } from '../../src/cli/read/history.ts'
import { NOT_YET, type RatesReport } from '../../src/cli/read/rates.ts'
import { type EmbeddedChain, startEmbeddedChain } from '../../src/embedded/start.ts'
import { rocketPool } from '../../src/pools/rocketPool.ts'
import { always, refuse, startFaultProxy } from '../support/faultProxy.ts'
import { runCommand } from './cli.ts'
import { rateAt as rateOf, rpc, TOKENS } from './direct.ts'

let chain: EmbeddedChain
beforeAll(async () => {
  chain = await startEmbeddedChain({ days: 40, live: false })
})
afterAll(() => chain.stop())

const DAY = 86_400n
const WAD = 10n ** 18n

/** What is told of an answer's progress, which comes only where the machine is slow. */
const PROGRESS = /^(?:Waiting for .* …|\d+ of \d+ samples|reports of \d+ of \d+ blocks.*)$/

const complaintsIn = (stderr: string): string[] =>
  stderr.split('\n').filter(line => line !== '' && !PROGRESS.test(line))

async function read(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runCommand('read', ...args, '--rpc', chain.url)
  expect({ code, complaints: complaintsIn(stderr) }).toEqual({ code: 0, complaints: [] })
  return stdout
}

const rateAt = (pool: string, block: bigint): Promise<string | null> => rateOf(chain.url, block, pool)

describe('rates', () => {
  test('behavior: an old block says what was then, and what was not there yet', async () => {
    const block = chain.deployedAt.ankr - 1n
    const report: RatesReport = JSON.parse(await read('rates', '--json', '--block', `${block}`))
    expect(report.block).toBe(block.toString())
    const [rocketPool, ankr] = report.pools
    expect(rocketPool?.rateWad).toBe(await rateAt('rocket-pool', block))
    expect(rocketPool?.rateWad).not.toBe(await rateAt('rocket-pool', chain.headBlock))
    expect(ankr).toMatchObject({ rateWad: null, supplyWei: null, why: NOT_YET })
  })

  test('behavior: pools are chosen by id or token', async () => {
    const report: RatesReport = JSON.parse(await read('rates', '--json', '--pools', 'wstETH,ankr'))
    expect(report.pools.map(({ pool }) => pool)).toEqual(['lido', 'ankr'])
  })

  test('behavior: the table for people holds the exact rate', async () => {
    const rate = (await rateAt('lido', chain.headBlock)) ?? ''
    const text = await read('rates')
    expect(text).toContain(`${rate.slice(0, -18)}.${rate.slice(-18)}`)
    expect(text).toMatch(/^\? Staked: /m)
  })

  test('error: BadInput for a block that does not exist yet', async () => {
    const { code, stdout, stderr } = await runCommand('read', 'rates', '--block', '99999', '--rpc', chain.url)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(chain.headBlock.toString())
  })
})

/** What an event of a contract tells: a rate, and when it was measured. */
type Told = { readonly block: bigint; readonly time: bigint; readonly rate: bigint }

/** Ask for all logs of an event without the readers, ascending by what they measured. */
async function eventsOf(
  address: string | readonly string[],
  signature: string,
  read: (args: Readonly<Record<string, bigint>>) => Omit<Told, 'block'>,
): Promise<Told[]> {
  const event = parseAbiItem(`event ${signature}` as string) as AbiEvent
  const abi = [event]
  const filter = {
    address,
    topics: encodeEventTopics({ abi, eventName: event.name }),
    fromBlock: '0x0',
    toBlock: 'latest',
  }
  const logs = (await rpc(chain.url, 'eth_getLogs', filter)) as {
    readonly blockNumber: Hex
    readonly data: Hex
    readonly topics: [Hex, ...Hex[]]
  }[]
  const events = logs.map(({ blockNumber, data, topics }) => {
    const { args } = decodeEventLog({ abi, data, topics })
    return { block: BigInt(blockNumber), ...read(args as unknown as Readonly<Record<string, bigint>>) }
  })
  return events.sort((one, other) => Number(one.time - other.time))
}

const lidoEvents = () =>
  eventsOf(
    TOKENS.stETH,
    'TokenRebased(uint256 indexed reportTimestamp, uint256 timeElapsed, uint256 preTotalShares, uint256 preTotalEther, uint256 postTotalShares, uint256 postTotalEther, uint256 sharesMintedAsFees)',
    ({ reportTimestamp: time = 0n, postTotalEther = 0n, postTotalShares = 1n }) => ({
      time,
      rate: (postTotalEther * WAD) / postTotalShares,
    }),
  )

const rocketEvents = () =>
  eventsOf(
    rocketPool.reports.flatMap(({ addresses }) => addresses),
    'BalancesUpdated(uint256 indexed block, uint256 slotTimestamp, uint256 totalEth, uint256 stakingEth, uint256 rethSupply, uint256 blockTimestamp)',
    ({ slotTimestamp: time = 0n, totalEth = 0n, rethSupply = 1n }) => ({
      time,
      rate: (totalEth * WAD) / rethSupply,
    }),
  )

describe('history', () => {
  const history = async (...args: string[]): Promise<HistoryReport> =>
    JSON.parse(await read('history', '--json', '--grid', '1', ...args))

  test('default', async () => {
    const { pools, head } = await history('--range', '30d', '--window', '7d')
    expect(head.block).toBe(chain.headBlock.toString())
    for (const { pool, points, why } of pools) {
      if (pool === 'staked') {
        expect({ points, hasWhy: why !== null }).toEqual({ points: [], hasWhy: true })
        continue
      }
      expect(points.length).toBeGreaterThanOrEqual(30)
      const direct = await Promise.all(points.map(({ block }) => rateAt(pool, BigInt(block))))
      expect(points.map(({ rateWad }) => rateWad)).toEqual(direct)
    }
  })

  test('behavior: points lie inside the range and have the block’s own time, ascending up to the head', async () => {
    const { pools, head } = await history('--range', '10d', '--window', '7d', '--pools', 'lido')
    const points = pools[0]?.points ?? []
    const times = points.map(({ timeSeconds }) => BigInt(timeSeconds))
    expect(times.at(-1)).toBe(BigInt(head.timeSeconds))
    expect(times[0]).toBeGreaterThanOrEqual(BigInt(head.timeSeconds) - 10n * DAY)
    expect(times).toEqual([...new Set(times)].sort((a, b) => (a < b ? -1 : 1)))
    for (const { block, timeSeconds } of [points[0], points.at(-2)].flatMap(point => point ?? [])) {
      const header = (await rpc(
        chain.url,
        'eth_getBlockByNumber',
        `0x${BigInt(block).toString(16)}`,
        false,
      )) as {
        timestamp: string
      }
      expect(BigInt(header.timestamp)).toBe(BigInt(timeSeconds))
    }
  })

  test('behavior: a yield needs a window, and samples from before the range serve it', async () => {
    const [plain, windowed] = [
      await history('--range', '10d', '--pools', 'rETH'),
      await history('--range', '10d', '--window', '7d', '--pools', 'rETH'),
    ]
    expect(plain.pools[0]?.points.every(({ apyWad, yieldWhy }) => apyWad === null && yieldWhy !== null)).toBe(
      true,
    )
    const points = windowed.pools[0]?.points ?? []
    expect(points.length).toBeGreaterThan(5)
    for (const { apyWad, aprWad, spanSeconds, yieldWhy } of points) {
      expect(yieldWhy).toBeNull()
      expect(BigInt(aprWad ?? 0)).toBeGreaterThan(0n)
      expect(BigInt(apyWad ?? 0)).toBeGreaterThan(BigInt(aprWad ?? 0))
      expect(Math.abs(Number(spanSeconds) / 86_400 - 7)).toBeLessThan(3.5)
    }
    expect(windowed.pools[0]?.latest.toBlock).not.toBeNull()
  })

  test('behavior: samples before a contract existed are null beside why', async () => {
    const { pools } = await history('--range', 'all', '--pools', 'ankr')
    const points = pools[0]?.points ?? []
    const early = points.filter(({ block }) => BigInt(block) < chain.deployedAt.ankr)
    expect(early.length).toBeGreaterThan(0)
    expect(early.every(({ rateWad, why }) => rateWad === null && why === NOT_YET)).toBe(true)
    expect(points.at(-1)).toMatchObject({ why: null, rateWad: await rateAt('ankr', chain.headBlock) })
  })

  test('behavior: CSV has a record for each point', async () => {
    const csv = await read('history', '--csv', '--grid', '1', '--range', '5d', '--pools', 'rETH')
    const [header = '', first = ''] = csv.split('\r\n')
    const record = Object.fromEntries(header.split(',').map((name, index) => [name, first.split(',')[index]]))
    expect(record['rateWad']).toBe(await rateAt('rocket-pool', BigInt(record['block'] ?? 0)))
    expect(csv.endsWith('\r\n')).toBe(true)
  })

  test('behavior: with --reports yields go from one event of the contract to another', async () => {
    const told = await history(
      '--reports',
      '--range',
      '10d',
      '--window',
      '7d',
      '--pools',
      'rETH,wstETH,sfrxETH',
    )
    expect(told).toMatchObject({ doubts: [], malformedReports: [], timesMissing: '0' })
    const [reth, wsteth, sfrxeth] = told.pools
    for (const [own, events] of [
      [reth, await rocketEvents()],
      [wsteth, await lidoEvents()],
    ] as const) {
      const end = events.at(-1) ?? expect.unreachable('no event')
      const away = ({ time }: Told) => Math.abs(Number(time - (end.time - 7n * DAY)))
      const start = events.reduce((best, event) => (away(event) < away(best) ? event : best))
      const between = events.filter(({ time }) => time > start.time)
      expect(own?.latest).toMatchObject({
        evidence: 'reports',
        steps: between.length.toString(),
        fromBlock: start.block.toString(),
        toBlock: end.block.toString(),
        spanSeconds: (end.time - start.time).toString(),
        aprWad: (
          ((end.rate - start.rate) * 365n * DAY * WAD) /
          (start.rate * (end.time - start.time))
        ).toString(),
        apyLowWad: own?.latest.apyWad,
        apyHighWad: own?.latest.apyWad,
        spread: { count: between.length.toString() },
      })
      expect(own?.contradictions).toEqual([])
    }
    expect(sfrxeth?.latest).toMatchObject({ evidence: 'samples', steps: null, yieldWhy: null })
  })

  test('error: MethodUnavailable for reports of an endpoint that serves no logs', async () => {
    const refusal = refuse(200, { code: -32_601, message: 'the method eth_getLogs does not exist' })
    const proxy = await startFaultProxy(chain.url, always(refusal, 'eth_getLogs'))
    try {
      const args = ['--grid', '1', '--range', '5d', '--window', '7d', '--pools', 'rETH', '--rpc', proxy.url]
      const { code, stdout, stderr } = await runCommand('read', 'history', '--reports', ...args)
      expect({ code, stdout }).toEqual({ code: 3, stdout: '' })
      // Nobody else was asked, so nobody else is spoken of.
      expect(complaintsIn(stderr)).toEqual([expect.stringMatching(`^${new URL(proxy.url).host} `)])
    } finally {
      await proxy.stop()
    }
  })

  test('behavior: a spacing that leaves the head alone is pointed out', async () => {
    const { code, stdout, stderr } = await runCommand('read', 'history', '--json', '--rpc', chain.url)
    expect(code).toBe(0)
    expect(JSON.parse(stdout).pools[0].points).toHaveLength(1)
    expect(stderr).toContain('--grid')
  })
})
