import type { AboutToken } from '../definePool.ts'

export const etherFi: AboutToken = {
  summary:
    'Staked and restaked; eETH balances grow with about four rebases a day, weETH holds the same shares unmoved.',
  supply: 'All ether behind eETH, wrapped or not. Rewards of restaking and points are outside the rate.',
  exit: 'The pool keeps some ether; a queue of withdrawals is not read.',
  contracts: [
    { name: 'weETH', address: '0xCd5fE23C85820F7B72D0926FC9b05b43E359b7ee' },
    { name: 'eETH', address: '0x35fA164735182de50811E8e2E824cFb9B6118ac2' },
    {
      name: 'LiquidityPool',
      address: '0x308861A430be4cce5502d0A12724771Fc6DaF216',
      note: 'emits the reports',
    },
  ],
  links: [{ label: 'ether.fi', url: 'https://www.ether.fi' }],
}
