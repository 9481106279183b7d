import type { AboutToken } from '../definePool.ts'

export const mantle: AboutToken = {
  summary: 'The staking protocol of Mantle; mETH follows what its oracle records.',
  supply:
    'The contract’s own total of the ether that it controls. A part of it may be lent out by its LiquidityBuffer.',
  exit: 'Unstaking is a request, for which a manager sets ether aside.',
  contracts: [
    { name: 'mETH', address: '0xd5F7838F5C461fefF7FE49ea5ebaF7728bB0ADfa' },
    { name: 'Staking', address: '0xe3cBd06D7dadB3F4e6557bAb7EdD924CD1489E8f', note: 'answers the rate' },
    { name: 'Oracle', address: '0x8735049F496727f824Cc0f2B174d826f5c408192' },
    { name: 'UnstakeRequestsManager', address: '0x38fDF7b489316e03eD8754ad339cb5c4483FDcf9' },
    {
      name: 'ReturnsAggregator',
      address: '0x1766be66fBb0a1883d41B4cfB0a533c5249D3b82',
      note: 'takes the fee',
    },
    { name: 'LiquidityBuffer', address: '0x006FaD88c35D973A87E451CF8D000c7e83Dad409' },
  ],
  links: [{ label: 'mETH', url: 'https://www.mantle.xyz/meth' }],
}
