import { decodeEventLog, type Hex, parseAbi } from 'viem'
import { PLACES } from '../../src/embedded/addresses.ts'
import { WAD, YEAR } from '../../src/math/fixedPoint.ts'
import { powerOfRatio } from '../../src/math/power.ts'
import { BALANCES_EVENTS, type createReading } from './reading.ts'

type Reading = ReturnType<typeof createReading>
type Log = Awaited<ReturnType<Reading['logs']>>[number]

/** A report as the chain tells it: the time that its yield counts from, when it landed (seconds), and its rate (WAD). */
export type TestReport = {
  readonly time: bigint
  readonly landed: bigint
  readonly rate: bigint
  readonly block: bigint
  readonly address: string
}

const OLD_TOPIC = '0x7bbbb137fdad433d6168b1c75c714c72b8abe8d07460f0c0b433063e7bf1f394'
const NEW_TOPIC = '0xdd27295717c4fbd48b1840f846e18be6f0b7bd6b55608e697e53b15848cecdf9'
const REBASED_TOPIC = '0xff08c3ef606d198e316ef5b822193c489965899eb4e3c248cea1a4626c3eda50'
const RATIO_TOPIC = '0xb779c97cee7508e970bdead8c3ef0bd16f8c63dbba28fe88f7c7a56722fc564d'

const REBASED = parseAbi([
  'event TokenRebased(uint256 indexed reportTimestamp, uint256 timeElapsed, uint256 preTotalShares, uint256 preTotalEther, uint256 postTotalShares, uint256 postTotalEther, uint256 sharesMintedAsFees)',
])
const RATIO = parseAbi(['event RatioUpdate(uint256 newRatio)'])

const topicsOf = ({ topics }: Log) => topics as [Hex, ...Hex[]]

async function place(reading: Reading, { address, blockNumber }: Log) {
  const block = blockNumber ?? 0n
  return { address, block, landed: await reading.time(block) }
}

/** Read Rocket Pool's reports from its four contracts: the time of the reference block, or the one that is told. */
export async function readRocketReports(reading: Reading): Promise<TestReport[]> {
  const { rocketBalances1, rocketBalances2, rocketBalances3, rocketBalances4 } = PLACES
  const logs = await reading.logs([rocketBalances1, rocketBalances2, rocketBalances3, rocketBalances4])
  const updates = logs.filter(({ topics }) => topics[0] === OLD_TOPIC || topics[0] === NEW_TOPIC)
  return Promise.all(
    updates.map(async log => {
      const abi = log.topics[0] === OLD_TOPIC ? BALANCES_EVENTS.old : BALANCES_EVENTS.new
      const { args } = decodeEventLog({ abi, data: log.data, topics: topicsOf(log) })
      const time = 'slotTimestamp' in args ? args.slotTimestamp : await reading.time(args.block)
      return { ...(await place(reading, log)), time, rate: (args.totalEth * WAD) / args.rethSupply }
    }),
  )
}

/** Read Lido's reports, with the time that they tell. */
export async function readLidoReports(reading: Reading): Promise<(TestReport & { fee: bigint })[]> {
  const logs = await reading.logs(PLACES.steth, REBASED_TOPIC)
  return Promise.all(
    logs.map(async log => {
      const { args } = decodeEventLog({ abi: REBASED, data: log.data, topics: topicsOf(log) })
      const rate = (args.postTotalEther * WAD) / args.postTotalShares
      const { reportTimestamp: time, sharesMintedAsFees: fee } = args
      return { ...(await place(reading, log)), time, rate, fee }
    }),
  )
}

/** Read Ankr's reports, which tell no time but that of their block. */
export async function readAnkrReports(reading: Reading): Promise<TestReport[]> {
  const logs = await reading.logs(PLACES.ankrEth, RATIO_TOPIC)
  return Promise.all(
    logs.map(async log => {
      const { args } = decodeEventLog({ abi: RATIO, data: log.data, topics: topicsOf(log) })
      const placed = await place(reading, log)
      return { ...placed, time: placed.landed, rate: (WAD * WAD) / args.newRatio }
    }),
  )
}

type Point = Pick<TestReport, 'time' | 'rate'>

/** Give the implied APY (WAD) between two points. */
export function impliedApy(from: Point, to: Point): bigint {
  return powerOfRatio(to.rate, from.rate, YEAR, to.time - from.time) - WAD
}

/** Give the largest distance (WAD) of the implied APY from another, of all pairs of points that far apart. */
export function largestError(points: readonly Point[], apy: bigint, atLeast: bigint): bigint {
  let largest = 0n
  for (const [index, from] of points.entries()) {
    for (const to of points.slice(index + 1)) {
      if (to.time - from.time < atLeast) continue
      const error = impliedApy(from, to) - apy
      if (error > largest) largest = error
      if (-error > largest) largest = -error
    }
  }
  return largest
}
