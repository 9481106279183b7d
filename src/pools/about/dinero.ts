import type { AboutToken } from '../definePool.ts'

export const dinero: AboutToken = {
  summary:
    'pxETH is the plain token, apxETH the one that grows: rewards stream in for seven days, block by block.',
  supply: 'Tokens × rate, in pxETH. pxETH that is not staked here is not in this figure.',
  lastReport: 'Seven days before the present stream ends: when the last harvest began to stream in.',
  market: 'Compared with the rate as if 1 pxETH were 1 ETH.',
  exit: 'Leaving apxETH costs a penalty. What pxETH is redeemed for is not read.',
  contracts: [
    { name: 'apxETH', address: '0x9Ba021B0a9b958B5E75cE9f6dff97C7eE52cb3E6', note: 'AutoPxEth' },
    { name: 'pxETH', address: '0x04C154b66CB340F3Ae24111CC767e0184Ed00Cc6', note: 'what the rate counts' },
    { name: 'PirexEth', address: '0xD664b74274DfEB538d9baC494F3a4760828B02b0' },
  ],
  links: [{ label: 'Dinero', url: 'https://dinero.xyz' }],
}
