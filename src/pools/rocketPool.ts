import { DAY, WAD } from '../math/fixedPoint.ts'
import { definePool, PLAUSIBLE } from './definePool.ts'
import { readSupply } from './infrastructure.ts'
import { defineRead } from './read.ts'

const rETH = '0xae78736Cd615f374D3085123A210448E74Fc6393'
const storage = '0x1d8f8f00cfa6758d7bE78336684788Fb0ee0Fa46'
const depositPool = '0xCE15294273CFb9D9b628F4D61636623decDF4fdC'
const settings = '0x67Fd03a5095197D1aD1F932BC55E022C420b1153'

/** RocketNetworkBalances, one address for each protocol upgrade; no event announces a switch. */
const balances = {
  v1: '0x138313f102cE9a0662F826fCA977E3ab4D6e5539',
  v2: '0x07FCaBCbe4ff0d80c2b1eb42855C0131b6cba2F4',
  v3: '0x6Cc65bF618F55ce2433f9D8d827Fc44117D81399',
  v4: '0x1D9F14C6Bfd8358b589964baD8665AdD248E9473',
} as const

/** keccak256 of network.balances.updated.timestamp, which v4 writes. */
const UPDATED = '0x2bf046908521b100f0b60454d61b12d6184158cf04e6b59bcc5132a22c2b5e20'

/** The rate that rETH answers after a report; an empty pool counts as 1. */
const rate = ({ totalEth = 0n, rethSupply = 0n }): bigint =>
  rethSupply === 0n ? WAD : (totalEth * WAD) / rethSupply

export const rocketPool = definePool({
  kind: 'token',
  id: 'rocket-pool',
  name: 'Rocket Pool',
  category: 'protocol',
  token: { symbol: 'rETH', address: rETH },
  unit: 'ETH',
  accrual: 'report',
  // The token asks RocketStorage, so this call survives every upgrade of the contracts behind it.
  rate: defineRead(rETH, '0xe6aa216c getExchangeRate() view returns (uint256)'),
  supply: readSupply(rETH),
  bounds: PLAUSIBLE,
  // The token; the contracts that it asks had their first report with data at the second block.
  firstBlock: 13_325_304n,
  readableBy: 13_338_720n,
  cadence: DAY,
  // Mostly minutes, at times hours; nobody promises a limit.
  lag: DAY / 4n,
  lastReport: {
    // Asked of RocketStorage, which outlives RocketNetworkBalances; 0 before v4.
    read: defineRead(storage, '0xbd02d0f5 getUint(bytes32) view returns (uint256)', [UPDATED]),
    gives: 'time',
  },
  fee: {
    kind: 'read',
    reads: [defineRead(settings, '0x7638f374 getRethCommission() view returns (uint256)')],
    whole: WAD,
  },
  market: {
    kind: 'feed',
    name: 'Chainlink rETH/ETH',
    feed: '0x536218f9E9Eb48863970252233c8F271f554C2d0',
    prices: 'token',
  },
  exit: {
    figures: [
      {
        label: 'Ether for burning rETH now',
        read: defineRead(rETH, '0xd6eb5910 getTotalCollateral() view returns (uint256)'),
        kind: 'amount',
        unit: 'ETH',
        isPaidNow: true,
      },
      {
        label: 'Room for new stake',
        read: defineRead(depositPool, '0x1eddb626 getMaximumDepositAmount() view returns (uint256)'),
        kind: 'amount',
        unit: 'ETH',
        note: '0 also where deposits are switched off.',
      },
    ],
  },
  reports: [
    {
      signature:
        'BalancesUpdated(uint256 block, uint256 totalEth, uint256 stakingEth, uint256 rethSupply, uint256 time)',
      topic: '0x7bbbb137fdad433d6168b1c75c714c72b8abe8d07460f0c0b433063e7bf1f394',
      addresses: [balances.v1, balances.v2],
      rate,
      // `time` is when the report landed; only the reference block says when it was measured.
      measured: ({ block }) => (block === undefined ? {} : { block }),
    },
    {
      signature:
        'BalancesUpdated(uint256 indexed block, uint256 slotTimestamp, uint256 totalEth, uint256 stakingEth, uint256 rethSupply, uint256 blockTimestamp)',
      topic: '0xdd27295717c4fbd48b1840f846e18be6f0b7bd6b55608e697e53b15848cecdf9',
      addresses: [balances.v3, balances.v4],
      rate,
      measured: ({ slotTimestamp }) => (slotTimestamp === undefined ? {} : { measuredAt: slotTimestamp }),
    },
  ],
  siblings: [],
  colour: 1,
})
