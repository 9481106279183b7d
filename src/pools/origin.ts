import { DAY, WAD } from '../math/fixedPoint.ts'
import { definePool, PLAUSIBLE } from './definePool.ts'
import { readSupply } from './infrastructure.ts'
import { defineRead } from './read.ts'

const wOETH = '0xDcEe70654261AF21C44c093C300eD3Bb97b78192'
const OETH = '0x856c4Efb76C1D1AE02e20CEB03A2A6a08b0b8dC3'
const vault = '0x39254033945AA2E4809Cc2977E7087BEE48bd7Ab'

export const origin = definePool({
  kind: 'token',
  id: 'origin',
  name: 'Origin',
  category: 'wrapper',
  token: { symbol: 'wOETH', address: wOETH },
  unit: 'OETH',
  accrual: 'report',
  // Asked, not worked out: the arithmetic behind it changed with an upgrade, which the view function hides.
  rate: defineRead(wOETH, '0x07a2d13a convertToAssets(uint256 shares) view returns (uint256)', [WAD]),
  supply: readSupply(wOETH),
  bounds: PLAUSIBLE,
  firstBlock: 17_141_658n,
  cadence: DAY,
  fee: {
    kind: 'read',
    reads: [defineRead(vault, '0x207134b0 trusteeFeeBps() view returns (uint256)')],
    whole: 10_000n,
  },
  market: {
    kind: 'feed',
    name: 'Chainlink OETH/ETH',
    feed: '0x703118C4CbccCBF2AB31913e0f8075fbbb15f563',
    prices: 'unit',
  },
  exit: {
    figures: [],
  },
  // OETH's TotalSupplyUpdatedHighres gives credits, and the adjuster that turns them into a rate is not in it.
  reports: [],
  siblings: [
    {
      kind: 'credits',
      symbol: 'OETH',
      address: OETH,
      note: 'The rebasing form: 1 OETH is counted as 1 ETH. wOETH is counted apart.',
      credits: account =>
        defineRead(
          OETH,
          '0xe5c4fffe creditsBalanceOfHighres(address) view returns (uint256 credits, uint256 creditsPerToken, bool isUpgraded)',
          [account],
        ),
      perToken: defineRead(OETH, '0x7a46a9c5 rebasingCreditsPerTokenHighres() view returns (uint256)'),
    },
  ],
  colour: 13,
})
