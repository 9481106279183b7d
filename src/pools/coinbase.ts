import { DAY, WAD } from '../math/fixedPoint.ts'
import { definePool, PLAUSIBLE } from './definePool.ts'
import { readSupply } from './infrastructure.ts'
import { defineRead } from './read.ts'

const cbETH = '0xBe9895146f7AF43049ca1c1AE358B0541Ea49704'

export const coinbase = definePool({
  kind: 'token',
  id: 'coinbase',
  name: 'Coinbase',
  category: 'exchange',
  token: { symbol: 'cbETH', address: cbETH },
  unit: 'ETH',
  accrual: 'report',
  rate: defineRead(cbETH, '0x3ba0b9a9 exchangeRate() view returns (uint256)'),
  supply: readSupply(cbETH),
  bounds: PLAUSIBLE,
  firstBlock: 14_133_762n,
  // Whether the getter was there before its first value is not established; this block is of 20 June 2022.
  readableBy: 14_999_040n,
  cadence: DAY,
  // The getter reads a slot that was first written on 16 June 2022, four months after the token: 0 until then.
  zeroUntil: 1_655_424_000n,
  fee: {
    kind: 'published',
    fraction: WAD / 4n,
    source: 'DefiLlama and exponential.fi',
    date: '2026-11-22',
  },
  market: {
    kind: 'feed',
    name: 'Chainlink cbETH/ETH',
    feed: '0xF017fcB346A1885194689bA23Eff2fE6fA5C483b',
    prices: 'token',
  },
  exit: {
    figures: [],
    isClosed: true,
  },
  reports: [
    {
      signature: 'ExchangeRateUpdated(address indexed oracle, uint256 newExchangeRate)',
      topic: '0x0b4e9390054347e2a16d95fd8376311b0d2deedecba526e9742bcaa40b059f0b',
      // wBETH and Coinbase's updater 0x9b37…e281 emit the same topic, the latter with other arguments.
      addresses: [cbETH],
      rate: ({ newExchangeRate = 0n }) => newExchangeRate,
      measured: () => ({}),
    },
  ],
  siblings: [],
  colour: 4,
})
