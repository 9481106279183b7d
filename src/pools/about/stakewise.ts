import type { AboutToken } from '../definePool.ts'

export const stakewise: AboutToken = {
  summary:
    'Anybody’s vaults; osETH is minted against them and grows every second at the average that the keeper reports.',
  supply:
    'osETH in existence × rate. Stake in vaults against which no osETH was minted is not in this figure.',
  fee: 'Of osETH alone. Each vault takes a fee of its own besides.',
  exit: 'No queue is read.',
  contracts: [
    { name: 'osETH', address: '0xf1C9acDc66974dFB6dEcB12aA385b9cD01190E38' },
    {
      name: 'OsTokenVaultController',
      address: '0x2A261e60FB14586B474C208b1B7AC6D0f5000306',
      note: 'keeps the rate',
    },
    { name: 'Keeper', address: '0x6B5815467da09DaA7DC83Db21c9239d98Bb487b5', note: 'reports the rewards' },
  ],
  links: [{ label: 'StakeWise', url: 'https://stakewise.io' }],
}
