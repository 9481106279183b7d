import { type Address, toEventSelector, zeroAddress } from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DEMO_WALLETS, OTHERS, PLACES } from '../../src/embedded/addresses.ts'
import { call } from '../../src/embedded/keeperCall.ts'
import { ETHER } from '../../src/embedded/line.ts'
import { landingBlock, lastBlock, measuredBlock } from '../../src/embedded/schedule.ts'
import { type EmbeddedChain, startEmbeddedChain } from '../../src/embedded/start.ts'
import {
  buyCall,
  issueCall,
  lockCall,
  moveAllCall,
  moveCall,
  moveSharesCall,
  redeemCall,
  sellCall,
  takePartCall,
  unwrapCall,
  wrapCall,
} from '../../src/embedded/walletCalls.ts'
import {
  planWallets,
  WalletCallsFailed,
  type WalletScript,
  WalletStepOutside,
} from '../../src/embedded/walletScript.ts'
import { createReading } from './reading.ts'

const { reth: RETH, steth: STETH, wsteth: WSTETH, ankrEth: ANKRETH, aethB: AETHB } = PLACES
const EETH = '0x35fA164735182de50811E8e2E824cFb9B6118ac2'
const OETH = '0x856c4Efb76C1D1AE02e20CEB03A2A6a08b0b8dC3'
const ALICE = '0x00000000000000000000000000000000000000a1'
const BOB = '0x00000000000000000000000000000000000000b0'
const CROWD = '0x00000000000000000000000000000000000000c0'

const DAYS = 40

describe('planWallets', () => {
  const calls = [call(RETH, 'a()'), call(RETH, 'b()'), call(RETH, 'c()'), call(RETH, 'd()')] as const
  const [first, second, third, fourth] = calls

  test('default', () => {
    const plan = planWallets(
      [
        { at: { day: 3 }, calls: [third] },
        { at: { block: 10n }, order: 'before', calls: [first] },
        { at: { day: 3 }, order: 'after', calls: [fourth, first] },
        { at: { day: 3 }, order: 'before', calls: [fourth] },
      ],
      20,
    )
    expect(plan.around(10n, [second])).toEqual([first, fourth, second, third, fourth, first])
    expect(plan.around(11n, [second])).toEqual([second])
    expect([plan.acts(9n), plan.acts(10n)]).toEqual([false, true])
  })

  test.each([{ day: -1 }, { day: 20 }, { block: 2n }, { block: lastBlock(20) + 1n }])(
    'error: WalletStepOutside at %o',
    at => {
      expect(() => planWallets([{ at, calls: [] }], 20)).toThrow(WalletStepOutside)
    },
  )

  test('behavior: the first block is that of the first measurement, the last the newest', () => {
    const blocks = [3n, lastBlock(20)]
    const plan = planWallets(
      blocks.map(block => ({ at: { block }, calls: [] })),
      20,
    )
    expect(blocks.map(plan.acts)).toEqual([true, true])
  })
})

const within = (from: Address, to: Address) => ({ from, to })

/** One wallet's life, and that of another address of the same owner. */
const LIFE: WalletScript = [
  // Bought from the pool before the day's report, from a holder after it, and a wei beside.
  { at: { day: 10 }, order: 'before', calls: [issueCall(RETH, ALICE, 3n * ETHER)] },
  { at: { day: 10 }, order: 'after', calls: [buyCall(RETH, ALICE, 2n * ETHER), buyCall(RETH, ALICE, 1n)] },
  // In and out within one block, to itself, and between two addresses, when the oracles measure.
  {
    at: { block: measuredBlock(12) },
    calls: [
      buyCall(RETH, ALICE, 50n * ETHER),
      sellCall(RETH, ALICE, 50n * ETHER),
      moveCall(RETH, within(ALICE, ALICE), ETHER),
      moveCall(RETH, within(ALICE, BOB), ETHER),
      moveCall(RETH, within(BOB, ALICE), 0n),
    ],
  },
  // All sold, some of it to the pool, and bought again.
  {
    at: { day: 14 },
    calls: [redeemCall(RETH, ALICE, ETHER), moveAllCall(RETH, within(ALICE, OTHERS))],
  },
  { at: { day: 17 }, calls: [buyCall(RETH, ALICE, ETHER)] },
  {
    at: { day: 18 },
    calls: [
      moveSharesCall(within(OTHERS, ALICE), 5n * ETHER),
      wrapCall(WSTETH, ALICE, 2n * ETHER),
      buyCall(EETH, ALICE, 4n * ETHER),
      buyCall(ANKRETH, ALICE, 3n * ETHER),
      lockCall(ALICE, 2n * ETHER),
      buyCall(OETH, ALICE, 6n * ETHER),
    ],
  },
  {
    at: { day: 25 },
    order: 'before',
    calls: [
      moveCall(STETH, within(ALICE, BOB), ETHER),
      unwrapCall(WSTETH, ALICE, ETHER),
      moveAllCall(EETH, within(ALICE, BOB)),
      moveCall(AETHB, within(ALICE, BOB), ETHER),
      takePartCall(OETH, ALICE, false),
    ],
  },
  { at: { block: lastBlock(DAYS) }, calls: [sellCall(RETH, ALICE, ETHER)] },
]

/** Five thousand moves in ten blocks; what is left are the five thousand wei that differ. */
const CROWDED: WalletScript = Array.from({ length: 10 }, (_, day) => ({
  at: { day: 20 + day },
  calls: Array.from({ length: 250 }, () => [
    buyCall(RETH, CROWD, ETHER),
    sellCall(RETH, CROWD, ETHER - 2n),
  ]).flat(),
}))

describe('startEmbeddedChain with a script', () => {
  let chain: EmbeddedChain
  let reading: ReturnType<typeof createReading>

  beforeAll(async () => {
    const wallets = [...LIFE, ...CROWDED]
    chain = await startEmbeddedChain({ days: DAYS, live: false, now: 1_795_000_000n, seed: 44, wallets })
    reading = createReading(chain)
  }, 60_000)
  afterAll(() => chain?.stop())

  const heldAt = (token: Address, account: Address, block: bigint) =>
    reading.read(token, 'balanceOf(address)', [account], block)

  const movesIn = async (token: Address, block: bigint) => {
    const topic = toEventSelector('Transfer(address,address,uint256)')
    const logs = await reading.logs(token, topic)
    return logs
      .filter(({ blockNumber }) => blockNumber === block)
      .map(({ topics, data, logIndex }) => ({
        from: `0x${topics[1]?.slice(26)}`,
        to: `0x${topics[2]?.slice(26)}`,
        value: BigInt(data),
        logIndex,
      }))
  }

  test('default: blocks lie where days are looked for', async () => {
    expect(chain.landmarks.dayBlocks.map((_, day) => landingBlock(day))).toEqual(chain.landmarks.dayBlocks)
    expect(chain.landmarks.referenceBlocks.map((_, day) => measuredBlock(day))).toEqual(
      chain.landmarks.referenceBlocks,
    )
    expect(lastBlock(DAYS)).toBe(chain.headBlock)
  })

  test('behavior: what comes before and after the day’s report lies before and after its log', async () => {
    const block = landingBlock(10)
    const reported = (await reading.logs(PLACES.rocketBalances2)).find(log => log.blockNumber === block)
    const { logIndex } = reported ?? { logIndex: undefined }
    const mine = (await movesIn(RETH, block)).filter(({ to }) => to === ALICE)
    expect(mine.map(({ from, value }) => [from, value])).toEqual([
      [zeroAddress, 3n * ETHER],
      [OTHERS.toLowerCase(), 2n * ETHER],
      [OTHERS.toLowerCase(), 1n],
    ])
    expect(mine.map(move => (move.logIndex ?? -1) > (logIndex ?? 1e9))).toEqual([false, true, true])
    expect(await heldAt(RETH, ALICE, block)).toBe(5n * ETHER + 1n)
  })

  test('behavior: moves within one block are all told, in their order', async () => {
    const block = measuredBlock(12)
    const mine = (await movesIn(RETH, block)).map(({ from, to, value }) => [from, to, value])
    const others = OTHERS.toLowerCase()
    expect(mine).toEqual([
      [others, ALICE, 50n * ETHER],
      [ALICE, others, 50n * ETHER],
      [ALICE, ALICE, ETHER],
      [ALICE, BOB, ETHER],
      [BOB, ALICE, 0n],
    ])
    expect([await heldAt(RETH, ALICE, block), await heldAt(RETH, BOB, block)]).toEqual([
      4n * ETHER + 1n,
      ETHER,
    ])
  })

  test('behavior: all is sold and bought again, up to the newest block', async () => {
    const at = (block: bigint) => heldAt(RETH, ALICE, block)
    expect([await at(landingBlock(14)), await at(landingBlock(16)), await at(landingBlock(17))]).toEqual([
      0n,
      0n,
      ETHER,
    ])
    const head = chain.headBlock
    expect([await at(head - 1n), await at(head)]).toEqual([ETHER, 0n])
  })

  test('behavior: what rebases grows between the moves, and stands still outside rebasing', async () => {
    for (const token of [STETH, EETH, AETHB, OETH] as const) {
      const [soon, late] = await Promise.all([19, 24].map(day => heldAt(token, ALICE, landingBlock(day))))
      expect(late).toBeGreaterThan(soon ?? 0n)
    }
    expect(await heldAt(OETH, ALICE, landingBlock(39))).toBe(await heldAt(OETH, ALICE, landingBlock(25)))
    expect(await heldAt(EETH, ALICE, landingBlock(25))).toBeLessThan(2n)
    expect(await heldAt(AETHB, BOB, landingBlock(39))).toBeGreaterThan(ETHER)
    const shares = await reading.read(STETH, 'sharesOf(address)', [ALICE])
    expect(shares).toBeLessThan(5n * ETHER)
    expect(await heldAt(WSTETH, ALICE, chain.headBlock)).toBeLessThan(ETHER)
  })

  test('behavior: five thousand moves are told in ten blocks', async () => {
    const topic = toEventSelector('Transfer(address,address,uint256)')
    const logs = await reading.logs(RETH, topic)
    const crowd = CROWD.slice(2)
    const mine = logs.filter(({ topics }) => topics.slice(1).some(word => word.endsWith(crowd)))
    expect(mine).toHaveLength(5_000)
    expect(new Set(mine.map(({ blockNumber }) => blockNumber)).size).toBe(10)
    expect(await heldAt(RETH, CROWD, chain.headBlock)).toBe(5_000n)
  })

  test('behavior: the script stands in place of the demo wallets’ own', async () => {
    for (const wallet of Object.values(DEMO_WALLETS)) {
      expect(await heldAt(RETH, wallet, chain.headBlock)).toBe(0n)
    }
  })
})

test('error: WalletCallsFailed', async () => {
  const wallets = [{ at: { day: 4 }, calls: [sellCall(RETH, ALICE, 1n)] }]
  const started = startEmbeddedChain({ days: 20, live: false, wallets })
  await expect(started).rejects.toThrow(WalletCallsFailed)
})

test('error: WalletCallsFailed for a contract that is not there yet', async () => {
  const wallets = [{ at: { day: 0 }, calls: [buyCall(ANKRETH, ALICE, 1n)] }]
  const started = startEmbeddedChain({ days: 20, live: false, wallets })
  await expect(started).rejects.toThrow(WalletCallsFailed)
})
