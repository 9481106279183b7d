import { WAD } from '../math/fixedPoint.ts'
import { definePool } from './definePool.ts'
import { defineRead } from './read.ts'

const ankrETH = '0xE95A203B1a91a908F9B9CE46459d101078c2c3cb'

export const ankr = definePool({
  kind: 'token',
  id: 'ankr',
  name: 'Ankr',
  summary: 'Run by Ankr; the ratio of shares to ether is set about once a day.',
  token: { symbol: 'ankrETH', address: ankrETH },
  unit: 'ETH',
  accrual: 'report',
  // ratio() is the inverse, shares per ETH, and falls as ether is earned; this is the same figure the right way up.
  rate: defineRead(ankrETH, 'sharesToBonds(uint256 amount) view returns (uint256)', [WAD]),
  supply: defineRead(ankrETH, 'totalSupply() view returns (uint256)'),
  supplyNote:
    'Tokens in existence × rate. The shares locked inside aETHb are among them and are not added again.',
  bounds: { lowest: (9n * WAD) / 10n, highest: (25n * WAD) / 10n },
  // Ankr's first stake; approximate, as its own page has it.
  firstBlock: 11_225_126n,
  cadence: 86_400n,
  reports: [
    {
      // Not seen in a live log from here: the declaration stands in Ankr's published sources.
      signature: 'RatioUpdate(uint256 newRatio)',
      addresses: [ankrETH],
      rate: ({ newRatio = 0n }) => (newRatio === 0n ? 0n : WAD ** 2n / newRatio),
      measured: () => ({}),
    },
  ],
  siblings: [
    {
      symbol: 'aETHb',
      address: '0xD01ef7C0A5d8c432fc2d1a85c66cF2327362E5C6',
      note: 'ankrETH locked in its rebasing form: the balance is ETH already, and its shares are not in the ankrETH balance.',
    },
  ],
  contracts: [
    { name: 'ankrETH', address: ankrETH, note: 'upgradeable proxy' },
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
  colour: 3,
})
