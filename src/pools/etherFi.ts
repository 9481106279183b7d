import { DAY, WAD } from '../math/fixedPoint.ts'
import { definePool, PLAUSIBLE } from './definePool.ts'
import { readSupply } from './infrastructure.ts'
import { defineRead } from './read.ts'

const weETH = '0xCd5fE23C85820F7B72D0926FC9b05b43E359b7ee'
const eETH = '0x35fA164735182de50811E8e2E824cFb9B6118ac2'
const liquidityPool = '0x308861A430be4cce5502d0A12724771Fc6DaF216'

export const etherFi = definePool({
  kind: 'token',
  id: 'ether-fi',
  name: 'ether.fi',
  category: 'restaking',
  token: { symbol: 'weETH', address: weETH },
  unit: 'ETH',
  accrual: 'report',
  rate: defineRead(weETH, '0x679aefce getRate() view returns (uint256)'),
  supply: readSupply(weETH),
  // weETH is eETH in a wrapper: the whole product is the pool's total, and the two are never added.
  pooled: defineRead(liquidityPool, '0x37cfdaca getTotalPooledEther() view returns (uint256)'),
  bounds: PLAUSIBLE,
  firstBlock: 17_664_336n,
  cadence: DAY / 4n,
  // Every stake and unstake rounds, and the fee is paid in after the event: a real step is 1e-5 or more.
  dust: WAD / 1_000_000n,
  fee: { kind: 'unknown', why: 'No contract tells it, and no published figure is confirmed.' },
  market: {
    kind: 'feed',
    name: 'Chainlink weETH/ETH',
    feed: '0x5c9C449BbC9a6075A2c061dF312a35fd1E05fF22',
    prices: 'token',
  },
  exit: {
    figures: [
      {
        label: 'Ether in the pool now',
        read: defineRead(liquidityPool, '0x7c90fbf0 totalValueInLp() view returns (uint128)'),
        kind: 'amount',
        unit: 'ETH',
      },
    ],
  },
  reports: [
    {
      signature: 'Rebase(uint256 totalEthLocked, uint256 totalEEthShares)',
      topic: '0x11c6bf55864ff83827df712625d7a80e5583eef0264921025e7cd22003a21511',
      addresses: [liquidityPool],
      rate: ({ totalEthLocked = 0n, totalEEthShares = 0n }) =>
        totalEEthShares === 0n ? 0n : (totalEthLocked * WAD) / totalEEthShares,
      measured: () => ({}),
    },
  ],
  siblings: [
    {
      kind: 'rebasing',
      symbol: 'eETH',
      address: eETH,
      note: 'The rebasing form: the balance is ETH already. weETH is counted apart.',
      shares: account => defineRead(eETH, '0xce7c2ac2 shares(address) view returns (uint256)', [account]),
      rate: defineRead(liquidityPool, '0x561bddf8 amountForShare(uint256) view returns (uint256)', [WAD]),
      moves: 'shares',
    },
  ],
  colour: 12,
})
