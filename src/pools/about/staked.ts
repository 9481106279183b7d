import type { AboutTokenless } from '../definePool.ts'

export const staked: AboutTokenless = {
  summary: 'Validators run for institutions, part of Kraken. There is no token and no pool contract.',
  reason:
    'Nothing on chain is attributable to it. Its published deposit contract is open to anybody and logs nothing about who deposits, and the public label sets that once named it withdrew the name in November 2025. So there is no rate, no supply and no yield to show.',
  contracts: [
    {
      name: 'BatchDeposit',
      address: '0x39DC6a99209B5e6B81dC8540C86Ff10981ebDA29',
      note: 'published by Staked, used by others too: deposits through it are not Staked’s validators',
    },
  ],
  links: [{ label: 'Staked', url: 'https://staked.us' }],
}
