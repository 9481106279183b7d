import { DAY, WAD } from '../math/fixedPoint.ts'
import { definePool, PLAUSIBLE } from './definePool.ts'
import { readSupply } from './infrastructure.ts'
import { defineRead } from './read.ts'

const swETH = '0xf951E335afb289353dc249e82926178EaC7DEd78'

export const swell = definePool({
  kind: 'token',
  id: 'swell',
  name: 'Swell',
  category: 'protocol',
  token: { symbol: 'swETH', address: swETH },
  unit: 'ETH',
  accrual: 'report',
  // A stored value that may be days old: lastRepriceUNIX tells.
  rate: defineRead(swETH, '0xd68b2cb6 swETHToETHRate() view returns (uint256)'),
  supply: readSupply(swETH),
  bounds: PLAUSIBLE,
  // Known to be there at the second block; its first is not established.
  firstBlock: 16_800_000n,
  readableBy: 17_030_767n,
  cadence: DAY,
  lastReport: {
    read: defineRead(swETH, '0xfbda759b lastRepriceUNIX() view returns (uint256)'),
    gives: 'time',
  },
  fee: {
    kind: 'read',
    reads: [
      defineRead(swETH, '0x0f010466 swellTreasuryRewardPercentage() view returns (uint256)'),
      defineRead(swETH, '0x16b716d9 nodeOperatorRewardPercentage() view returns (uint256)'),
    ],
    whole: WAD,
  },
  market: {
    kind: 'feed',
    name: 'Chainlink swETH/ETH',
    feed: '0xec21B3e882CE09928cb397DcfF31B15cBBD1e1C3',
    prices: 'token',
  },
  exit: {
    figures: [],
  },
  reports: [
    {
      signature:
        'Reprice(uint256 newEthReserves, uint256 newSwETHToETHRate, uint256 nodeOperatorRewards, uint256 swellTreasuryRewards, uint256 totalETHDeposited)',
      topic: '0xf0e4379b3fd6b436bf73f47761c746a33d02bbd47835cbd8050b130fb2c6db2e',
      // rswETH emits the same topic.
      addresses: [swETH],
      rate: ({ newSwETHToETHRate = 0n }) => newSwETHToETHRate,
      measured: () => ({}),
    },
  ],
  siblings: [],
  colour: 10,
})
