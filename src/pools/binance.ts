import { DAY, WAD } from '../math/fixedPoint.ts'
import { definePool, PLAUSIBLE } from './definePool.ts'
import { readSupply } from './infrastructure.ts'
import { defineRead } from './read.ts'

const wBETH = '0xa2E3356610840701BDf5611a53974510Ae27E2e1'

export const binance = definePool({
  kind: 'token',
  id: 'binance',
  name: 'Binance',
  category: 'exchange',
  token: { symbol: 'wBETH', address: wBETH },
  unit: 'ETH',
  accrual: 'report',
  rate: defineRead(wBETH, '0x3ba0b9a9 exchangeRate() view returns (uint256)'),
  supply: readSupply(wBETH),
  bounds: PLAUSIBLE,
  firstBlock: 17_080_241n,
  cadence: DAY,
  fee: { kind: 'published', fraction: WAD / 10n, source: 'DefiLlama', date: '2026-11-22' },
  market: { kind: 'none', why: 'No feed of a market price of wBETH on Ethereum is known.' },
  exit: {
    figures: [],
  },
  reports: [
    {
      signature: 'ExchangeRateUpdated(address indexed oracle, uint256 newExchangeRate)',
      topic: '0x0b4e9390054347e2a16d95fd8376311b0d2deedecba526e9742bcaa40b059f0b',
      // cbETH emits the same topic.
      addresses: [wBETH],
      rate: ({ newExchangeRate = 0n }) => newExchangeRate,
      measured: () => ({}),
    },
  ],
  siblings: [],
  colour: 5,
})
