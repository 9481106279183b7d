import { call, type KeeperCall } from '../keeperCall.ts'
import { ETHER } from '../line.ts'
import { drawBetween } from '../random.ts'
import { ageOf } from '../schedule.ts'
import { answerCall, describeFeed } from './feed.ts'
import { nameCall, supplyCall } from './token.ts'
import type { Twin, TwinDay } from './twin.ts'

const WEETH = '0xCd5fE23C85820F7B72D0926FC9b05b43E359b7ee'
const EETH = '0x35fA164735182de50811E8e2E824cFb9B6118ac2'
const POOL = '0x308861A430be4cce5502d0A12724771Fc6DaF216'
const FEED = '0x5c9C449BbC9a6075A2c061dF312a35fd1E05fF22'

const MILLIETHER = ETHER / 1000n
const DUST_STREAM = 3028

/** weETH: rewards come with a Rebase, and dust without one. */
export const etherFi: Twin = {
  id: 'ether-fi',
  line: {
    endRate: 1_110_900_000_000_000_000n,
    yearlyYield: { atEnd: 275n, fallInThreeYears: 30n },
    supplyThreeYearsAgo: 700_000n * ETHER,
    supplyAtEnd: 2_500_000n * ETHER,
    stream: 28,
  },
  appears: 8,
  code: { [WEETH]: 'WeETH', [EETH]: 'EETH', [POOL]: 'LiquidityPool', [FEED]: 'NamedFeed' },
  holdings: [WEETH, EETH],
  seed: today => [
    nameCall(WEETH, 'Wrapped eETH', 'weETH'),
    describeFeed(FEED, 18n, 'weETH / ETH'),
    ...reportCalls(today),
  ],
  day: reportCalls,
  between: ({ schedule, day }) => {
    if (day % 3 !== 0) return []
    const dust = drawBetween(schedule.seed, DUST_STREAM, ageOf(schedule, day), 1n, 6n) * MILLIETHER
    return [call(POOL, 'keeperStake(uint256,uint256)', 25n * ETHER, dust)]
  },
}

/** The line's supply is that of the pool's shares, most of which are wrapped. */
function reportCalls({ course, day, rate, supply }: TwinDay): KeeperCall[] {
  return [
    call(POOL, 'keeperShares(uint256)', supply),
    supplyCall(WEETH, (supply * 85n) / 100n),
    call(POOL, 'keeperRebase(uint256,uint256)', rate, MILLIETHER / 2n),
    answerCall(FEED, course.marketOn(day)),
  ]
}
