import { call } from '../keeperCall.ts'
import { ETHER, WAD } from '../line.ts'
import { drawBetween } from '../random.ts'
import { ageOf } from '../schedule.ts'
import { answerCall, describeFeed } from './feed.ts'
import { nameCall, supplyCall } from './token.ts'
import type { Twin, TwinDay } from './twin.ts'

const WOETH = '0xDcEe70654261AF21C44c093C300eD3Bb97b78192'
const OETH = '0x856c4Efb76C1D1AE02e20CEB03A2A6a08b0b8dC3'
const VAULT = '0x39254033945AA2E4809Cc2977E7087BEE48bd7Ab'
const FEED = '0x703118C4CbccCBF2AB31913e0f8075fbbb15f563'

/** Also stands in Origin.sol. */
const ADJUSTER = 1_004_500_000_000_000_000_000_000_000n
const MARKET_STREAM = 2029

/** wOETH, whose rate is in OETH, and OETH, which has a market against ETH. */
export const origin: Twin = {
  id: 'origin',
  line: {
    endRate: 1_165_000_000_000_000_000n,
    yearlyYield: { atEnd: 292n, fallInThreeYears: 80n },
    supplyThreeYearsAgo: 9_000n * ETHER,
    supplyAtEnd: 25_000n * ETHER,
    stream: 29,
  },
  code: { [WOETH]: 'WrappedOETH', [OETH]: 'OETH', [VAULT]: 'OETHVault', [FEED]: 'NamedFeed' },
  holdings: [WOETH, OETH],
  seed: today => [
    nameCall(WOETH, 'Wrapped OETH', 'wOETH'),
    call(
      OETH,
      'keeperOpen(uint256,uint256,uint256)',
      creditsPerToken(today),
      12_000n * ETHER,
      4_000n * ETHER,
    ),
    supplyCall(WOETH, today.supply),
    describeFeed(FEED, 18n, 'OETH / ETH'),
    answerCall(FEED, market(today)),
  ],
  day: today => [
    supplyCall(WOETH, today.supply),
    call(VAULT, 'keeperRebase(uint256)', creditsPerToken(today)),
    answerCall(FEED, market(today)),
  ],
}

function creditsPerToken({ rate }: TwinDay): bigint {
  return (ADJUSTER * WAD) / rate
}

function market({ schedule, day }: TwinDay): bigint {
  const discount = drawBetween(schedule.seed, MARKET_STREAM, ageOf(schedule, day), -3n, 20n)
  return WAD - (discount * WAD) / 10_000n
}
