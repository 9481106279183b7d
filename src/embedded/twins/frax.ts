import { call, type KeeperCall } from '../keeperCall.ts'
import { ETHER, WAD } from '../line.ts'
import { drawBetween } from '../random.ts'
import { ageOf, landedAt } from '../schedule.ts'
import { answerCall, describeFeed } from './feed.ts'
import { nameCall, supplyCall } from './token.ts'
import type { Twin, TwinDay } from './twin.ts'
import { isSyncDay, streamEnd } from './weekly.ts'

const SFRXETH = '0xac3E018457B222d93114458476f3E3416Abbe38F'
const FRXETH = '0x5E8422345238F34275888049021821E8E08CAa1f'
const FEED = '0xC58F3385FBc1C8AD2c0C9a061D7c13b141D7A5Df'

/** The age of a day on which the weekly sync comes two days late. */
const LATE_AGE = 12
const MARKET_STREAM = 2022

/** sfrxETH, whose rate is in frxETH, and frxETH, which has a market against ETH. */
export const frax: Twin = {
  id: 'frax',
  line: {
    endRate: 1_165_000_000_000_000_000n,
    yearlyYield: { atEnd: 272n, fallInThreeYears: 60n },
    supplyThreeYearsAgo: 160_000n * ETHER,
    supplyAtEnd: 55_000n * ETHER,
    stream: 22,
  },
  code: { [SFRXETH]: 'SfrxETH', [FRXETH]: 'NamedToken', [FEED]: 'NamedFeed' },
  holdings: [SFRXETH, FRXETH],
  seed: today => [
    nameCall(SFRXETH, 'Staked Frax Ether', 'sfrxETH'),
    nameCall(FRXETH, 'Frax Ether', 'frxETH'),
    call(SFRXETH, 'keeperOpen(uint256,uint256)', today.supply, today.rate),
    supplyCall(FRXETH, 2n * today.supply),
    syncCall(today),
    describeFeed(FEED, 18n, 'frxETH / ETH'),
    marketCall(today),
  ],
  day: today => [
    supplyCall(SFRXETH, today.supply),
    supplyCall(FRXETH, 2n * today.supply),
    ...(isSyncDay(today.schedule, today.day, LATE_AGE) ? [syncCall(today)] : []),
    marketCall(today),
  ],
}

/** Aim at the rate of the day on which the stream ends, when that day's block comes. */
function syncCall({ schedule, course, day }: TwinDay): KeeperCall {
  const end = streamEnd(schedule, day, LATE_AGE)
  return call(SFRXETH, 'keeperSync(uint256,uint256)', course.rateOn(end), landedAt(schedule, end))
}

/** The market is that of frxETH, which is worth about one ether, not that of sfrxETH. */
function marketCall({ schedule, day }: TwinDay): KeeperCall {
  const discount = drawBetween(schedule.seed, MARKET_STREAM, ageOf(schedule, day), -4n, 28n)
  return answerCall(FEED, WAD - (discount * WAD) / 10_000n)
}
