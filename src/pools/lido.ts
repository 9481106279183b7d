import { WAD } from '../math/fixedPoint.ts'
import { definePool } from './definePool.ts'
import { defineRead } from './read.ts'

const stETH = '0xae7ab96520DE3A18E5e111B5EaAb095312D7fE84'
const wstETH = '0x7f39C581F595B53c5cb19bD0b3f8dA6c935E2Ca0'

export const lido = definePool({
  kind: 'token',
  id: 'lido',
  name: 'Lido',
  summary:
    'The largest pool; stETH balances grow with a daily oracle report, wstETH holds the same shares unmoved.',
  token: { symbol: 'wstETH', address: wstETH },
  unit: 'ETH',
  accrual: 'report',
  rate: defineRead(wstETH, 'stEthPerToken() view returns (uint256)'),
  supply: defineRead(wstETH, 'totalSupply() view returns (uint256)'),
  // wstETH is stETH in a wrapper: the whole product is stETH's total, and the two are never added.
  pooled: defineRead(stETH, 'getTotalPooledEther() view returns (uint256)'),
  supplyNote: 'All ether behind stETH, wrapped or not; since Lido V3 it includes ether of external vaults.',
  bounds: { lowest: (9n * WAD) / 10n, highest: (25n * WAD) / 10n },
  firstBlock: 11_888_477n,
  cadence: 86_400n,
  reports: [
    {
      // First emitted at block 17,272,708 (Lido V2); before it only samples tell.
      signature:
        'TokenRebased(uint256 indexed reportTimestamp, uint256 timeElapsed, uint256 preTotalShares, uint256 preTotalEther, uint256 postTotalShares, uint256 postTotalEther, uint256 sharesMintedAsFees)',
      addresses: [stETH],
      rate: ({ postTotalEther = 0n, postTotalShares = 0n }) =>
        postTotalShares === 0n ? 0n : (postTotalEther * WAD) / postTotalShares,
      measured: ({ reportTimestamp }) =>
        reportTimestamp === undefined ? {} : { measuredAt: reportTimestamp },
    },
  ],
  siblings: [
    {
      symbol: 'stETH',
      address: stETH,
      note: 'The rebasing form: the balance is ETH already. wstETH is counted apart.',
    },
  ],
  contracts: [
    { name: 'wstETH', address: wstETH },
    { name: 'stETH', address: stETH, note: 'emits the reports' },
    { name: 'WithdrawalQueue', address: '0x889edC2eDab5f40e902b864aD4d7AdE8E412F9B1' },
  ],
  links: [
    { label: 'Lido', url: 'https://lido.fi' },
    { label: 'Contract documentation', url: 'https://docs.lido.fi' },
  ],
  colour: 2,
})
