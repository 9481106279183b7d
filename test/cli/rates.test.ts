import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PoolRate, RatesReport } from '../../src/cli/read/rates.ts'
import { ratesText } from '../../src/cli/read/ratesOutput.ts'
import { type EmbeddedChain, startEmbeddedChain } from '../../src/embedded/start.ts'
import type { TokenPool } from '../../src/pools/definePool.ts'
import { pools, tokenPools } from '../../src/pools/index.ts'
import { readDecimals, readRound } from '../../src/pools/infrastructure.ts'
import type { Read } from '../../src/pools/read.ts'
import { runCommand } from './cli.ts'
import { headOf, readAt } from './direct.ts'

const WAD = 10n ** 18n

let chain: EmbeddedChain
let report: RatesReport
beforeAll(async () => {
  chain = await startEmbeddedChain({ days: 40, live: false })
  report = JSON.parse(await read('--json'))
})
afterAll(() => chain.stop())

async function read(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runCommand('read', 'rates', ...args, '--rpc', chain.url)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return stdout
}

const rowOf = ({ id }: { readonly id: string }): PoolRate =>
  report.pools.find(({ pool }) => pool === id) ?? expect.unreachable(`no row of ${id}`)

async function words(asked: Read): Promise<readonly bigint[]> {
  return (await readAt(chain.url, chain.headBlock, asked)) ?? expect.unreachable(asked.signature)
}
const word = async (asked: Read, index = 0): Promise<bigint> =>
  (await words(asked))[index] ?? expect.unreachable(asked.signature)

/** Fee, premium and last report in a row of the table. */
const ROW_END = /(\?|\S+ %(?: published)?) +(\?|\S+ %(?: within noise)?) +(\?|block \S+|\S+Z) +0x/

function feePattern({ feeWad }: PoolRate, { fee }: TokenPool): RegExp {
  if (feeWad === null) return /^\?$/
  return fee.kind === 'published' ? /^\d+\.\d\d % published$/ : /^\d+\.\d\d %$/
}

function premiumPattern({ premiumWad, premiumIsNoise }: PoolRate): RegExp {
  if (premiumWad === null) return /^\?$/
  return premiumIsNoise === true ? /^[<>]?-?\d\.\d\d % within noise$/ : /^-?\d+\.\d\d %$/
}

function lastReportText({ lastReportSeconds, lastReportBlock }: PoolRate): string {
  if (lastReportSeconds !== null)
    return new Date(Number(lastReportSeconds) * 1000).toISOString().replace('.000', '')
  return lastReportBlock === null ? '?' : `block ${Number(lastReportBlock).toLocaleString('en')}`
}

const each = tokenPools.map(pool => [pool.id, pool] as const)

/** Round a quotient down, also below zero. */
const floor = (dividend: bigint, divisor: bigint): bigint =>
  dividend / divisor - (dividend % divisor !== 0n && dividend < 0n ? 1n : 0n)

/** What a market pays in ETH, worked out of direct calls. */
async function priceOf({ market }: TokenPool): Promise<bigint | null> {
  if (market.kind === 'none') return null
  return ((await word(readRound(market.feed), 1)) * WAD) / 10n ** (await word(readDecimals(market.feed)))
}

describe('rates', () => {
  test('default: a row for every pool, in their order, at the head', async () => {
    expect(report.block).toBe((await headOf(chain.url)).toString())
    expect(report.pools.map(({ pool }) => pool)).toEqual(pools.map(({ id }) => id))
    for (const pool of pools.filter(({ kind }) => kind === 'tokenless')) {
      const { block, rateWad, feeWad, premiumWad, exit, why, ...rest } = rowOf(pool)
      expect({ block, rateWad, feeWad, premiumWad, exit }).toEqual({
        block: null,
        rateWad: null,
        feeWad: null,
        premiumWad: null,
        exit: [],
      })
      expect(why).toMatch(/\w/)
      const { feeWhy, marketWhy, premiumIsNoise, premiumWhy, lastReportWhy } = rest
      expect([feeWhy, marketWhy, premiumWhy, lastReportWhy]).toEqual([why, why, why, why])
      expect(premiumIsNoise).toBeNull()
    }
  })

  test.each(each)('default: %s: rate, supply and what is pooled to the wei', async (_, pool) => {
    const [rate, supply] = [await word(pool.rate), await word(pool.supply)]
    expect(rowOf(pool)).toMatchObject({
      token: pool.token.symbol,
      unit: pool.unit,
      rateWad: rate.toString(),
      supplyWei: supply.toString(),
      pooledWei: (pool.pooled === undefined ? (supply * rate) / WAD : await word(pool.pooled)).toString(),
      block: report.block,
      contract: pool.rate.address,
      call: pool.rate.signature,
      why: null,
    })
  })

  test.each(each)('default: %s: fee and its source', async (_, { fee, ...pool }) => {
    const { feeWad, feeSource, feeWhy } = rowOf(pool)
    if (fee.kind === 'unknown')
      expect({ feeWad, feeSource, feeWhy }).toEqual({ feeWad: null, feeSource: null, feeWhy: fee.why })
    else if (fee.kind === 'published')
      expect({ feeWad, feeSource }).toEqual({
        feeWad: fee.fraction.toString(),
        feeSource: `published by ${fee.source}, looked up ${fee.date}`,
      })
    else {
      let sum = 0n
      for (const part of fee.reads) sum += await word(part)
      expect({ feeWad, feeSource }).toEqual({
        feeWad: ((sum * WAD) / fee.whole).toString(),
        feeSource: 'contract',
      })
    }
  })

  test.each(each)('default: %s: market and premium', async (_, pool) => {
    const { marketPriceWad, marketFeed, marketWhy, premiumWad, premiumIsNoise, premiumWhy } = rowOf(pool)
    const price = await priceOf(pool)
    if (price === null) {
      const why = pool.market.kind === 'none' ? pool.market.why : ''
      expect({ marketPriceWad, marketFeed, premiumWad }).toEqual({
        marketPriceWad: null,
        marketFeed: null,
        premiumWad: null,
      })
      expect([marketWhy, premiumWhy]).toEqual([why, why])
      return
    }
    expect(marketFeed).toMatch(/\w/)
    // A feed that the chain lets grow old on purpose is refused, with the reason.
    const round = pool.market.kind === 'feed' ? await word(readRound(pool.market.feed), 3) : 0n
    if (BigInt(report.pools[0]?.timeSeconds ?? 0) - round > 86_400n) {
      expect([marketPriceWad, premiumWad]).toEqual([null, null])
      expect(premiumWhy).toContain('heartbeat')
      return
    }
    const basis = pool.market.kind === 'feed' && pool.market.prices === 'token' ? await word(pool.rate) : WAD
    const premium = floor((price - basis) * WAD, basis)
    expect([marketPriceWad, premiumWad]).toEqual([`${price}`, `${premium}`])
    expect(premiumIsNoise).toBe(premium < WAD / 200n && premium > -WAD / 200n)
    expect([marketWhy, premiumWhy]).toEqual([null, null])
  })

  test.each(each)('default: %s: last report and the way out', async (_, { lastReport, exit, ...pool }) => {
    const { lastReportSeconds, lastReportBlock, lastReportWhy, exit: told } = rowOf(pool)
    if (lastReport === undefined)
      expect({ lastReportSeconds, lastReportBlock, lastReportWhy }).toEqual({
        lastReportSeconds: null,
        lastReportBlock: null,
        lastReportWhy: 'No contract of this pool tells it.',
      })
    else {
      const mark = `${(await word(lastReport.read, lastReport.word ?? 0)) - (lastReport.less ?? 0n)}`
      expect([lastReportSeconds, lastReportBlock]).toEqual(
        lastReport.gives === 'time' ? [mark, null] : [null, mark],
      )
    }
    expect(told.map(({ label }) => label)).toEqual(exit.figures.map(({ label }) => label))
    for (const [index, figure] of exit.figures.entries())
      expect(told[index]).toMatchObject({ value: `${await word(figure.read)}`, why: null })
  })

  test('behavior: CSV has the same figures, one record for every pool', async () => {
    const [header = '', ...records] = (await read('--csv')).trimEnd().split('\r\n')
    const names = header.split(',')
    expect(records).toHaveLength(pools.length)
    for (const record of records) {
      const cells = [...record.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
        ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '',
      )
      const row = Object.fromEntries(names.map((name, index) => [name, cells[index]]))
      const own = rowOf({ id: row['pool'] ?? '' })
      for (const name of [
        'rateWad',
        'supplyWei',
        'pooledWei',
        'feeWad',
        'feeSource',
        'feeWhy',
        'premiumWad',
        'premiumIsNoise',
        'premiumWhy',
        'lastReportSeconds',
        'lastReportBlock',
        'lastReportWhy',
        'why',
      ] as const)
        expect({ name, cell: row[name] }).toEqual({ name, cell: `${own[name] ?? ''}` })
    }
  })

  test('behavior: the table for people has every rate in full, fee, premium and last report', async () => {
    const lines = (await read()).split('\n')
    for (const pool of tokenPools) {
      const row = rowOf(pool)
      const line =
        lines.find(one => one.startsWith(`${pool.name} `)) ?? expect.unreachable(`no line of ${pool.name}`)
      const digits = (row.rateWad ?? '').padStart(19, '0')
      expect(line).toContain(` ${digits.slice(0, -18)}.${digits.slice(-18)} `)
      expect(line).toContain(` ${pool.unit} `)
      const [, fee, premium, lastReport] = ROW_END.exec(line) ?? expect.unreachable(line)
      expect(fee).toMatch(feePattern(row, pool))
      expect(premium).toMatch(premiumPattern(row))
      expect(lastReport).toBe(lastReportText(row))
    }
  })

  test('behavior: a premium beyond noise stands without that mark', () => {
    const [pool = expect.unreachable('no pool')] = report.pools
    const beyond = { ...pool, premiumWad: '-62500000000000000', premiumIsNoise: false }
    const text = ratesText({ ...report, pools: [beyond] }, { block: 1n, time: 2n, operator: 'A' })
    expect(text).toMatch(/ -6\.25 % +\d{4}-/)
  })

  test('behavior: below the table stands why, for each figure that is not known', async () => {
    const lines = (await read()).split('\n')
    for (const { name, why, feeWhy, premiumWhy, lastReportWhy } of report.pools) {
      if (why !== null) expect(lines).toContain(`? ${name}: ${why}`)
      const beside = { fee: feeWhy, premium: premiumWhy, 'last report': lastReportWhy }
      for (const [figure, reason] of Object.entries(beside)) {
        const line = lines.find(one => {
          const [, pool, figures] = /^\? (.+?), (.+?): /.exec(one) ?? []
          return pool === name && figures?.split(' and ').includes(figure)
        })
        const isToldApart = reason !== null && reason !== why
        expect({ name, figure, line }).toEqual({
          name,
          figure,
          line: isToldApart ? expect.stringContaining(`: ${reason}`) : undefined,
        })
      }
    }
  })
})
