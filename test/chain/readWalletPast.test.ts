import { type Address, createPublicClient, getAddress, http, parseAbi } from 'viem'
import { beforeAll, describe, expect, test } from 'vitest'
import { createClient } from '../../src/chain/client.ts'
import { ArchiveUnavailable, DeviceOffline, NoEndpointServed, Unreachable } from '../../src/chain/errors.ts'
import { type PastReading, readWalletPast } from '../../src/chain/readWalletPast.ts'
import type { WalletWay } from '../../src/chain/walletKnowledge.ts'
import { OTHERS, PLACES } from '../../src/embedded/addresses.ts'
import { landingBlock, measuredBlock } from '../../src/embedded/schedule.ts'
import {
  buyCall,
  issueCall,
  lockCall,
  moveAllCall,
  moveCall,
  moveSharesCall,
  redeemCall,
  sellCall,
  unlockCall,
  unwrapCall,
  wrapCall,
} from '../../src/embedded/walletCalls.ts'
import type { WalletScript, WalletStep } from '../../src/embedded/walletScript.ts'
import { type Course, isExactly, worthOf } from '../../src/math/course.ts'
import { earnedIn } from '../../src/math/earnings.ts'
import { WAD } from '../../src/math/fixedPoint.ts'
import { lotsOf } from '../../src/math/lots.ts'
import { tokenPools } from '../../src/pools/index.ts'
import { clientOf, endpointAt, LOCAL, testChain } from '../support/chain.ts'
import { spanCap } from '../support/faultLimits.ts'
import { refuse } from '../support/faultProxy.ts'

const ETH = WAD
const person = (digit: string): Address => getAddress(`0x${digit.repeat(40)}`)
const [first, second] = [person('a'), person('b')]

const EETH = '0x35fA164735182de50811E8e2E824cFb9B6118ac2'
const OETH = '0x856c4Efb76C1D1AE02e20CEB03A2A6a08b0b8dC3'
const SFRXETH = '0xac3E018457B222d93114458476f3E3416Abbe38F'
const FRXETH = '0x5E8422345238F34275888049021821E8E08CAa1f'

const landing = (
  day: number,
  order: 'before' | 'after',
  ...calls: WalletStep['calls'][number][]
): WalletStep => ({
  at: { day },
  order,
  calls,
})
/** The block that a day's oracles measure: no report lands in it. */
const quiet = (day: number, ...calls: WalletStep['calls'][number][]): WalletStep => ({
  at: { block: measuredBlock(day) },
  calls,
})

/** Everything that may happen to a wallet, on days of which most bring a report. */
const script: WalletScript = [
  landing(8, 'after', buyCall(PLACES.reth, first, 10n * ETH)),
  landing(10, 'before', issueCall(PLACES.reth, first, 3n * ETH)),
  // In and out within one block, with the report between the two.
  landing(12, 'before', buyCall(PLACES.reth, first, 7n * ETH)),
  landing(12, 'after', sellCall(PLACES.reth, first, 7n * ETH)),
  landing(14, 'before', moveCall(PLACES.reth, { from: first, to: first }, 5n * ETH)),
  landing(15, 'after', moveCall(PLACES.reth, { from: first, to: second }, 4n * ETH)),
  landing(17, 'before', redeemCall(PLACES.reth, first, 2n * ETH), sellCall(PLACES.reth, second, 1n * ETH)),
  landing(19, 'after', moveAllCall(PLACES.reth, { from: first, to: OTHERS })),
  landing(23, 'before', buyCall(PLACES.reth, first, 1n)),
  landing(25, 'after', buyCall(PLACES.reth, first, 6n * ETH)),
  // Shares of stETH, wrapped and unwrapped, with reports in the same blocks.
  landing(9, 'before', moveSharesCall({ from: OTHERS, to: first }, 5n * ETH)),
  landing(13, 'after', wrapCall(PLACES.wsteth, first, 2n * ETH)),
  landing(18, 'before', unwrapCall(PLACES.wsteth, first, ETH)),
  landing(21, 'after', moveSharesCall({ from: first, to: OTHERS }, ETH)),
  landing(9, 'after', buyCall(PLACES.ankrEth, second, 8n * ETH)),
  quiet(16, lockCall(second, 3n * ETH)),
  quiet(22, unlockCall(second, ETH)),
  quiet(24, buyCall(EETH, second, 2n * ETH)),
  quiet(27, sellCall(EETH, second, ETH)),
  quiet(24, buyCall(OETH, second, 2n * ETH)),
  quiet(28, sellCall(OETH, second, ETH)),
  quiet(25, buyCall(SFRXETH, first, 2n * ETH), buyCall(FRXETH, first, 3n * ETH)),
  quiet(29, sellCall(SFRXETH, first, ETH)),
]

const running = testChain({ days: 40, wallets: script })

/** The asset's own contracts, asked one by one, and how a word becomes a rate. */
const assets: Readonly<
  Record<
    string,
    { rate?: (at: bigint) => Promise<bigint>; units: (who: Address, at: bigint) => Promise<bigint> }
  >
> = {
  [PLACES.reth]: { rate: ask(PLACES.reth, 'getExchangeRate()'), units: askOf(PLACES.reth, 'balanceOf') },
  [PLACES.wsteth]: { rate: ask(PLACES.wsteth, 'stEthPerToken()'), units: askOf(PLACES.wsteth, 'balanceOf') },
  [PLACES.steth]: { rate: ask(PLACES.wsteth, 'stEthPerToken()'), units: askOf(PLACES.steth, 'sharesOf') },
  [PLACES.ankrEth]: { rate: ankrRate(), units: askOf(PLACES.ankrEth, 'balanceOf') },
  [PLACES.aethB]: { rate: ankrRate(), units: askOf(PLACES.aethB, 'lockedSharesOf') },
  [EETH]: {
    rate: ask('0xCd5fE23C85820F7B72D0926FC9b05b43E359b7ee', 'getRate()'),
    units: askOf(EETH, 'shares'),
  },
  [OETH]: {
    rate: at => ask(OETH, 'rebasingCreditsPerTokenHighres()')(at).then(word => 10n ** 45n / word),
    units: (who, at) => askOf(OETH, 'creditsBalanceOfHighres')(who, at).then(credits => credits / 10n ** 9n),
  },
  [SFRXETH]: { rate: ask(SFRXETH, 'pricePerShare()'), units: askOf(SFRXETH, 'balanceOf') },
  [FRXETH]: { units: askOf(FRXETH, 'balanceOf') },
}

function ask(address: Address, signature: string) {
  const abi = parseAbi([`function ${signature} view returns (uint256)`] as readonly string[]) as never
  const functionName = signature.slice(0, -2) as never
  return async (blockNumber: bigint): Promise<bigint> =>
    createPublicClient({ transport: http(running.chain.url) }).readContract({
      address,
      abi,
      functionName,
      blockNumber,
    })
}

function askOf(address: Address, functionName: string) {
  const abi = parseAbi([
    `function ${functionName}(address) view returns (uint256)`,
  ] as readonly string[]) as never
  return async (who: Address, blockNumber: bigint): Promise<bigint> =>
    createPublicClient({ transport: http(running.chain.url) }).readContract({
      address,
      abi,
      functionName: functionName as never,
      args: [who] as never,
      blockNumber,
    })
}

function ankrRate() {
  const abi = parseAbi(['function sharesToBonds(uint256) view returns (uint256)'])
  return (blockNumber: bigint): Promise<bigint> =>
    createPublicClient({ transport: http(running.chain.url) }).readContract({
      address: PLACES.ankrEth,
      abi,
      functionName: 'sharesToBonds',
      args: [WAD],
      blockNumber,
    })
}

/** What the blocks of the script's days leave in a wallet between what comes before a report and what comes after it. */
const BETWEEN: Readonly<Record<string, Readonly<Record<number, bigint>>>> = {
  [PLACES.reth]: { 12: 7n * ETH },
}

/**
 * A ledger of its own: block by block, the units that were there when the rate changed times the change, from the
 * contracts' plain answers. Moves before a report of their block are there when it lands, those after it are not.
 */
async function ledger(asset: string, accounts: readonly Address[], last: bigint): Promise<bigint> {
  const { rate, units } = assets[asset] ?? expect.unreachable(asset)
  if (rate === undefined) return 0n
  const heldAt = async (block: bigint): Promise<bigint> => {
    const each = await Promise.all(accounts.map(account => units(account, block)))
    return each.reduce((sum, one) => sum + one, 0n)
  }
  const isBefore = (block: bigint): boolean =>
    script.some(
      ({ at, order }) =>
        'day' in at && landingBlock(at.day) === block && order === 'before' && movesOf(asset, at.day),
    )
  let earned = 0n
  const from = landingBlock(7)
  let [held, before] = [await heldAt(from), await rate(from)]
  for (let block = from + 1n; block <= last; block += 1n) {
    const [now, next] = [await heldAt(block), await rate(block)]
    const day = Number((block - 4n) / 2n)
    const passing = landingBlock(day) === block ? BETWEEN[asset]?.[day] : undefined
    const there = passing !== undefined ? held + passing : isBefore(block) ? now : held
    // A continuous rate moves with time, and what moves in a block moves at its end's rate.
    earned += there * (next - before)
    held = now
    before = next
  }
  return earned
}

/** Whether a day's first step moves the asset: which sides of which reports the script touches. */
function movesOf(asset: string, day: number): boolean {
  const sides: Readonly<Record<string, readonly number[]>> = {
    [PLACES.reth]: [10, 14, 17, 23],
    [PLACES.steth]: [9, 18],
    [PLACES.wsteth]: [18],
  }
  return sides[asset]?.includes(day) ?? false
}

async function read(
  accounts: readonly Address[],
  way: WalletWay,
  options: { url?: string; roles?: Parameters<typeof endpointAt>[2] } = {},
): Promise<PastReading> {
  const url = options.url ?? running.chain.url
  const client =
    options.roles === undefined ? clientOf(url) : createClient([endpointAt(url, 'a', options.roles)], LOCAL)
  let last: PastReading | undefined
  const { headBlock: head } = running.chain
  for await (const reading of readWalletPast(client, { pools: tokenPools, accounts, head, way }))
    last = reading
  return last ?? expect.unreachable('nothing was read')
}

const courseOfAsset = ({ past }: PastReading, asset: string): Course =>
  past.courses.find(course => course.asset === asset) ?? expect.unreachable(`no ${asset}`)

/** Ordinary transactions move its rate by dust. */
const DUSTY = new Set<string>([EETH])

const all = { id: 'all', from: undefined, until: undefined }
const symbols: Readonly<Record<string, string>> = {
  [PLACES.reth]: 'rETH',
  [PLACES.wsteth]: 'wstETH',
  [PLACES.steth]: 'stETH',
  [PLACES.ankrEth]: 'ankrETH',
  [PLACES.aethB]: 'aETHb',
  [EETH]: 'eETH',
  [OETH]: 'OETH',
  [SFRXETH]: 'sfrxETH',
  [FRXETH]: 'frxETH',
}
const rows = Object.entries(symbols).map(([asset, symbol]) => ({ asset, symbol }))

describe('readWalletPast', () => {
  let byLogs: PastReading
  let byGrid: PastReading
  beforeAll(async () => {
    byLogs = await read([first, second], 'logs')
    byGrid = await read([first, second], 'grid')
  })

  test.each(rows)(
    'default: by logs, what $symbol earned is that of an independent ledger, to the wei',
    async ({ asset }) => {
      const truth = await ledger(asset, [first, second], running.chain.headBlock)
      if (asset !== FRXETH) expect(truth).toBeGreaterThan(0n)
      const earned = earnedIn(courseOfAsset(byLogs, asset), all) ?? expect.unreachable(asset)
      if (!DUSTY.has(asset)) return expect([earned.low, earned.high]).toEqual([truth, truth])
      // Stakes of others in the same block move the rate by their roundings: nobody can tell it closer than that.
      expect(earned.low <= truth && truth <= earned.high).toBe(true)
      expect(earned.high - earned.low).toBeLessThan((ETH / 100_000_000n) * WAD)
    },
  )

  test.each(rows)(
    'default: by balances alone, what $symbol earned lies within what is stated',
    async ({ asset }) => {
      const unseen = asset === PLACES.reth ? await passing() : 0n
      const truth = (await ledger(asset, [first, second], running.chain.headBlock)) - unseen
      const earned = earnedIn(courseOfAsset(byGrid, asset), all) ?? expect.unreachable(asset)
      expect(earned.low <= truth && truth <= earned.high).toBe(true)
      // The doubt is at most a day's growth of what moved.
      expect(earned.high - earned.low).toBeLessThan((ETH * WAD) / 100n)
    },
  )

  /** What rETH earned that came and went within one block: balances cannot see it, and the page says so. */
  async function passing(): Promise<bigint> {
    const rate = assets[PLACES.reth]?.rate ?? expect.unreachable()
    const block = landingBlock(12)
    return 7n * ETH * ((await rate(block)) - (await rate(block - 1n)))
  }

  test('behavior: it says which way it was, and that nothing is left in doubt', () => {
    expect(byLogs.past).toMatchObject({ way: 'logs', isOver: true, isPaused: false, noLogs: undefined })
    expect(byGrid.past).toMatchObject({ way: 'grid', isOver: true, isPaused: false })
    const unsure = byLogs.past.courses.flatMap(({ moves }) => moves).filter(({ rate }) => !isExactly(rate))
    expect(new Set(unsure.map(({ asset }) => asset))).toEqual(DUSTY)
    expect(byLogs.past.unsure).toBe(unsure.length)
    expect(byGrid.past.searchCost).toBeGreaterThan(0n)
  })

  test('behavior: what is held is what it cost and earned, less what went, for all tokens of exact rates together', () => {
    let [worth, cost, earned, gone] = [0n, 0n, 0n, 0n]
    for (const course of byLogs.past.courses.filter(({ asset }) => !DUSTY.has(asset))) {
      const { lots, disposals } = lotsOf(course, 'fifo')
      const last = course.marks.at(-1) ?? expect.unreachable()
      worth += worthOf(last)
      cost += lots.reduce((sum, { units, rate }) => sum + units * rate, 0n)
      earned += earnedIn(course, all)?.low ?? expect.unreachable()
      gone += disposals.reduce((sum, disposal) => sum + disposal.worth.ether, 0n)
    }
    expect(worth).toBe(cost + earned - gone)
  })

  test('behavior: to itself and between two pasted addresses nothing moves; with one of them alone it does', async () => {
    const moves = courseOfAsset(byLogs, PLACES.reth).moves
    expect(moves.some(({ units }) => units === 4n * ETH || units === -4n * ETH)).toBe(false)
    expect(moves.some(({ units }) => units === 5n * ETH || units === -5n * ETH)).toBe(false)
    const alone = await read([second], 'logs')
    const [came] = courseOfAsset(alone, PLACES.reth).moves
    expect(came).toMatchObject({ units: 4n * ETH, block: landingBlock(15) })
    expect(came?.log?.counterpart).toBe(first.toLowerCase())
    const [one, both] = [await read([first], 'logs'), byLogs]
    const sum = [one, alone].reduce(
      (total, reading) => total + (earnedIn(courseOfAsset(reading, PLACES.reth), all)?.low ?? 0n),
      0n,
    )
    expect(sum).toBe(earnedIn(courseOfAsset(both, PLACES.reth), all)?.low)
  })

  test('behavior: each lot has its block, its transaction and the price of that block', () => {
    const { lots, disposals } = lotsOf(courseOfAsset(byLogs, PLACES.reth), 'fifo')
    expect(lots.map(({ units }) => units)).toEqual([10n * ETH, 3n * ETH, 7n * ETH, 1n, 6n * ETH])
    expect(lots.map(({ move }) => move?.block)).toEqual([8, 10, 12, 23, 25].map(landingBlock))
    expect(
      [...lots, ...disposals].every(({ isExact, move }) => isExact && move?.log?.transaction.length === 66),
    ).toBe(true)
    expect(lots.every(({ price }) => price !== undefined && price > 1_000_00000000n)).toBe(true)
  })

  test('behavior: a reading that is left can be gone on with, and asks nothing twice', async () => {
    const client = clientOf(running.chain.url)
    const request = {
      pools: tokenPools,
      accounts: [first],
      head: running.chain.headBlock,
      way: 'logs',
    } as const
    let half: PastReading | undefined
    for await (const reading of readWalletPast(client, request)) {
      half = reading
      if (reading.knowledge.moments.length >= 20) break
    }
    let whole: PastReading | undefined
    for await (const reading of readWalletPast(client, { ...request, known: half?.knowledge }))
      whole = reading
    const straight = await read([first], 'logs')
    expect(whole?.past).toEqual(straight.past)
    expect(whole?.knowledge.calls).toBe(straight.knowledge.calls)
  })

  test('behavior: a wallet that never held any of it is known to after a few moments', async () => {
    const { past } = await read([person('c')], 'auto')
    expect(past).toMatchObject({ courses: [], periods: [], isOver: true })
    expect(past.moments.length).toBeGreaterThan(20)
  })

  test('behavior: an endpoint that serves no logs leaves balances, and says so', async () => {
    const { past } = await read([first], 'auto', { roles: ['head', 'archive', 'wallet'] })
    expect(past.way).toBe('grid')
    expect(past.noLogs).toMatch(/serves no logs/)
    expect(past.searchCost).toBeUndefined()
  })

  test('error: ArchiveUnavailable where the endpoint keeps no old state', async () => {
    const missing = { code: -32_000, message: 'missing trie node 1f2e (path ) state is not available' }
    const proxy = await running.proxy(({ method, params }) =>
      method === 'eth_call' && params[1] !== 'latest' ? refuse(200, missing) : undefined,
    )
    await expect(read([first], 'auto', { url: proxy.url })).rejects.toThrow(ArchiveUnavailable)
  })

  test('behavior: refusals that pass are waited for, and nothing is lost by them', async () => {
    let asked = 0
    const busy = refuse(429, { code: 429, message: 'rate limit exceeded' })
    const proxy = await running.proxy(() => {
      asked += 1
      return asked % 9 === 5 ? busy : undefined
    })
    const { past } = await read([second], 'logs', { url: proxy.url })
    expect(proxy.requests.length).toBeGreaterThan(30)
    expect(past).toEqual((await read([second], 'logs')).past)
  }, 60_000)

  test('behavior: a search that takes many more requests than was thought is left, unless it is wanted', async () => {
    const proxy = await running.proxy(spanCap({ cap: 1n, wording: 'unhinted' }))
    const logRequests = () => proxy.requests.filter(({ method }) => method === 'eth_getLogs').length
    const { past } = await read([first], 'auto', { url: proxy.url })
    expect(past).toMatchObject({ way: 'grid', isOver: true, noLogs: undefined })
    expect(past.searchCost).toBeGreaterThan(200n)
    expect(logRequests()).toBeLessThan(60)
    const wanted = await read([first], 'logs', { url: proxy.url })
    expect(wanted.past.calls).toBeLessThan(400n)
    expect(logRequests()).toBeGreaterThan(200)
  }, 60_000)

  test('behavior: a search that failed in passing can be taken up where it stopped', async () => {
    let isBusy = true
    const proxy = await running.proxy(({ method }) =>
      isBusy && method === 'eth_getLogs' ? { kind: 'reset' } : undefined,
    )
    const client = clientOf(proxy.url)
    const request = { pools: tokenPools, accounts: [second], head: running.chain.headBlock } as const
    let last: PastReading | undefined
    for await (const reading of readWalletPast(client, { ...request, way: 'auto' })) last = reading
    expect(last?.past).toMatchObject({ way: 'grid', isOver: true })
    expect(last?.past.noLogs).toBeDefined()
    expect(last?.past.searchCost).toBeGreaterThan(0n)
    isBusy = false
    const known = last?.knowledge
    for await (const reading of readWalletPast(client, { ...request, way: 'logs', known })) last = reading
    expect(last?.past).toMatchObject({ way: 'logs', noLogs: undefined, searchCost: undefined })
  }, 60_000)

  /** Read until it fails, then go on from there to the end. */
  async function endsAndGoesOn(
    client: ReturnType<typeof clientOf>,
    failure: new (...args: never[]) => Error,
    mend: () => void,
  ): Promise<void> {
    const request = {
      pools: tokenPools,
      accounts: [first],
      head: running.chain.headBlock,
      way: 'logs',
    } as const
    let last: PastReading | undefined
    const readAll = async (known?: PastReading['knowledge']) => {
      for await (const reading of readWalletPast(client, { ...request, known })) last = reading
    }
    await expect(readAll()).rejects.toThrow(failure as never)
    expect(last?.past.unsure).toBeGreaterThan(0)
    mend()
    await readAll(last?.knowledge)
    expect(last?.past).toMatchObject({ way: 'logs', isOver: true, unsure: 0 })
  }

  test('error: Unreachable while the order in a block is asked for ends the reading, which asks again when it goes on', async () => {
    let isGone = true
    const proxy = await running.proxy(({ method, params }) => {
      const [{ fromBlock, toBlock }] = params as [{ fromBlock?: string; toBlock?: string }]
      return isGone && method === 'eth_getLogs' && fromBlock === toBlock ? { kind: 'reset' } : undefined
    })
    await endsAndGoesOn(clientOf(proxy.url), Unreachable, () => {
      isGone = false
    })
  }, 60_000)

  test('error: DeviceOffline while the order in a block is asked for ends the reading, which asks again when it goes on', async () => {
    let isAway = true
    const own = clientOf(running.chain.url)
    const client: typeof own = {
      ...own,
      ask: question => {
        const [filter] = question.params as [{ fromBlock?: string; toBlock?: string }]
        const isOrder = question.method === 'eth_getLogs' && filter.fromBlock === filter.toBlock
        return isAway && isOrder ? Promise.reject(new DeviceOffline('no network')) : own.ask(question)
      },
    }
    await endsAndGoesOn(client, DeviceOffline, () => {
      isAway = false
    })
  }, 60_000)

  test('error: NoEndpointServed where none may see a wallet', async () => {
    await expect(read([first], 'auto', { roles: ['head', 'archive'] })).rejects.toThrow(NoEndpointServed)
  })
})
