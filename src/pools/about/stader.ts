import type { AboutToken } from '../definePool.ts'

export const stader: AboutToken = {
  summary: 'Pools of node operators; ETHx follows the totals that an oracle reports.',
  supply: 'Tokens in existence × rate. The oracle’s own totals are those of its last report.',
  lastReport: 'The block that the oracle measured.',
  exit: 'Withdrawals wait in the queue of UserWithdrawalManager, whose length is not read.',
  contracts: [
    { name: 'ETHx', address: '0xA35b1B31Ce002FBF2058D22F30f95D405200A15b' },
    {
      name: 'StaderStakePoolsManager',
      address: '0xcf5EA1b38380f6aF39068375516Daf40Ed70D299',
      note: 'answers the rate',
    },
    {
      name: 'StaderOracle',
      address: '0xF64bAe65f6f2a5277571143A24FaaFDFC0C2a737',
      note: 'same function name, another answer',
    },
    { name: 'UserWithdrawalManager', address: '0x9F0491B32DBce587c50c4C43AB303b06478193A7' },
  ],
  links: [{ label: 'Stader', url: 'https://www.staderlabs.com' }],
}
