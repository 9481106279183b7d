import fc from 'fast-check'
import { decodeFunctionData, encodeFunctionData, type Hex, parseAbi, toFunctionSelector } from 'viem'
import { describe, expect, test } from 'vitest'
import type { WalletFileInput } from '../../src/format/walletEvents.ts'
import type { WalletFile } from '../../src/format/walletFile.ts'
import { walletJson } from '../../src/format/walletFiles.ts'
import { type Course, earnedBetween } from '../../src/math/course.ts'
import { WAD } from '../../src/math/fixedPoint.ts'
import { ALL, ASSETS, assetNamed, inputOf, pastOf } from '../support/walletPasts.ts'
import { ACCOUNT } from '../support/walletReadings.ts'
import { BLOCK_TIME, percentOf, SALE, worlds } from '../support/walletWorld.ts'

const OTHER = `0x${'34'.repeat(20)}` as const
const ETH = WAD

const fileOf = (input: WalletFileInput): WalletFile => JSON.parse(walletJson(input))

/** What a file says was earned, from its marks and moves alone. */
function recomputed({ marks, moves }: WalletFile['assets'][number], from: string, to: string) {
  const valueAt = (block: string): bigint => {
    const mark = marks.find(one => one.block === block)
    if (mark === undefined) throw new TypeError('No mark.')
    return BigInt(mark.units) * BigInt(mark.rateWad)
  }
  let low = valueAt(to) - valueAt(from)
  let high = low
  for (const { block, units, rateLowWad, rateHighWad } of moves) {
    if (BigInt(block) <= BigInt(from) || BigInt(block) > BigInt(to)) continue
    const ends = [BigInt(units) * BigInt(rateLowWad), BigInt(units) * BigInt(rateHighWad)]
    ends.sort((one, other) => (one < other ? -1 : 1))
    low -= ends[1] ?? 0n
    high -= ends[0] ?? 0n
  }
  return { low, high }
}

function readEarned(earned: WalletFile['assets'][number]['earned'][number] | undefined) {
  if (earned === undefined || !('from' in earned)) throw new TypeError('It was not read.')
  const [low, high] = [BigInt(earned.atLeastWeiWad), BigInt(earned.atMostWeiWad)]
  return { from: earned.from.block, to: earned.to.block, low, high }
}

describe('walletJson', () => {
  test('default', () => {
    const file = fileOf(inputOf(pastOf({ rETH: SALE })))
    const reth = assetNamed('rETH')
    expect(file).toMatchObject({
      ...{ schema: 'poolglass.wallet', version: 1, chainId: '1', accounts: [ACCOUNT], operator: 'Somebody' },
      ...{ way: 'logs', method: 'fifo', head: { block: '3', priceUsd8: '200000000003' } },
      doubts: { movesNotExact: 0, isOver: true, isPaused: false, whyNoLogs: null },
      earned: [{ period: 'all', atLeastWei: `${(6n * ETH) / 10n}`, isExact: true }],
    })
    expect(file.notes[0]).toBe('Not tax advice; tokens lent, pooled or wrapped elsewhere are not seen.')
    const [own] = file.assets
    expect(own).toMatchObject({
      ...{ id: reth.id, symbol: 'rETH', pool: 'rocket-pool', contract: reth.token, countedIn: 'rETH' },
      sums: {
        realised: { weiWad: `${(5n * ETH * WAD) / 10n}` },
        cost: { weiWad: `${(11n * ETH * WAD) / 10n}` },
        unrealised: { weiWad: `${(ETH * WAD) / 10n}` },
      },
    })
    expect(own?.lots.map(({ kind, units }) => [kind, units])).toEqual([
      ['acquisition', `${2n * ETH}`],
      ['acquisition', `${2n * ETH}`],
    ])
    expect(own?.disposals).toHaveLength(1)
  })

  test('behavior: what was never held is left out, though logs spoke of its token', () => {
    const file = fileOf(inputOf(pastOf({ rETH: SALE, stETH: [] })))
    expect(file.assets.map(({ symbol }) => symbol)).toEqual(['rETH'])
  })

  test('behavior: holdings are those of the newest moment, all assets of them', () => {
    const past = pastOf({ rETH: SALE })
    const file = fileOf(inputOf(past))
    expect(file.holdings).toHaveLength(ASSETS.length)
    expect(file.holdings.find(({ symbol }) => symbol === 'rETH')).toMatchObject({
      units: `${ETH}`,
      valueWei: `${(12n * ETH) / 10n}`,
    })
    // Of the others nothing was read.
    expect(file.holdings.find(({ symbol }) => symbol === 'wstETH')).toMatchObject({
      units: null,
      valueWei: null,
    })
  })

  test('behavior: every receipt has calls that can be made, at the blocks that it names', () => {
    const file = fileOf({ ...inputOf(pastOf({ rETH: SALE, stETH: SALE })), accounts: [ACCOUNT, OTHER] })
    const [reth, steth] = file.assets
    const rateCall = `cast call ${assetNamed('rETH').token} "getExchangeRate()(uint256)" --block`
    const balanceOf = `cast call ${assetNamed('rETH').token} "balanceOf(address)(uint256)"`
    expect(reth?.disposals[0]?.receipt).toMatchObject({
      blocks: ['2', '3'],
      calls: [
        `${rateCall} 2`,
        `${rateCall} 3`,
        expect.stringContaining('latestRoundData'),
        `cast receipt 0x${'ab'.repeat(32)}`,
      ],
    })
    const [all] = reth?.earned ?? []
    const calls = all !== undefined && 'receipt' in all ? all.receipt.calls : []
    expect(calls).toEqual([
      `${balanceOf} ${ACCOUNT} --block 0`,
      `${balanceOf} ${OTHER} --block 0`,
      `${balanceOf} ${ACCOUNT} --block 3`,
      `${balanceOf} ${OTHER} --block 3`,
      `${rateCall} 0`,
      `${rateCall} 3`,
    ])
    expect(JSON.stringify(steth)).toContain('sharesOf(address)(uint256)')
  })

  test('behavior: a formula holds the numbers that make its result', () => {
    const [own] = fileOf(inputOf(pastOf({ rETH: SALE }))).assets
    const [, units = '', at = '', result = ''] =
      /^(\d+) units × rate (\d+) = (\d+) weiWad/.exec(own?.disposals[0]?.receipt.formula ?? '') ?? []
    expect(BigInt(units) * BigInt(at)).toBe(BigInt(result))
    expect(result).toBe(`${(36n * ETH * WAD) / 10n}`)
    const [all] = own?.earned ?? []
    const formula = all !== undefined && 'receipt' in all ? all.receipt.formula : ''
    expect(formula).toContain(`${ETH} × ${percentOf(120n)} − 0 × ${WAD}`)
    expect(formula).toContain('of the 3 of `moves` after block 0 and up to block 3')
    expect(formula).toContain(`= ${(6n * ETH * WAD) / 10n} weiWad`)
  })

  test('behavior: what is in doubt is said', () => {
    const past = pastOf({ rETH: SALE }, { way: 'grid', every: 3 })
    const doubtful = { ...past, unsure: 1, isOver: false, noLogs: 'It serves none.' }
    const file = fileOf(inputOf(doubtful))
    expect(file).toMatchObject({
      way: 'grid',
      doubts: { movesNotExact: 1, isOver: false, whyNoLogs: 'It serves none.' },
    })
    expect(file.earned[0]).toMatchObject({
      isExact: false,
      atLeastWei: '0',
      atMostWei: `${(2n * ETH) / 10n}`,
    })
    expect(file.assets[0]?.lots[0]?.receipt.formula).toContain(
      `the middle between ${WAD} and ${percentOf(120n)}`,
    )
  })

  test('behavior: by balances alone nothing is exact, though all of them agree', () => {
    const exact = (way: 'logs' | 'grid') => {
      const file = fileOf(inputOf({ ...pastOf({ rETH: SALE }), way }))
      return [file.earned[0], file.assets[0]?.earned[0]].map(
        earned => earned !== undefined && 'isExact' in earned && earned.isExact,
      )
    }
    expect(exact('logs')).toEqual([true, true])
    expect(exact('grid')).toEqual([false, false])
  })

  test('behavior: a period of which nothing was read has no figure and is named in the sum', () => {
    const early = { id: '1970', from: 0n, until: 1n }
    const file = fileOf(inputOf(pastOf({ rETH: SALE }, { periods: [ALL, early] })))
    expect(file.assets[0]?.earned[1]).toEqual({
      ...{ period: '1970', askedFrom: '1970-01-01T00:00:00Z', askedUntil: '1970-01-01T00:00:01Z' },
      why: 'Nothing was read of it in this time.',
    })
    expect(file.earned[1]).toMatchObject({ period: '1970', why: 'Not known of rETH.' })
  })

  test('behavior: what was earned can be computed again from the file alone, whatever happened', () => {
    const told = fc.record({ way: fc.constantFrom('logs', 'grid'), every: fc.integer({ min: 1, max: 4 }) })
    fc.assert(
      fc.property(worlds, worlds, told, (one, other, how) => {
        const start = 1_600_000_000n + BLOCK_TIME * 2n
        const late = { id: 'late', from: start, until: undefined }
        const past = pastOf({ rETH: one, stETH: other }, { ...how, periods: [ALL, late] })
        const file = fileOf(inputOf(past))
        for (const own of file.assets) {
          const course = past.courses.find(({ asset }) => asset === own.id) as Course
          for (const { from, to, ...earned } of own.earned.map(readEarned)) {
            expect(earned).toEqual(recomputed(own, from, to))
            expect(earned).toEqual(earnedBetween(course, BigInt(from), BigInt(to)))
          }
        }
        const sums = file.earned.map((_, place) =>
          file.assets.reduce((sum, own) => sum + readEarned(own.earned[place]).low, 0n),
        )
        expect(file.earned.map(total => ('why' in total ? total.why : BigInt(total.atLeastWeiWad)))).toEqual(
          sums,
        )
      }),
      { numRuns: 50 },
    )
  })

  test('behavior: every call of every asset is one that its contract has', () => {
    const file = fileOf(inputOf(pastOf({ rETH: SALE })))
    for (const { calls, symbol } of file.holdings)
      for (const line of [...calls.units, ...(calls.rate === null ? [] : [calls.rate])]) {
        const [, shape = '', args = ''] = /^cast call 0x\w{40} "(.+)"(.*) --block 3$/.exec(line) ?? []
        const [, name = '', taken = '', given = ''] = /^(\w+)\((.*)\)\((.+)\)$/.exec(shape) ?? []
        expect(name, `${symbol}: ${line}`).not.toBe('')
        const signature = `function ${name}(${taken}) view returns (${given})`
        const abi = parseAbi([signature] as readonly string[])
        const data: Hex = encodeFunctionData({ abi, args: args.trim() === '' ? [] : args.trim().split(' ') })
        expect(data.slice(0, 10)).toBe(toFunctionSelector(signature))
        expect(decodeFunctionData({ abi, data }).functionName).toBe(name)
      }
  })
})
