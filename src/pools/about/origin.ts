import type { AboutToken } from '../definePool.ts'

export const origin: AboutToken = {
  summary:
    'OETH balances grow about once a day; accounts that do not rebase leave their part to the others. wOETH wraps it unmoved.',
  supply: 'Tokens × rate, in OETH. OETH that is not wrapped is not in this figure.',
  market: 'It prices OETH.',
  exit: 'wOETH is unwrapped to OETH; OETH is redeemed by its vault, whose queue is not read.',
  contracts: [
    { name: 'wOETH', address: '0xDcEe70654261AF21C44c093C300eD3Bb97b78192' },
    { name: 'OETH', address: '0x856c4Efb76C1D1AE02e20CEB03A2A6a08b0b8dC3', note: 'what the rate counts' },
    { name: 'Vault', address: '0x39254033945AA2E4809Cc2977E7087BEE48bd7Ab', note: 'takes the fee' },
  ],
  links: [{ label: 'Origin', url: 'https://www.originprotocol.com' }],
}
