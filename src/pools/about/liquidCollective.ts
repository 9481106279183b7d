import type { AboutToken } from '../definePool.ts'

export const liquidCollective: AboutToken = {
  summary: 'For institutions on an allow-list; LsETH follows the report of its oracle about once a day.',
  supply: 'The contract’s own total of the ether behind LsETH.',
  exit: 'Holders on the allow-list ask RedeemManager for ether.',
  contracts: [
    {
      name: 'River',
      address: '0x8c1BEd5b9a0928467c9B1341Da1D7BD5e10b6549',
      note: 'the token LsETH; emits the reports',
    },
    { name: 'RedeemManager', address: '0x080b3a41390b357Ad7e8097644d1DEDf57AD3375' },
    { name: 'Oracle', address: '0x895a57eD71025D51fe4080530A3489D92E230683' },
  ],
  links: [{ label: 'Liquid Collective', url: 'https://liquidcollective.io' }],
}
