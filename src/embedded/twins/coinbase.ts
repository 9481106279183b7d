import { call } from '../keeperCall.ts'
import { ETHER } from '../line.ts'
import { answerCall, describeFeed } from './feed.ts'
import { nameCall, supplyCall } from './token.ts'
import type { Twin } from './twin.ts'

const CBETH = '0xBe9895146f7AF43049ca1c1AE358B0541Ea49704'
const UPDATER = '0x9b37180d847B27ADC13C2277299045C1237Ae281'
const FEED = '0xF017fcB346A1885194689bA23Eff2fE6fA5C483b'

/** cbETH, which is there before it has holders, and has holders before it has a rate. */
export const coinbase: Twin = {
  id: 'coinbase',
  line: {
    endRate: 1_145_300_000_000_000_000n,
    yearlyYield: { atEnd: 268n, fallInThreeYears: 40n },
    supplyThreeYearsAgo: 180_000n * ETHER,
    supplyAtEnd: 120_000n * ETHER,
    stream: 20,
  },
  appears: 2,
  starts: 10,
  code: { [CBETH]: 'StakedToken', [UPDATER]: 'ExchangeRateUpdater', [FEED]: 'NamedFeed' },
  holdings: [CBETH],
  seed: ({ course, day }) => [
    nameCall(CBETH, 'Coinbase Wrapped Staked ETH', 'cbETH'),
    describeFeed(FEED, 18n, 'CBETH / ETH'),
    answerCall(FEED, course.marketOn(day)),
  ],
  day({ course, day, startDay, rate, supply }) {
    const minted = day < startDay - 1 ? [] : [supplyCall(CBETH, supply)]
    const market = answerCall(FEED, course.marketOn(day))
    if (day < startDay) return [...minted, market]
    return [...minted, call(UPDATER, 'updateExchangeRate(uint256)', rate), market]
  },
}
