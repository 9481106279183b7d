import type { Address } from 'viem'
import { describe, expect, test } from 'vitest'
import { createClient } from '../../src/chain/client.ts'
import {
  isTooLong,
  nextStep,
  type PastJob,
  pastOf,
  viewOf,
  type WalletKnowledge,
} from '../../src/chain/walletKnowledge.ts'
import { WAD } from '../../src/math/fixedPoint.ts'
import type { Moment } from '../../src/math/moment.ts'
import { origin } from '../../src/pools/origin.ts'
import { rocketPool } from '../../src/pools/rocketPool.ts'
import { walletAssets } from '../../src/pools/walletAssets.ts'
import { encodeWord } from '../../src/pools/words.ts'
import { endpointAt, LOCAL } from '../support/chain.ts'

const account: Address = '0x00000000000000000000000000000000000000aA'
const RETH = rocketPool.token.address
const TRANSFER = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef'
const pools = [rocketPool]

const jobWith = (roles?: Parameters<typeof endpointAt>[2]): PastJob => ({
  client: createClient([endpointAt('http://127.0.0.1:1', 'a', roles)], LOCAL),
  assets: walletAssets(pools),
  accounts: [account],
  signal: undefined,
})
const job = jobWith()

/** A report in each block that is a multiple of ten, one token from block 55 on, 2 ETH always. */
const at = (block: bigint): Moment => ({
  block,
  time: 1_700_000_000n + block * 12n,
  price: 2_000_00000000n,
  units: { ETH: 2n * WAD, [RETH]: block >= 55n ? WAD : 0n },
  rates: { ETH: WAD, [RETH]: WAD + block / 10n },
})

const known = (blocks: readonly bigint[], more: Partial<WalletKnowledge> = {}): WalletKnowledge => ({
  head: 100n,
  from: 1n,
  moments: blocks.map(at),
  transfers: { logs: [], covered: [] },
  placed: [],
  changes: [],
  noLogs: undefined,
  operator: 'a',
  calls: 7n,
  ...more,
})

const every = Array.from({ length: 100 }, (_, index) => BigInt(index + 1))

const came = {
  block: 55n,
  index: 3n,
  address: RETH.toLowerCase() as Address,
  topics: [
    TRANSFER,
    `0x${encodeWord('0x00000000000000000000000000000000000000bB')}`,
    `0x${encodeWord(account)}`,
  ],
  data: `0x${encodeWord(WAD)}`,
  transaction: `0x${'7'.repeat(64)}`,
  operator: 'a',
} as const
const searched = { logs: [came], covered: [{ from: 1n, to: 100n }] }

const step = (knowledge: WalletKnowledge, way: 'auto' | 'logs' | 'grid', of = job) =>
  nextStep(of, { view: viewOf(of, knowledge), knowledge, way })

describe('viewOf', () => {
  test('default: what was ever held, since when, ETH left out', () => {
    const view = viewOf(job, known([1n, 50n, 60n, 100n]))
    expect(view.courses.map(({ asset }) => asset)).toEqual([RETH])
    expect(view.range).toEqual({ from: 51n, to: 100n })
    expect(view.periods[0]).toEqual({ id: 'all', from: undefined, until: undefined })
  })

  test('behavior: a wallet of ETH alone has no past of stake', () => {
    expect(viewOf(job, known([1n, 50n]))).toEqual({ courses: [], periods: [], range: undefined })
  })

  test('behavior: what came and went between two moments is there by its logs alone', () => {
    const gone = { ...came, block: 30n, topics: [came.topics[0], came.topics[2], came.topics[1]] }
    const logs = [{ ...came, block: 20n }, gone]
    const { courses } = viewOf(job, known([1n, 50n], { transfers: { logs, covered: searched.covered } }))
    expect(courses[0]?.moves.map(({ units, block }) => [units, block])).toEqual([
      [WAD, 20n],
      [-WAD, 30n],
    ])
  })
})

describe('viewOf of assets that share their logs', () => {
  test('behavior: a log without units makes no course of what was never held', () => {
    const oeth: Address = '0x856c4Efb76C1D1AE02e20CEB03A2A6a08b0b8dC3'
    const both: PastJob = { ...job, assets: walletAssets([origin]) }
    const moment = (block: bigint): Moment => ({
      ...at(block),
      units: { [oeth]: block >= 55n ? WAD : 0n, [`${oeth}:still`]: 0n },
      rates: { [oeth]: WAD, [`${oeth}:still`]: WAD },
    })
    const knowledge = known([], {
      moments: [1n, 54n, 55n, 100n].map(moment),
      transfers: { ...searched, logs: [{ ...came, address: oeth.toLowerCase() as Address }] },
    })
    const { courses } = viewOf(both, knowledge)
    expect(courses.map(({ asset, moves }) => [asset, moves[0]?.log?.index])).toEqual([[oeth, 3n]])
  })
})

describe('nextStep', () => {
  test('default: the shape first, some blocks at a time', () => {
    expect(step(known([]), 'auto')).toMatchObject({ kind: 'blocks', blocks: { length: 4 } })
  })

  test('behavior: once it has its shape the logs are searched, unless balances are wanted', () => {
    // All blocks that can be read: that takes two requests.
    expect(step(known(every), 'auto')).toEqual({ kind: 'search', range: { from: 2n, to: 100n } })
    expect(step(known(every), 'logs')).toEqual({ kind: 'search', range: { from: 2n, to: 100n } })
    expect(step(known(every), 'grid')).toEqual({ kind: 'nothing' })
  })

  test('behavior: logs that would take too many requests are searched only where that is wanted', () => {
    const narrow = { ...endpointAt('http://127.0.0.1:1', 'a'), limits: { span: 1n } }
    const slow: PastJob = { ...job, client: createClient([narrow], LOCAL) }
    const blocks = Array.from({ length: 200 }, (_, index) => BigInt(index + 1))
    const knowledge = known(blocks, { head: 200n })
    expect(pastOf(slow, viewOf(slow, knowledge), knowledge).searchCost).toBe(292n)
    expect(step(knowledge, 'auto', slow).kind).toBe('nothing')
    // Since the first holding, where all would be too many.
    expect(step(knowledge, 'logs', slow)).toEqual({ kind: 'search', range: { from: 55n, to: 200n } })
    expect(isTooLong(slow, 'auto', knowledge)).toBe(true)
    expect(isTooLong(slow, 'logs', knowledge)).toBe(false)
    const half = { ...knowledge, transfers: { logs: [], covered: [{ from: 101n, to: 200n }] } }
    expect(isTooLong(slow, 'auto', half)).toBe(false)
  })

  test('behavior: where no logs are served none are searched', () => {
    expect(step(known(every), 'logs', jobWith(['head', 'archive', 'wallet']))).toEqual({ kind: 'nothing' })
  })

  test('behavior: a report in the block of a move asks for the order of the two, once', () => {
    const busy = known(
      every.filter(block => block !== 55n),
      { transfers: searched },
    )
    // The report of block 60 is moved into block 55.
    const rates = (block: bigint) => ({ ETH: WAD, [RETH]: WAD + (block >= 55n ? 1n : 0n) })
    const moments = every.map(block => ({ ...at(block), rates: rates(block) }))
    expect(step({ ...busy, moments }, 'logs')).toEqual({ kind: 'places', block: 55n })
    expect(step({ ...busy, moments, placed: [55n] }, 'logs')).toEqual({ kind: 'nothing' })
  })
})

describe('pastOf', () => {
  const past = (knowledge: WalletKnowledge, of = job) => pastOf(of, viewOf(of, knowledge), knowledge)

  test('default: by logs where all blocks since the first holding were searched', () => {
    expect(past(known(every, { transfers: searched }))).toMatchObject({
      way: 'logs',
      calls: 7n,
      unsure: 0,
      noLogs: undefined,
      searchCost: undefined,
      isOver: false,
    })
  })

  test('behavior: by balances until then, with what a search would take', () => {
    expect(past(known(every))).toMatchObject({ way: 'grid', noLogs: undefined, searchCost: 2n })
  })

  test('behavior: it says from which block on all were searched', () => {
    expect(past(known(every)).searchedFrom).toBeUndefined()
    expect(past(known(every, { transfers: searched })).searchedFrom).toBe(1n)
    const old = { logs: [], covered: [{ from: 1n, to: 60n }] }
    expect(past(known(every, { transfers: old })).searchedFrom).toBeUndefined()
  })

  test('behavior: a holding that only logs tell begins the past', () => {
    const gone = { ...came, block: 30n, topics: [came.topics[0], came.topics[2], came.topics[1]] }
    const logs = [{ ...came, block: 20n }, gone]
    const view = viewOf(
      job,
      known([1n, 50n, 54n, 55n, 100n], { transfers: { logs, covered: searched.covered } }),
    )
    expect(view.range).toEqual({ from: 2n, to: 100n })
  })

  test('behavior: moves that are not exact are counted', () => {
    expect(past(known([1n, 50n, 60n, 100n])).unsure).toBe(1)
  })

  test('behavior: logs that leave out a move are no proof, and it is said', () => {
    const lossy = past(known(every, { transfers: { ...searched, logs: [] } }))
    expect(lossy.way).toBe('grid')
    expect(lossy.noLogs).toMatch(/leave out 1 of the moves/)
  })

  test('behavior: it says why there are no logs', () => {
    expect(past(known(every), jobWith(['head', 'archive', 'wallet'])).noLogs).toMatch(/a serves no logs/)
    const passing = past(known(every, { noLogs: { why: 'refused', isFinal: false } }))
    expect(passing).toMatchObject({ noLogs: 'refused', searchCost: 2n })
    const final = past(known(every, { noLogs: { why: 'refused', isFinal: true } }))
    expect(final).toMatchObject({ noLogs: 'refused', searchCost: undefined })
  })
})
