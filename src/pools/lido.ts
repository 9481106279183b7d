import { DAY, WAD } from '../math/fixedPoint.ts'
import { definePool, PLAUSIBLE } from './definePool.ts'
import { readSupply } from './infrastructure.ts'
import { defineRead } from './read.ts'

const stETH = '0xae7ab96520DE3A18E5e111B5EaAb095312D7fE84'
const wstETH = '0x7f39C581F595B53c5cb19bD0b3f8dA6c935E2Ca0'
const queue = '0x889edC2eDab5f40e902b864aD4d7AdE8E412F9B1'

export const lido = definePool({
  kind: 'token',
  id: 'lido',
  name: 'Lido',
  category: 'protocol',
  token: { symbol: 'wstETH', address: wstETH },
  unit: 'ETH',
  accrual: 'report',
  rate: defineRead(wstETH, '0x035faf82 stEthPerToken() view returns (uint256)'),
  supply: readSupply(wstETH),
  // wstETH is stETH in a wrapper: the whole product is stETH's total, and the two are never added.
  pooled: defineRead(stETH, '0x37cfdaca getTotalPooledEther() view returns (uint256)'),
  bounds: PLAUSIBLE,
  firstBlock: 11_888_477n,
  cadence: DAY,
  // Mostly minutes, at times hours; nobody promises a limit.
  lag: DAY / 4n,
  fee: {
    kind: 'read',
    reads: [defineRead(stETH, '0xced72f87 getFee() view returns (uint16)')],
    whole: 10_000n,
  },
  market: {
    kind: 'feed',
    name: 'Chainlink stETH/ETH',
    feed: '0x86392dC19c0b719886221c78AB11eb8Cf5c52812',
    prices: 'unit',
  },
  exit: {
    figures: [
      {
        label: 'Waiting in the queue',
        read: defineRead(queue, '0xd0fb84e8 unfinalizedStETH() view returns (uint256)'),
        kind: 'amount',
        unit: 'stETH',
      },
      {
        label: 'Requests waiting',
        read: defineRead(queue, '0xc2fc7aff unfinalizedRequestNumber() view returns (uint256)'),
        kind: 'count',
        unit: 'requests',
      },
      {
        label: 'Ether in the buffer',
        read: defineRead(stETH, '0x47b714e0 getBufferedEther() view returns (uint256)'),
        kind: 'amount',
        unit: 'ETH',
      },
    ],
  },
  reports: [
    {
      signature:
        'TokenRebased(uint256 indexed reportTimestamp, uint256 timeElapsed, uint256 preTotalShares, uint256 preTotalEther, uint256 postTotalShares, uint256 postTotalEther, uint256 sharesMintedAsFees)',
      topic: '0xff08c3ef606d198e316ef5b822193c489965899eb4e3c248cea1a4626c3eda50',
      addresses: [stETH],
      // Lido V2; before it only samples tell.
      since: 17_272_708n,
      rate: ({ postTotalEther = 0n, postTotalShares = 0n }) =>
        postTotalShares === 0n ? 0n : (postTotalEther * WAD) / postTotalShares,
      measured: ({ reportTimestamp }) =>
        reportTimestamp === undefined ? {} : { measuredAt: reportTimestamp },
    },
  ],
  siblings: [
    {
      kind: 'rebasing',
      symbol: 'stETH',
      address: stETH,
      note: 'The rebasing form: the balance is ETH already. wstETH is counted apart.',
      firstBlock: 11_473_216n,
      shares: account => defineRead(stETH, '0xf5eb42dc sharesOf(address) view returns (uint256)', [account]),
      rate: defineRead(stETH, '0x7a28fb88 getPooledEthByShares(uint256) view returns (uint256)', [WAD]),
      moves: 'shares',
    },
  ],
  colour: 2,
})
