import { call, type KeeperCall } from '../keeperCall.ts'
import { ETHER, WAD } from '../line.ts'
import { ageOf } from '../schedule.ts'
import { answerCall, describeFeed } from './feed.ts'
import { nameCall } from './token.ts'
import type { Twin, TwinDay } from './twin.ts'

const SWETH = '0xf951E335afb289353dc249e82926178EaC7DEd78'
/** Restaked: another pool with the same events. */
const RSWETH = '0xFAe103DC9cf190eD75350761e95403b7b8aFa6c0'
const FEED = '0xec21B3e882CE09928cb397DcfF31B15cBBD1e1C3'

/** Days before the end on which the feed got its last answer; at most a quarter of the history. */
const STALE_DAYS = 40

/** swETH, whose rate is a stored one, and whose market feed is no longer kept up. */
export const swell: Twin = {
  id: 'swell',
  line: {
    endRate: 1_124_000_000_000_000_000n,
    yearlyYield: { atEnd: 251n, fallInThreeYears: 65n },
    supplyThreeYearsAgo: 85_000n * ETHER,
    supplyAtEnd: 30_000n * ETHER,
    stream: 26,
  },
  code: { [SWETH]: 'SwETH', [RSWETH]: 'SwETH', [FEED]: 'NamedFeed' },
  holdings: [SWETH],
  seed: today => [
    nameCall(SWETH, 'swETH', 'swETH'),
    nameCall(RSWETH, 'rswETH', 'rswETH'),
    describeFeed(FEED, 18n, 'SWETH / ETH'),
    ...repriceCalls(today),
    answerCall(FEED, today.course.marketOn(today.day)),
  ],
  day(today) {
    const { schedule, course, day } = today
    const stale = Math.min(STALE_DAYS, Math.floor(schedule.days / 4))
    const kept = ageOf(schedule, day) >= stale
    return [...repriceCalls(today), ...(kept ? [answerCall(FEED, course.marketOn(day))] : [])]
  },
}

function repriceCalls({ rate, supply }: TwinDay): KeeperCall[] {
  const reprice = 'keeperReprice(uint256,uint256)'
  return [
    call(SWETH, reprice, rate, supply),
    call(RSWETH, reprice, WAD + ((rate - WAD) * 2n) / 3n, (supply * 3n) / 4n),
  ]
}
