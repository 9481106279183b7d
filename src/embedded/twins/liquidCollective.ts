import { call, type KeeperCall } from '../keeperCall.ts'
import { ETHER } from '../line.ts'
import { answerCall, describeFeed } from './feed.ts'
import { nameCall, supplyCall } from './token.ts'
import type { Twin, TwinDay } from './twin.ts'

const RIVER = '0x8c1BEd5b9a0928467c9B1341Da1D7BD5e10b6549'
const REDEEM_MANAGER = '0x080b3a41390b357Ad7e8097644d1DEDf57AD3375'
/** Of Chainlink, and yet the pool's own rate: no market. */
const RATE_FEED = '0xE858728eB31a25C4AcCcE17d01B68dCFC3A0ED2C'

/** LsETH, which is there some days before its first deposit, with a rate of 0. */
export const liquidCollective: Twin = {
  id: 'liquid-collective',
  line: {
    endRate: 1_108_000_000_000_000_000n,
    yearlyYield: { atEnd: 258n, fallInThreeYears: 40n },
    supplyThreeYearsAgo: 90_000n * ETHER,
    supplyAtEnd: 330_000n * ETHER,
    stream: 27,
  },
  appears: 4,
  starts: 11,
  code: { [RIVER]: 'River', [REDEEM_MANAGER]: 'RedeemManager', [RATE_FEED]: 'NamedFeed' },
  holdings: [RIVER],
  seed: () => [
    nameCall(RIVER, 'Liquid Staked ETH', 'LsETH'),
    describeFeed(RATE_FEED, 18n, 'LsETH / ETH Exchange Rate'),
  ],
  day(today) {
    const { day, startDay, rate, supply } = today
    if (day < startDay) return []
    const open = call(RIVER, 'keeperOpen(uint256,uint256)', supply, rate)
    return [
      ...(day === startDay ? [open] : reportCalls(today)),
      ...queueCalls(today),
      answerCall(RATE_FEED, rate),
    ]
  },
}

function reportCalls({ rate, supply }: TwinDay): KeeperCall[] {
  return [supplyCall(RIVER, supply), call(RIVER, 'keeperReport(uint256)', rate)]
}

function queueCalls({ day }: TwinDay): KeeperCall[] {
  const waiting = BigInt(200 + (day % 37) * 5) * ETHER
  return [
    call(RIVER, 'keeperBalances(uint256,uint256)', waiting / 8n, waiting / 2n),
    call(REDEEM_MANAGER, 'keeperSet(uint256,uint256)', waiting, BigInt(900 + day)),
  ]
}
