import { type Address, createPublicClient, getAddress, http, parseAbi } from 'viem'
import { describe, expect, test } from 'vitest'
import { type PastReading, readWalletPast } from '../../src/chain/readWalletPast.ts'
import type { WalletKnowledge, WalletWay } from '../../src/chain/walletKnowledge.ts'
import { PLACES } from '../../src/embedded/addresses.ts'
import { measuredBlock } from '../../src/embedded/schedule.ts'
import { buyCall, sellCall } from '../../src/embedded/walletCalls.ts'
import type { WalletScript } from '../../src/embedded/walletScript.ts'
import { isExactly } from '../../src/math/course.ts'
import { earnedIn } from '../../src/math/earnings.ts'
import { WAD } from '../../src/math/fixedPoint.ts'
import { tokenPools } from '../../src/pools/index.ts'
import { clientOf, testChain } from '../support/chain.ts'

const holder: Address = getAddress(`0x${'d'.repeat(40)}`)
const trader: Address = getAddress(`0x${'e'.repeat(40)}`)
const all = { id: 'all', from: undefined, until: undefined }

/** Ten transfers in a year, and five thousand in 250 blocks of another wallet. */
const TEN = [12, 48, 85, 120, 157, 190, 226, 263, 301, 340]
const BUSY = Array.from({ length: 250 }, (_, index) => 20 + index)
const script: WalletScript = [
  ...TEN.map((day, index) => ({
    at: { block: measuredBlock(day) },
    calls: [index % 3 === 2 ? sellCall(PLACES.reth, holder, WAD) : buyCall(PLACES.reth, holder, 2n * WAD)],
  })),
  ...BUSY.map(day => ({
    at: { block: measuredBlock(day) },
    calls: Array.from({ length: 20 }, (_, index) =>
      index % 2 === 0
        ? buyCall(PLACES.ankrEth, trader, WAD / 100n)
        : sellCall(PLACES.ankrEth, trader, WAD / 200n),
    ),
  })),
]
const running = testChain({ days: 366, wallets: script })

async function run(
  url: string,
  account: Address,
  way: WalletWay,
  known?: WalletKnowledge,
): Promise<PastReading> {
  const { headBlock: head } = running.chain
  let last: PastReading | undefined
  for await (const reading of readWalletPast(clientOf(url), {
    pools: tokenPools,
    accounts: [account],
    head,
    way,
    known,
  }))
    last = reading
  return last ?? expect.unreachable()
}

/** Before anything was held, with both tokens there. */
const FIRST = 24

/** Block by block: what was held times what its rate changed by. */
async function ledger(
  token: Address,
  rate: string,
  args: readonly bigint[],
  account: Address,
): Promise<bigint> {
  const client = createPublicClient({ transport: http(running.chain.url, { batch: true }) })
  const inputs = args.map(() => 'uint256').join()
  const abi = parseAbi([
    `function ${rate}(${inputs}) view returns (uint256)`,
    'function balanceOf(address) view returns (uint256)',
  ] as readonly string[]) as never
  const read = (functionName: string, given: readonly unknown[], blockNumber: bigint): Promise<bigint> =>
    client.readContract({
      address: token,
      abi,
      functionName: functionName as never,
      args: given as never,
      blockNumber,
    })
  const blocks = Array.from({ length: Number(running.chain.headBlock) - FIRST + 1 }, (_, index) =>
    BigInt(index + FIRST),
  )
  const answers = await Promise.all(
    blocks.map(
      async block => [await read('balanceOf', [account], block), await read(rate, args, block)] as const,
    ),
  )
  return answers.reduce((sum, [, now], place) => {
    const [held, before] = answers[place - 1] ?? [0n, now]
    return sum + held * (now - before)
  }, 0n)
}

describe('a year of earnings of a wallet with ten transfers', () => {
  test.each(['grid', 'logs'] as const)(
    'default: by %s, exact, in under 400 requests at the endpoint',
    async way => {
      const proxy = await running.proxy()
      const { past } = await run(proxy.url, holder, way)
      const course = past.courses.find(({ asset }) => asset === PLACES.reth) ?? expect.unreachable()
      const earned = earnedIn(course, all) ?? expect.unreachable()
      const truth = await ledger(PLACES.reth, 'getExchangeRate', [], holder)
      expect([earned.low, earned.high]).toEqual([truth, truth])
      expect(course.moves.map(({ block }) => block)).toEqual(TEN.map(measuredBlock))
      expect(proxy.requests.length).toBeLessThan(400)
      expect(past.calls).toBeLessThanOrEqual(BigInt(proxy.requests.length))
      expect(past).toMatchObject({ way, isOver: true, isPaused: false })
    },
  )
})

describe('a wallet with 5 000 transfers', () => {
  test('behavior: by logs a run ends in time with what is in doubt stated, and goes on until nothing is', async () => {
    const first = await run(running.chain.url, trader, 'logs')
    const truth = await ledger(PLACES.ankrEth, 'sharesToBonds', [WAD], trader)
    const moves = first.past.courses.flatMap(course => course.moves)
    expect(moves.length).toBe(5_000)
    expect(first.past.calls).toBeLessThan(400n)
    expect(first.past).toMatchObject({ isOver: true, isPaused: true })
    expect(first.past.unsure).toBeGreaterThan(0)
    const doubtful = earnedIn(first.past.courses[0] ?? expect.unreachable(), all) ?? expect.unreachable()
    expect(doubtful.low <= truth && truth <= doubtful.high).toBe(true)
    const last = await run(running.chain.url, trader, 'logs', first.knowledge)
    expect(last.past).toMatchObject({ isPaused: false, unsure: 0 })
    const earned = earnedIn(last.past.courses[0] ?? expect.unreachable(), all) ?? expect.unreachable()
    expect(earned.low <= truth && truth <= earned.high).toBe(true)
    expect(last.past.courses[0]?.moves.every(({ rate }) => isExactly(rate))).toBe(true)
    expect(earned.low).toBe(truth)
  })

  test('behavior: by balances a run states what is in doubt, too', async () => {
    const { past } = await run(running.chain.url, trader, 'grid')
    const truth = await ledger(PLACES.ankrEth, 'sharesToBonds', [WAD], trader)
    const earned = earnedIn(past.courses[0] ?? expect.unreachable(), all) ?? expect.unreachable()
    expect(earned.low <= truth && truth <= earned.high).toBe(true)
    expect(past.calls).toBeLessThan(400n)
  })
})
