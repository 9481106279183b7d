import { call } from '../keeperCall.ts'
import { ETHER } from '../line.ts'
import { nameCall, supplyCall } from './token.ts'
import type { Twin } from './twin.ts'

const WBETH = '0xa2E3356610840701BDf5611a53974510Ae27E2e1'

/** wBETH: the code of cbETH, written by another oracle. */
export const binance: Twin = {
  id: 'binance',
  line: {
    endRate: 1_105_000_000_000_000_000n,
    yearlyYield: { atEnd: 255n, fallInThreeYears: 45n },
    supplyThreeYearsAgo: 1_200_000n * ETHER,
    supplyAtEnd: 3_000_000n * ETHER,
    stream: 21,
  },
  code: { [WBETH]: 'StakedToken' },
  holdings: [WBETH],
  seed: ({ rate, supply }) => [
    nameCall(WBETH, 'Wrapped Beacon ETH', 'wBETH'),
    supplyCall(WBETH, supply),
    call(WBETH, 'updateExchangeRate(uint256)', rate),
  ],
  day: ({ rate, supply }) => [supplyCall(WBETH, supply), call(WBETH, 'updateExchangeRate(uint256)', rate)],
}
