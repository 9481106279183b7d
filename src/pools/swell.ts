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
  summary: 'swETH is repriced about once a day from the reserves that Swell’s oracle reports.',
  token: { symbol: 'swETH', address: swETH },
  unit: 'ETH',
  accrual: 'report',
  // A stored value that may be days old: lastRepriceUNIX tells.
  rate: defineRead(swETH, '0xd68b2cb6 swETHToETHRate() view returns (uint256)'),
  supply: readSupply(swETH),
  supplyNote: 'Tokens in existence × rate. rswETH is another token and not in this figure.',
  bounds: PLAUSIBLE,
  // Known to be there at the second block; its first is not established.
  firstBlock: 16_800_000n,
  readableBy: 17_030_767n,
  cadence: DAY,
  lastReport: {
    read: defineRead(swETH, '0xfbda759b lastRepriceUNIX() view returns (uint256)'),
    gives: 'time',
    note: 'When the token was last repriced.',
  },
  fee: {
    kind: 'read',
    reads: [
      defineRead(swETH, '0x0f010466 swellTreasuryRewardPercentage() view returns (uint256)'),
      defineRead(swETH, '0x16b716d9 nodeOperatorRewardPercentage() view returns (uint256)'),
    ],
    whole: WAD,
    note: 'Treasury and node operators together.',
  },
  market: {
    kind: 'feed',
    name: 'Chainlink swETH/ETH',
    feed: '0xec21B3e882CE09928cb397DcfF31B15cBBD1e1C3',
    prices: 'token',
    note: 'The feed may have been given up: only a fresh answer is shown.',
  },
  exit: {
    note: 'Withdrawals wait in swEXIT as one NFT each; the length of its queue is not read.',
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
  contracts: [
    { name: 'swETH', address: swETH, note: 'emits the reports' },
    { name: 'swEXIT', address: '0x48C11b86807627AF70a34662D4865cF854251663' },
    { name: 'RepricingOracle', address: '0x289d600447A74B952AD16F0BD53b8eaAac2d2D71' },
  ],
  links: [{ label: 'Swell', url: 'https://www.swellnetwork.io' }],
  colour: 10,
})
