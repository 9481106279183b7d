import { call, type KeeperCall } from '../keeperCall.ts'
import { ETHER, worth } from '../line.ts'
import { answerCall, describeFeed } from './feed.ts'
import { nameCall, supplyCall } from './token.ts'
import type { Twin, TwinDay } from './twin.ts'

const ETHX = '0xA35b1B31Ce002FBF2058D22F30f95D405200A15b'
const MANAGER = '0xcf5EA1b38380f6aF39068375516Daf40Ed70D299'
const ORACLE = '0xF64bAe65f6f2a5277571143A24FaaFDFC0C2a737'
const FEED = '0xC5f8c4aB091Be1A899214c0C3636ca33DcA0C547'
/** Repeats the rate in the form of a feed. */
const RATE_FEED = '0xdd487947c579af433AeeF038Bf1573FdBB68d2d3'

/** ETHx, whose rate is that of the oracle's last report. */
export const stader: Twin = {
  id: 'stader',
  line: {
    endRate: 1_092_000_000_000_000_000n,
    yearlyYield: { atEnd: 265n, fallInThreeYears: 50n },
    supplyThreeYearsAgo: 40_000n * ETHER,
    supplyAtEnd: 95_000n * ETHER,
    stream: 24,
  },
  code: {
    [ETHX]: 'NamedToken',
    [MANAGER]: 'StaderStakePoolsManager',
    [ORACLE]: 'StaderOracle',
    [FEED]: 'NamedFeed',
    [RATE_FEED]: 'NamedFeed',
  },
  holdings: [ETHX],
  seed: today => [
    nameCall(ETHX, 'ETHx', 'ETHx'),
    describeFeed(FEED, 18n, 'ETHx / ETH'),
    describeFeed(RATE_FEED, 18n, 'ETHx / ETH Exchange Rate'),
    ...reportCalls(today, 1n),
  ],
  day: reportCalls,
}

function reportCalls({ course, day, rate, supply }: TwinDay, reference: bigint): KeeperCall[] {
  const report = 'keeperReport(uint256,uint256,uint256)'
  return [
    supplyCall(ETHX, supply),
    call(ORACLE, report, reference, worth(supply, rate), supply),
    answerCall(FEED, course.marketOn(day)),
    answerCall(RATE_FEED, rate),
  ]
}
