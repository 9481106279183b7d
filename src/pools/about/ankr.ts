import type { AboutToken } from '../definePool.ts'

export const ankr: AboutToken = {
  summary: 'Run by Ankr; the ratio of shares to ether is set about once a day.',
  supply:
    'Tokens in existence × rate. The shares locked inside aETHb are among them and are not added again.',
  exit: 'Unstaking waits in a queue, first come first served. An instant exit through Ankr’s swap pool is not read.',
  contracts: [
    { name: 'ankrETH', address: '0xE95A203B1a91a908F9B9CE46459d101078c2c3cb', note: 'upgradeable proxy' },
    {
      name: 'aETHb',
      address: '0xD01ef7C0A5d8c432fc2d1a85c66cF2327362E5C6',
      note: 'rebasing form, closed to new stake',
    },
    {
      name: 'GlobalPool',
      address: '0x84db6eE82b7Cf3b47E8F19270abdE5718B936670',
      note: 'proxy; stakes and unstakes',
    },
  ],
  links: [{ label: 'Ankr documentation', url: 'https://www.ankr.com/docs' }],
}
