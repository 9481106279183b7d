import type { AboutToken } from '../definePool.ts'

export const binance: AboutToken = {
  summary: 'Staked by Binance for its customers; an oracle of its own sets the rate about once a day.',
  supply:
    'Tokens on Ethereum × rate. wBETH has the same address and a supply of its own on BNB Smart Chain, which is not in this figure.',
  exit: 'No contract that redeems it is read here.',
  contracts: [
    { name: 'wBETH', address: '0xa2E3356610840701BDf5611a53974510Ae27E2e1', note: 'emits the reports' },
  ],
  links: [{ label: 'Binance', url: 'https://www.binance.com/en/wbeth' }],
}
