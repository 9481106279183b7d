import { call, type KeeperCall } from '../keeperCall.ts'
import { ETHER } from '../line.ts'
import { landedAt } from '../schedule.ts'
import { nameCall, supplyCall } from './token.ts'
import type { Twin, TwinDay } from './twin.ts'

const OSETH = '0xf1C9acDc66974dFB6dEcB12aA385b9cD01190E38'
const CONTROLLER = '0x2A261e60FB14586B474C208b1B7AC6D0f5000306'
const KEEPER = '0x6B5815467da09DaA7DC83Db21c9239d98Bb487b5'
const PRICE_FEED = '0x8023518b2192FB5384DAdc596765B3dD1cdFe471'

/** osETH, which accrues every second at a slope that a day's block sets. */
export const stakewise: Twin = {
  id: 'stakewise',
  line: {
    endRate: 1_078_000_000_000_000_000n,
    yearlyYield: { atEnd: 262n, fallInThreeYears: 35n },
    supplyThreeYearsAgo: 60_000n * ETHER,
    supplyAtEnd: 220_000n * ETHER,
    stream: 23,
  },
  appears: 6,
  code: {
    [OSETH]: 'OsToken',
    [CONTROLLER]: 'OsTokenVaultController',
    [KEEPER]: 'StakeWiseKeeper',
    [PRICE_FEED]: 'OsEthPriceFeed',
  },
  holdings: [OSETH],
  seed: today => [
    nameCall(OSETH, 'Staked ETH', 'osETH'),
    call(CONTROLLER, 'keeperOpen(uint256,uint256)', today.supply, today.rate),
    aimCall(today),
  ],
  day: today => [supplyCall(CONTROLLER, today.supply), aimCall(today)],
}

/** Aim at the next day's rate at the time of its block. */
function aimCall({ schedule, course, day }: TwinDay): KeeperCall {
  const next = day + 1
  return call(KEEPER, 'keeperAim(uint256,uint256)', course.rateOn(next), landedAt(schedule, next))
}
