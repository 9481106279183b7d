import type { AboutToken } from '../definePool.ts'

export const rocketPool: AboutToken = {
  summary:
    'Permissionless node operators; rETH follows the balances that an oracle DAO reports about once a day.',
  supply:
    'Tokens in existence × rate. The oracle’s own total is older: it leaves out deposits since the last report.',
  lastReport: 'When the report landed. The oracle measured some minutes to hours before.',
  fee: 'Shares of node operators, voters and the protocol DAO together.',
  exit: 'Burning rETH gives its ether at once, as far as the collateral reaches; there is no queue. New stake enters as far as the deposit pool has room.',
  contracts: [
    { name: 'rETH', address: '0xae78736Cd615f374D3085123A210448E74Fc6393' },
    {
      name: 'RocketStorage',
      address: '0x1d8f8f00cfa6758d7bE78336684788Fb0ee0Fa46',
      note: 'registry of the rest',
    },
    {
      name: 'RocketDepositPool',
      address: '0xCE15294273CFb9D9b628F4D61636623decDF4fdC',
      note: 'since protocol 1.4',
    },
    {
      name: 'RocketDAOProtocolSettingsNetwork',
      address: '0x67Fd03a5095197D1aD1F932BC55E022C420b1153',
      note: 'since protocol 1.4',
    },
    {
      name: 'RocketNetworkBalances v1',
      address: '0x138313f102cE9a0662F826fCA977E3ab4D6e5539',
      note: 'blocks 13,325,250 (about) to 17,069,897',
    },
    {
      name: 'RocketNetworkBalances v2',
      address: '0x07FCaBCbe4ff0d80c2b1eb42855C0131b6cba2F4',
      note: 'from 17,069,898 to 20,107,788 (unconfirmed)',
    },
    {
      name: 'RocketNetworkBalances v3',
      address: '0x6Cc65bF618F55ce2433f9D8d827Fc44117D81399',
      note: 'from 20,107,789 (unconfirmed) to 24,479,993',
    },
    {
      name: 'RocketNetworkBalances v4',
      address: '0x1D9F14C6Bfd8358b589964baD8665AdD248E9473',
      note: 'since block 24,479,994',
    },
  ],
  links: [
    { label: 'Rocket Pool', url: 'https://rocketpool.net' },
    { label: 'Contract documentation', url: 'https://docs.rocketpool.net' },
  ],
}
