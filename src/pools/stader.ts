import { DAY, WAD } from '../math/fixedPoint.ts'
import { definePool, PLAUSIBLE } from './definePool.ts'
import { readSupply } from './infrastructure.ts'
import { defineRead } from './read.ts'

const ETHx = '0xA35b1B31Ce002FBF2058D22F30f95D405200A15b'
const manager = '0xcf5EA1b38380f6aF39068375516Daf40Ed70D299'
const oracle = '0xF64bAe65f6f2a5277571143A24FaaFDFC0C2a737'

export const stader = definePool({
  kind: 'token',
  id: 'stader',
  name: 'Stader',
  category: 'protocol',
  token: { symbol: 'ETHx', address: ETHx },
  unit: 'ETH',
  accrual: 'report',
  // The oracle has a function of the same selector that answers three words, the first a block number.
  rate: defineRead(manager, '0xe6aa216c getExchangeRate() view returns (uint256)'),
  supply: readSupply(ETHx),
  bounds: PLAUSIBLE,
  // UNCONFIRMED: deployed in mid-2023, about block 17.4 to 17.5 million.
  firstBlock: 17_200_000n,
  readableBy: 17_700_000n,
  cadence: DAY,
  lastReport: {
    read: defineRead(
      oracle,
      '0xe6aa216c getExchangeRate() view returns (uint256 reportingBlockNumber, uint256 totalETHBalance, uint256 totalETHXSupply)',
    ),
    gives: 'block',
  },
  fee: {
    kind: 'published',
    fraction: WAD / 10n,
    source: 'Stader: 5 % protocol and 5 % operators',
    date: '2026-11-22',
  },
  market: {
    kind: 'feed',
    name: 'Chainlink ETHx/ETH',
    feed: '0xC5f8c4aB091Be1A899214c0C3636ca33DcA0C547',
    prices: 'token',
  },
  exit: {
    figures: [],
  },
  // The event of the public sources is UNCONFIRMED on chain, so history is read by calls.
  reports: [],
  siblings: [],
  colour: 8,
})
