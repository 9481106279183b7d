import { WAD } from '../math/fixedPoint.ts'
import { definePool } from './definePool.ts'
import { defineRead } from './read.ts'

const rETH = '0xae78736Cd615f374D3085123A210448E74Fc6393'

/** RocketNetworkBalances, one address for each protocol upgrade; no event announces a switch. */
const balances = {
  v1: '0x138313f102cE9a0662F826fCA977E3ab4D6e5539',
  v2: '0x07FCaBCbe4ff0d80c2b1eb42855C0131b6cba2F4',
  v3: '0x6Cc65bF618F55ce2433f9D8d827Fc44117D81399',
  v4: '0x1D9F14C6Bfd8358b589964baD8665AdD248E9473',
} as const

/** The rate that rETH answers after a report; an empty pool counts as 1. */
const rate = ({ totalEth = 0n, rethSupply = 0n }): bigint =>
  rethSupply === 0n ? WAD : (totalEth * WAD) / rethSupply

export const rocketPool = definePool({
  kind: 'token',
  id: 'rocket-pool',
  name: 'Rocket Pool',
  summary:
    'Permissionless node operators; rETH follows the balances that an oracle DAO reports about once a day.',
  token: { symbol: 'rETH', address: rETH },
  unit: 'ETH',
  accrual: 'report',
  // The token asks RocketStorage, so this call survives every upgrade of the contracts behind it.
  rate: defineRead(rETH, 'getExchangeRate() view returns (uint256)'),
  supply: defineRead(rETH, 'totalSupply() view returns (uint256)'),
  supplyNote:
    'Tokens in existence × rate. The oracle’s own total is older: it leaves out deposits since the last report.',
  bounds: { lowest: (9n * WAD) / 10n, highest: (25n * WAD) / 10n },
  firstBlock: 13_325_304n,
  cadence: 86_400n,
  reports: [
    {
      signature:
        'BalancesUpdated(uint256 block, uint256 totalEth, uint256 stakingEth, uint256 rethSupply, uint256 time)',
      addresses: [balances.v1, balances.v2],
      rate,
      // `time` is when the report landed; only the reference block says when it was measured.
      measured: ({ block }) => (block === undefined ? {} : { block }),
    },
    {
      signature:
        'BalancesUpdated(uint256 indexed block, uint256 slotTimestamp, uint256 totalEth, uint256 stakingEth, uint256 rethSupply, uint256 blockTimestamp)',
      addresses: [balances.v3, balances.v4],
      rate,
      measured: ({ slotTimestamp }) => (slotTimestamp === undefined ? {} : { measuredAt: slotTimestamp }),
    },
  ],
  siblings: [],
  contracts: [
    { name: 'rETH', address: rETH },
    {
      name: 'RocketStorage',
      address: '0x1d8f8f00cfa6758d7bE78336684788Fb0ee0Fa46',
      note: 'registry of the rest',
    },
    { name: 'RocketNetworkBalances v1', address: balances.v1, note: 'blocks 13,325,250 to 17,069,897' },
    { name: 'RocketNetworkBalances v2', address: balances.v2, note: 'blocks 17,069,898 to 20,107,788' },
    {
      name: 'RocketNetworkBalances v3',
      address: balances.v3,
      note: 'from 20,107,789 (unconfirmed) to 24,479,993',
    },
    { name: 'RocketNetworkBalances v4', address: balances.v4, note: 'since block 24,479,994' },
  ],
  links: [
    { label: 'Rocket Pool', url: 'https://rocketpool.net' },
    { label: 'Contract documentation', url: 'https://docs.rocketpool.net' },
  ],
  colour: 1,
})
