import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { HistoryReport } from '../../src/cli/read/history.ts'
import { NOT_YET, type RatesReport } from '../../src/cli/read/rates.ts'
import { HOLDS_NONE, type WalletReport } from '../../src/cli/read/wallet.ts'
import { type EmbeddedChain, startEmbeddedChain } from '../../src/embedded/start.ts'
import { runCommand } from './cli.ts'
import { callAt, rateAt as rateOf, rpc, TOKENS } from './direct.ts'

let chain: EmbeddedChain
beforeAll(async () => {
  chain = await startEmbeddedChain({ days: 40, live: false })
})
afterAll(() => chain.stop())

const DAY = 86_400n

async function read(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runCommand('read', ...args, '--rpc', chain.url)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
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

  test('behavior: a spacing that leaves the head alone is pointed out', async () => {
    const { code, stdout, stderr } = await runCommand('read', 'history', '--json', '--rpc', chain.url)
    expect(code).toBe(0)
    expect(JSON.parse(stdout).pools[0].points).toHaveLength(1)
    expect(stderr).toContain('--grid')
  })
})

describe('wallet', () => {
  test('default', async () => {
    const account = chain.demoWallets.everything
    const report: WalletReport = JSON.parse(await read('wallet', account.toLowerCase(), '--json'))
    expect(report.account).toBe(account)
    for (const [symbol, to] of Object.entries(TOKENS)) {
      const direct = await callAt(chain.url, BigInt(report.block), {
        to,
        signature: 'balanceOf(address)',
        args: [account],
      })
      expect(BigInt(direct ?? 0)).toBeGreaterThan(0n)
      expect(report.assets.find(asset => asset.symbol === symbol)?.balanceWei).toBe(direct)
    }
    const ether = BigInt(String(await rpc(chain.url, 'eth_getBalance', account, 'latest')))
    expect(report.assets.find(({ symbol }) => symbol === 'ETH')?.balanceWei).toBe(ether.toString())
    const sum = report.assets.reduce((total, { valueWei }) => total + BigInt(valueWei ?? 0), 0n)
    expect(report.totalWei).toBe(sum.toString())
    expect(report.note).toBeNull()
  })

  test('behavior: an account without anything has zeros and is no error', async () => {
    const report: WalletReport = JSON.parse(await read('wallet', chain.demoWallets.nothing, '--json'))
    expect(report.assets.every(({ balanceWei, why }) => balanceWei === '0' && why === null)).toBe(true)
    expect(report).toMatchObject({ totalWei: '0', note: HOLDS_NONE })
    expect(await read('wallet', chain.demoWallets.nothing)).toContain(HOLDS_NONE)
  })
})
