import { type Address, keccak256, toHex } from 'viem'
import { OTHERS, PLACES } from './addresses.ts'
import type { Day, History, RocketReport } from './history.ts'
import { call, type KeeperCall, type Placement } from './keeperCall.ts'
import { ETHER } from './line.ts'
import { demoNameCalls, NAME_CONTRACTS } from './names.ts'
import { type Schedule, versionAt } from './schedule.ts'

/** Give the contracts that are there before the first report, with the state of the opening day. */
export function openingPlacement({ opening, schedule }: History): Placement {
  const { lido } = opening
  const wrapped = (lido.totalShares * 45n) / 100n
  return {
    code: {
      [PLACES.rocketStorage]: 'RocketStorage',
      [PLACES.reth]: 'RocketTokenRETH',
      [PLACES.rocketBalances1]: 'RocketNetworkBalancesV1',
      [PLACES.rocketDepositPool]: 'RocketDepositPool',
      [PLACES.rethEthFeed]: 'RethEthFeed',
      [PLACES.steth]: 'StETH',
      [PLACES.wsteth]: 'WstETH',
      [PLACES.lidoWithdrawalQueue]: 'LidoWithdrawalQueue',
      [PLACES.stethEthFeed]: 'StethEthFeed',
      [PLACES.ethUsdFeed]: 'EthUsdFeed',
      ...NAME_CONTRACTS,
    },
    seed: [
      registerCall('rocketTokenRETH', PLACES.reth),
      registerCall('rocketDepositPool', PLACES.rocketDepositPool),
      registerCall('rocketNetworkBalances', PLACES.rocketBalances1),
      ...rocketReportCalls(schedule, opening, { block: 1n, measuredAt: opening.measuredAt }),
      call(PLACES.reth, 'keeperMint(address,uint256)', OTHERS, opening.rethSupply),
      ...lidoCalls(opening),
      call(PLACES.steth, 'keeperMoveShares(address,address,uint256)', OTHERS, PLACES.wsteth, wrapped),
      call(PLACES.wsteth, 'keeperMint(address,uint256)', OTHERS, wrapped),
      ...sideCalls(opening),
      ...demoNameCalls(),
    ],
  }
}

/** Give the contracts that appear after the block of a day, if any do. */
export function placementAfter({ schedule }: History, today: Day): Placement {
  const code: Record<Address, string> = {}
  const seed: KeeperCall[] = []
  if (today.day === schedule.multicallDay) code[PLACES.multicall3] = 'Multicall3'
  const [second, third, fourth] = schedule.deployDays
  if (today.day === second) code[PLACES.rocketBalances2] = 'RocketNetworkBalancesV2'
  if (today.day === third) code[PLACES.rocketBalances3] = 'RocketNetworkBalancesV3'
  if (today.day === fourth) {
    code[PLACES.rocketBalances4] = 'RocketNetworkBalancesV4'
    code[PLACES.rocketSettingsNetwork] = 'RocketDAOProtocolSettingsNetwork'
  }
  if (today.day === schedule.ankrDay) {
    code[PLACES.ankrEth] = 'AnkrETH'
    code[PLACES.aethB] = 'AETHb'
    code[PLACES.ankrGlobalPool] = 'AnkrGlobalPool'
    seed.push(
      call(PLACES.ankrEth, 'repairRatio(uint256)', today.ankrRatio),
      call(PLACES.ankrEth, 'keeperMint(address,uint256)', OTHERS, today.ankrSupply),
      call(PLACES.ankrEth, 'lockSharesFor(address,uint256)', OTHERS, 1_200n * ETHER),
      call(PLACES.ankrGlobalPool, 'keeperSet(uint256)', today.ankrPending),
    )
  }
  return { code, seed }
}

/** The moment that an oracle measured: a block of the chain and its time. */
export type Measured = { readonly block: bigint; readonly measuredAt: bigint }

/** Give all calls of a day's block, after those of the day before. */
export function dayCalls(schedule: Schedule, before: Day, today: Day, measured: Measured): KeeperCall[] {
  return [
    ...upgradeCalls(schedule, today.day),
    ...rocketReportCalls(schedule, today, measured),
    ...supplyCalls(PLACES.reth, before.rethSupply, today.rethSupply),
    ...(today.day > schedule.ankrDay ? ankrCalls(before, today) : []),
    ...lidoCalls(today),
    ...sideCalls(today),
  ]
}

/** Refresh the ETH price on its feed. */
export function priceCall(ethUsd: bigint): KeeperCall {
  return call(PLACES.ethUsdFeed, 'keeperAnswer(int256)', ethUsd)
}

function registerCall(name: string, address: Address): KeeperCall {
  const key = keccak256(toHex(`contract.address${name}`))
  return call(PLACES.rocketStorage, 'setAddress(bytes32,address)', key, address)
}

function upgradeCalls({ switchDays }: Schedule, day: number): KeeperCall[] {
  const [second, third, fourth] = switchDays
  if (day === second) return [registerCall('rocketNetworkBalances', PLACES.rocketBalances2)]
  if (day === third) return [registerCall('rocketNetworkBalances', PLACES.rocketBalances3)]
  if (day !== fourth) return []
  return [
    registerCall('rocketNetworkBalances', PLACES.rocketBalances4),
    registerCall('rocketDAOProtocolSettingsNetwork', PLACES.rocketSettingsNetwork),
  ]
}

/** Give the report of Rocket Pool on a day, to the version that takes it; none on a day without one. */
export function rocketReportCalls(
  schedule: Schedule,
  today: Day,
  { block, measuredAt }: Measured,
): KeeperCall[] {
  const report: RocketReport | undefined = today.rocketPool
  if (report === undefined) return []
  const version = versionAt(schedule, today.day)
  const balances = PLACES[`rocketBalances${version}`]
  const { totalEth, stakingEth, rethSupply } = report
  if (version < 3) {
    const old = 'submitBalances(uint256,uint256,uint256,uint256)'
    return [call(balances, old, block, totalEth, stakingEth, rethSupply)]
  }
  const current = 'submitBalances(uint256,uint256,uint256,uint256,uint256)'
  return [call(balances, current, block, measuredAt, totalEth, stakingEth, rethSupply)]
}

function supplyCalls(token: Address, before: bigint, after: bigint): KeeperCall[] {
  if (after === before) return []
  return after > before
    ? [call(token, 'keeperMint(address,uint256)', OTHERS, after - before)]
    : [call(token, 'keeperBurn(address,uint256)', OTHERS, before - after)]
}

function ankrCalls(before: Day, today: Day): KeeperCall[] {
  return [
    call(PLACES.ankrEth, 'updateRatio(uint256)', today.ankrRatio),
    ...supplyCalls(PLACES.ankrEth, before.ankrSupply, today.ankrSupply),
    call(PLACES.ankrGlobalPool, 'keeperSet(uint256)', today.ankrPending),
  ]
}

function lidoCalls({ lido }: Day): KeeperCall[] {
  const report = 'keeperReport(uint256,uint256,uint256,uint256,uint256)'
  const { reportTimestamp, timeElapsed, totalShares, totalEther, feeShares } = lido
  return [call(PLACES.steth, report, reportTimestamp, timeElapsed, totalShares, totalEther, feeShares)]
}

/** What is neither a rate nor a supply: liquidity, queues, prices. */
function sideCalls(today: Day): KeeperCall[] {
  const requests = 30_000n + 40n * BigInt(today.day + 1)
  const unfinalized = 20_000n * ETHER + today.ankrPending * 60n
  const queue = 'keeperSet(uint256,uint256,uint256,uint256)'
  const answer = 'keeperAnswer(int256)'
  return [
    call(PLACES.rocketDepositPool, 'keeperSet(uint256)', today.depositPool),
    call(PLACES.lidoWithdrawalQueue, queue, unfinalized, requests, requests - 210n, 8_000n * ETHER),
    call(PLACES.steth, 'keeperSetBuffer(uint256)', 1_000n * ETHER + today.ankrPending),
    call(PLACES.rethEthFeed, answer, today.rethMarket),
    call(PLACES.stethEthFeed, answer, today.stethMarket),
    priceCall(today.ethUsd),
  ]
}
