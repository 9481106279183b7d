import { DAY, WAD } from '../math/fixedPoint.ts'
import { definePool, PLAUSIBLE } from './definePool.ts'
import { readSupply } from './infrastructure.ts'
import { defineRead } from './read.ts'

const apxETH = '0x9Ba021B0a9b958B5E75cE9f6dff97C7eE52cb3E6'
const pxETH = '0x04C154b66CB340F3Ae24111CC767e0184Ed00Cc6'

const periodFinish = defineRead(apxETH, '0xebe2b12b periodFinish() view returns (uint256)')

export const dinero = definePool({
  kind: 'token',
  id: 'dinero',
  name: 'Dinero',
  category: 'wrapper',
  token: { symbol: 'apxETH', address: apxETH },
  unit: 'pxETH',
  accrual: 'continuous',
  // assetsPerShare looks like the rate and is lower by the penalty for leaving.
  rate: defineRead(apxETH, '0x07a2d13a convertToAssets(uint256 shares) view returns (uint256)', [WAD]),
  supply: readSupply(apxETH),
  bounds: PLAUSIBLE,
  // UNCONFIRMED: deployed about December 2023.
  firstBlock: 18_500_000n,
  readableBy: 19_100_000n,
  cadence: 7n * DAY,
  lastReport: {
    read: periodFinish,
    gives: 'time',
    less: 7n * DAY,
  },
  streamEnd: periodFinish,
  fee: {
    kind: 'read',
    reads: [defineRead(apxETH, '0x26232a2e platformFee() view returns (uint256)')],
    whole: 1_000_000n,
  },
  market: {
    kind: 'feed',
    // Its number of decimals is UNCONFIRMED, which is why those of every feed are read with it.
    name: 'RedStone apxETH/ETH',
    feed: '0x19219BC90F48DeE4d5cF202E09c438FAacFd8Bea',
    prices: 'token',
  },
  exit: {
    figures: [
      {
        label: 'Penalty on leaving',
        read: defineRead(apxETH, '0xa2468c19 withdrawalPenalty() view returns (uint256)'),
        kind: 'share',
        whole: 1_000_000n,
      },
    ],
  },
  // Harvest and RewardAdded tell what will stream in, not a rate.
  reports: [],
  siblings: [
    {
      kind: 'plain',
      symbol: 'pxETH',
      address: pxETH,
      note: 'The plain token, which earns nothing by itself. Counted as if 1 pxETH were 1 ETH.',
    },
  ],
  colour: 14,
})
