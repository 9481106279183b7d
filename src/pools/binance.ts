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
  summary: 'Staked by Binance for its customers; an oracle of its own sets the rate about once a day.',
  token: { symbol: 'wBETH', address: wBETH },
  unit: 'ETH',
  accrual: 'report',
  rate: defineRead(wBETH, '0x3ba0b9a9 exchangeRate() view returns (uint256)'),
  supply: readSupply(wBETH),
  supplyNote:
    'Tokens on Ethereum × rate. wBETH has the same address and a supply of its own on BNB Smart Chain, which is not in this figure.',
  bounds: PLAUSIBLE,
  firstBlock: 17_080_241n,
  cadence: DAY,
  fee: { kind: 'published', fraction: WAD / 10n, source: 'DefiLlama', date: '2026-11-22' },
  market: { kind: 'none', why: 'No feed of a market price of wBETH on Ethereum is known.' },
  exit: {
    note: 'No contract that redeems it is read here.',
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
  contracts: [{ name: 'wBETH', address: wBETH, note: 'emits the reports' }],
  links: [{ label: 'Binance', url: 'https://www.binance.com/en/wbeth' }],
  colour: 5,
})
