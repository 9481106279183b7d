import { call } from '../keeperCall.ts'
import { ETHER } from '../line.ts'
import { answerCall, describeFeed } from './feed.ts'
import { nameCall, supplyCall } from './token.ts'
import type { Twin, TwinDay } from './twin.ts'
import { isSyncDay } from './weekly.ts'

const APXETH = '0x9Ba021B0a9b958B5E75cE9f6dff97C7eE52cb3E6'
const PXETH = '0x04C154b66CB340F3Ae24111CC767e0184Ed00Cc6'
const FEED = '0x19219BC90F48DeE4d5cF202E09c438FAacFd8Bea'

/** The age of a day on which the weekly harvest comes two days late. */
const LATE_AGE = 9
/** Unlike the other feeds, so that a reader who does not ask for the decimals is found out. */
const FEED_DECIMALS = 8n

/** apxETH, whose rate is in pxETH. */
export const dinero: Twin = {
  id: 'dinero',
  line: {
    endRate: 1_135_000_000_000_000_000n,
    yearlyYield: { atEnd: 330n, fallInThreeYears: 120n },
    supplyThreeYearsAgo: 30_000n * ETHER,
    supplyAtEnd: 12_000n * ETHER,
    stream: 30,
  },
  appears: 13,
  code: { [APXETH]: 'AutoPxEth', [PXETH]: 'NamedToken', [FEED]: 'NamedFeed' },
  holdings: [APXETH, PXETH],
  seed: today => [
    nameCall(APXETH, 'Autocompounding Pirex Ether', 'apxETH'),
    nameCall(PXETH, 'Pirex Ether', 'pxETH'),
    call(APXETH, 'keeperOpen(uint256,uint256)', today.supply, today.rate),
    supplyCall(PXETH, 2n * today.supply),
    harvestCall(today),
    describeFeed(FEED, FEED_DECIMALS, 'apxETH / ETH'),
    marketCall(today),
  ],
  day: today => [
    supplyCall(APXETH, today.supply),
    supplyCall(PXETH, 2n * today.supply),
    ...(isSyncDay(today.schedule, today.day, LATE_AGE) ? [harvestCall(today)] : []),
    marketCall(today),
  ],
}

/** Aim at the rate of seven days later. */
function harvestCall({ course, day }: TwinDay) {
  return call(APXETH, 'keeperHarvest(uint256)', course.rateOn(day + 7))
}

function marketCall({ course, day }: TwinDay) {
  return answerCall(FEED, course.marketOn(day) / 10n ** (18n - FEED_DECIMALS))
}
