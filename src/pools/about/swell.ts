import type { AboutToken } from '../definePool.ts'

export const swell: AboutToken = {
  summary: 'swETH is repriced about once a day from the reserves that Swell’s oracle reports.',
  supply: 'Tokens in existence × rate. rswETH is another token and not in this figure.',
  lastReport: 'When the token was last repriced.',
  fee: 'Treasury and node operators together.',
  market: 'The feed may have been given up: only a fresh answer is shown.',
  exit: 'Withdrawals wait in swEXIT as one NFT each; the length of its queue is not read.',
  contracts: [
    { name: 'swETH', address: '0xf951E335afb289353dc249e82926178EaC7DEd78', note: 'emits the reports' },
    { name: 'swEXIT', address: '0x48C11b86807627AF70a34662D4865cF854251663' },
    { name: 'RepricingOracle', address: '0x289d600447A74B952AD16F0BD53b8eaAac2d2D71' },
  ],
  links: [{ label: 'Swell', url: 'https://www.swellnetwork.io' }],
}
