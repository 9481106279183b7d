import { DAY, WAD } from '../math/fixedPoint.ts'
import { definePool, PLAUSIBLE } from './definePool.ts'
import { readSupply } from './infrastructure.ts'
import { defineRead } from './read.ts'

const river = '0x8c1BEd5b9a0928467c9B1341Da1D7BD5e10b6549'
const redeemManager = '0x080b3a41390b357Ad7e8097644d1DEDf57AD3375'

export const liquidCollective = definePool({
  kind: 'token',
  id: 'liquid-collective',
  name: 'Liquid Collective',
  category: 'institution',
  token: { symbol: 'LsETH', address: river },
  unit: 'ETH',
  accrual: 'report',
  rate: defineRead(river, '0xf79c3f02 underlyingBalanceFromShares(uint256 shares) view returns (uint256)', [
    WAD,
  ]),
  supply: readSupply(river),
  pooled: defineRead(river, '0x143a08d4 totalUnderlyingSupply() view returns (uint256)'),
  bounds: PLAUSIBLE,
  firstBlock: 15_676_402n,
  cadence: DAY,
  // Deposits round; a day’s step is some 1e-4.
  dust: WAD / 1_000_000n,
  fee: {
    kind: 'read',
    reads: [defineRead(river, '0x1bcbfaba getGlobalFee() view returns (uint256)')],
    whole: 10_000n,
  },
  // Chainlink's "LsETH / ETH Exchange Rate" is the protocol's own rate.
  market: {
    kind: 'none',
    why: 'No feed of a market price is known. Chainlink’s LsETH/ETH feed repeats the protocol’s own rate.',
  },
  exit: {
    figures: [
      {
        label: 'Waiting to be redeemed',
        read: defineRead(redeemManager, '0x0d8d2a54 getRedeemDemand() view returns (uint256)'),
        kind: 'amount',
        unit: 'LsETH',
      },
      {
        label: 'Requests ever made',
        read: defineRead(redeemManager, '0x319798d1 getRedeemRequestCount() view returns (uint256)'),
        kind: 'count',
        unit: 'requests',
      },
      {
        label: 'Ether set aside for it',
        read: defineRead(river, '0x2d6b59bf getBalanceToRedeem() view returns (uint256)'),
        kind: 'amount',
        unit: 'ETH',
      },
    ],
  },
  reports: [
    {
      // Emitted only where earnings mint fee shares: a loss moves the rate without it. Rounding leaves dust.
      signature:
        'RewardsEarned(address indexed _collector, uint256 _oldTotalUnderlyingBalance, uint256 _oldTotalSupply, uint256 _newTotalUnderlyingBalance, uint256 _newTotalSupply)',
      topic: '0x3d1669e813a9845c288f0e1f642a4343a451103b87886d12de37e63b39bbd942',
      addresses: [river],
      rate: ({ _newTotalUnderlyingBalance: ether = 0n, _newTotalSupply: supply = 0n }) =>
        supply === 0n ? 0n : (ether * WAD) / supply,
      measured: () => ({}),
    },
  ],
  siblings: [],
  colour: 11,
})
