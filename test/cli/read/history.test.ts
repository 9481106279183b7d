import { describe, expect, test } from 'vitest'
import type { Snapshot } from '../../../src/chain/readSnapshot.ts'
import { type HistoryInput, historyReport } from '../../../src/cli/read/history.ts'
import { historyCsv, historyText } from '../../../src/cli/read/historyOutput.ts'
import type { Reading, Sample } from '../../../src/math/sample.ts'
import { poolKey } from '../../../src/pools/definePool.ts'
import { frax } from '../../../src/pools/frax.ts'
import { readEtherPrice } from '../../../src/pools/infrastructure.ts'
import { lido } from '../../../src/pools/lido.ts'
import { staked } from '../../../src/pools/staked.ts'

const DAY = 86_400n
const YEAR = 365n * DAY
const START = 1_600_000_000n

const known = (rate: bigint): Reading => ({ state: 'known', rate, supply: 5n, pooled: 6n })
const sample = (block: bigint, time: bigint, reading: Reading): Sample => ({
  block,
  time,
  operator: 'A',
  readings: { [poolKey(lido)]: reading },
})

const RATE = 10n ** 18n
const samples = [
  sample(10n, START, known(RATE)),
  sample(20n, START + DAY, { state: 'unknown', why: 'It was silent.' }),
  sample(30n, START + YEAR, known((RATE * 103n) / 100n)),
  sample(40n, START + YEAR + DAY, known((RATE * 103n) / 100n)),
]
const head: Snapshot = {
  block: 40n,
  time: START + YEAR + DAY,
  chainId: 1n,
  operator: 'A',
  url: 'http://a',
  pools: [],
  price: { price: undefined, outcome: { read: readEtherPrice, success: false, returnData: '0x' } },
}
const input: HistoryInput = {
  pools: [lido, staked],
  samples,
  head,
  grid: 10n,
  range: undefined,
  window: YEAR,
}

describe('historyReport', () => {
  test('default', () => {
    const [pool] = historyReport(input).pools
    const last = pool?.points.at(-1)
    expect(pool?.points.map(({ block, rateWad }) => [block, rateWad])).toEqual([
      ['10', RATE.toString()],
      ['20', null],
      ['30', '1030000000000000000'],
      ['40', '1030000000000000000'],
    ])
    expect(last).toMatchObject({
      aprWad: '30000000000000000',
      spanSeconds: YEAR.toString(),
      fromBlock: '10',
      toBlock: '30',
      yieldWhy: null,
      supplyWei: '5',
      pooledWei: '6',
    })
    expect(pool?.latest.aprWad).toBe('30000000000000000')
  })

  test('behavior: what cannot be computed is null beside why', () => {
    const [pool] = historyReport(input).pools
    const [first, silent] = pool?.points ?? []
    expect(first).toMatchObject({ apyWad: null, why: null, yieldWhy: expect.stringMatching(/\w/) })
    expect(silent).toMatchObject({ apyWad: null, why: 'It was silent.', yieldWhy: 'It was silent.' })
  })

  test('behavior: samples before the range serve the yield and are not shown', () => {
    const [pool] = historyReport({ ...input, range: 2n * DAY }).pools
    expect(pool?.points.map(({ block }) => block)).toEqual(['30', '40'])
    expect(pool?.points[0]?.aprWad).toBe('30000000000000000')
  })

  test('behavior: a start half a window off is too far', () => {
    const [pool] = historyReport({ ...input, window: YEAR / 3n }).pools
    expect(pool?.latest).toMatchObject({ apyWad: null, yieldWhy: expect.stringMatching(/window/) })
  })

  test('behavior: a pool without a token says why', () => {
    const [, pool] = historyReport(input).pools
    expect(pool).toMatchObject({ points: [], why: staked.reason })
  })

  test('behavior: every form holds the same figures', () => {
    const report = historyReport(input)
    const lines = historyCsv(report).split('\r\n')
    expect(lines).toHaveLength(1 + samples.length + 1 + 1)
    expect(lines[4]).toContain('1030000000000000000')
    expect(historyText(report)).toContain('1.030000000000  3.00 %')
    expect(historyText({ ...report, windowSeconds: null })).not.toContain('%')
  })

  test('behavior: each rate is told in its pool’s own unit', () => {
    const own = samples.map(({ readings, ...at }) => ({
      ...at,
      readings: { ...readings, [poolKey(frax)]: known(RATE) },
    }))
    const text = historyText(historyReport({ ...input, pools: [lido, frax], samples: own }))
    expect(text).toMatch(/^ *Block +Time +ETH per wstETH +APY +frxETH per sfrxETH +APY$/m)
  })

  test('behavior: before its first rate nothing is claimed about contracts', () => {
    const [pool] = historyReport({ ...input, samples: [sample(10n, START, { state: 'notYet' })] }).pools
    expect(pool?.points[0]).toMatchObject({
      rateWad: null,
      why: 'It had no rate yet at this block: its contract, its first token or its first rate came later.',
    })
  })
})
