import { call, type KeeperCall } from '../keeperCall.ts'
import { ETHER } from '../line.ts'
import { answerCall, describeFeed } from './feed.ts'
import { nameCall } from './token.ts'
import type { Twin, TwinDay } from './twin.ts'

const METH = '0xd5F7838F5C461fefF7FE49ea5ebaF7728bB0ADfa'
const STAKING = '0xe3cBd06D7dadB3F4e6557bAb7EdD924CD1489E8f'
const ORACLE = '0x8735049F496727f824Cc0f2B174d826f5c408192'
const UNSTAKE_REQUESTS = '0x38fDF7b489316e03eD8754ad339cb5c4483FDcf9'
const RETURNS = '0x1766be66fBb0a1883d41B4cfB0a533c5249D3b82'
const FEED = '0x5b563107C8666d2142C216114228443B94152362'

/** mETH, whose rate also moves a little when somebody stakes between two reports. */
export const mantle: Twin = {
  id: 'mantle',
  line: {
    endRate: 1_092_000_000_000_000_000n,
    yearlyYield: { atEnd: 243n, fallInThreeYears: 70n },
    supplyThreeYearsAgo: 120_000n * ETHER,
    supplyAtEnd: 190_000n * ETHER,
    stream: 25,
  },
  code: {
    [METH]: 'METH',
    [STAKING]: 'MantleStaking',
    [ORACLE]: 'MantleOracle',
    [UNSTAKE_REQUESTS]: 'UnstakeRequestsManager',
    [RETURNS]: 'ReturnsAggregator',
    [FEED]: 'NamedFeed',
  },
  holdings: [METH],
  seed: today => [
    nameCall(METH, 'mETH', 'mETH'),
    describeFeed(FEED, 18n, 'METH / ETH'),
    ...reportCalls(today, 1n),
  ],
  day: reportCalls,
  between: ({ day }) => {
    if (day % 4 === 1) return [call(STAKING, 'keeperStake(uint256)', 7n * ETHER)]
    return day % 4 === 3 ? [call(STAKING, 'keeperUnstake(uint256)', 3n * ETHER)] : []
  },
}

function reportCalls({ course, day, rate, supply }: TwinDay, reference: bigint): KeeperCall[] {
  const surplus = BigInt(40 + (day % 9)) * ETHER
  return [
    call(STAKING, 'keeperReport(uint256,uint256,uint256)', reference, rate, supply),
    call(UNSTAKE_REQUESTS, 'keeperSet(uint256,uint256)', surplus, 0n),
    answerCall(FEED, course.marketOn(day)),
  ]
}
