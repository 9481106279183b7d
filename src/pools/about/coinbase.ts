import type { AboutToken } from '../definePool.ts'

export const coinbase: AboutToken = {
  summary: 'Staked by Coinbase for its customers; an oracle of its own sets the rate about once a day.',
  supply:
    'Tokens on Ethereum × rate; no contract tells the ether behind them. Whether cbETH on other chains is all among them is unconfirmed.',
  exit: 'Only customers of Coinbase redeem it, off chain. Others can sell it.',
  contracts: [
    {
      name: 'cbETH',
      address: '0xBe9895146f7AF43049ca1c1AE358B0541Ea49704',
      note: 'upgradeable proxy; emits the reports',
    },
  ],
  links: [{ label: 'Coinbase', url: 'https://www.coinbase.com/cbeth' }],
}
