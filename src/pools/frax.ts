import { DAY, WAD } from '../math/fixedPoint.ts'
import { definePool, PLAUSIBLE } from './definePool.ts'
import { readSupply } from './infrastructure.ts'
import { defineRead } from './read.ts'

const sfrxETH = '0xac3E018457B222d93114458476f3E3416Abbe38F'
const frxETH = '0x5E8422345238F34275888049021821E8E08CAa1f'

export const frax = definePool({
  kind: 'token',
  id: 'frax',
  name: 'Frax',
  category: 'wrapper',
  token: { symbol: 'sfrxETH', address: sfrxETH },
  unit: 'frxETH',
  accrual: 'continuous',
  rate: defineRead(sfrxETH, '0x07a2d13a convertToAssets(uint256 shares) view returns (uint256)', [WAD]),
  supply: readSupply(sfrxETH),
  bounds: PLAUSIBLE,
  firstBlock: 15_686_046n,
  cadence: 7n * DAY,
  lastReport: {
    read: defineRead(sfrxETH, '0x6917516b lastSync() view returns (uint32)'),
    gives: 'time',
  },
  // Nobody is bound to start the next cycle in time: until somebody does, the rate stands still.
  streamEnd: defineRead(sfrxETH, '0xe7ff69f1 rewardsCycleEnd() view returns (uint32)'),
  fee: { kind: 'published', fraction: WAD / 10n, source: 'DefiLlama', date: '2026-11-22' },
  market: {
    kind: 'feed',
    name: 'Frax oracle frxETH/ETH',
    feed: '0xC58F3385FBc1C8AD2c0C9a061D7c13b141D7A5Df',
    prices: 'unit',
  },
  exit: {
    figures: [],
  },
  // NewRewardsCycle tells what will drip in, not a rate.
  reports: [],
  siblings: [
    {
      kind: 'plain',
      symbol: 'frxETH',
      address: frxETH,
      note: 'The plain token, which earns nothing by itself. Counted as if 1 frxETH were 1 ETH.',
    },
  ],
  colour: 6,
})
