import type { AboutToken } from '../definePool.ts'

export const lido: AboutToken = {
  summary: 'stETH balances grow with a daily oracle report; wstETH holds the same shares unmoved.',
  supply: 'All ether behind stETH, wrapped or not; since Lido V3 it includes ether of external vaults.',
  fee: 'Node operators and treasury together.',
  market: 'The feed prices stETH; wstETH can be unwrapped to it at any time.',
  exit: 'Withdrawals wait in a queue that is finalized in order.',
  contracts: [
    { name: 'wstETH', address: '0x7f39C581F595B53c5cb19bD0b3f8dA6c935E2Ca0' },
    { name: 'stETH', address: '0xae7ab96520DE3A18E5e111B5EaAb095312D7fE84', note: 'emits the reports' },
    { name: 'WithdrawalQueue', address: '0x889edC2eDab5f40e902b864aD4d7AdE8E412F9B1' },
  ],
  links: [
    { label: 'Lido', url: 'https://lido.fi' },
    { label: 'Contract documentation', url: 'https://docs.lido.fi' },
  ],
}
