import { DAY, WAD } from '../math/fixedPoint.ts'
import { definePool, PLAUSIBLE } from './definePool.ts'
import { readSupply } from './infrastructure.ts'
import { defineRead } from './read.ts'

const ankrETH = '0xE95A203B1a91a908F9B9CE46459d101078c2c3cb'
const aETHb = '0xD01ef7C0A5d8c432fc2d1a85c66cF2327362E5C6'
const globalPool = '0x84db6eE82b7Cf3b47E8F19270abdE5718B936670'

const sharesToBonds = defineRead(ankrETH, '0x6c58d43d sharesToBonds(uint256 amount) view returns (uint256)', [
  WAD,
])

export const ankr = definePool({
  kind: 'token',
  id: 'ankr',
  name: 'Ankr',
  category: 'protocol',
  token: { symbol: 'ankrETH', address: ankrETH },
  unit: 'ETH',
  accrual: 'report',
  // ratio() is the inverse, shares per ETH, and falls as ether is earned; this is the same figure the right way up.
  rate: sharesToBonds,
  supply: readSupply(ankrETH),
  bounds: PLAUSIBLE,
  // Ankr's first stake; approximate, as its own page has it. Whether sharesToBonds was there from then on is
  // UNCONFIRMED; a worked example of Ankr's documentation is of the second block.
  firstBlock: 11_225_126n,
  readableBy: 18_283_573n,
  cadence: DAY,
  fee: { kind: 'published', fraction: WAD / 10n, source: 'Ankr’s documentation', date: '2026-11-22' },
  market: { kind: 'none', why: 'No feed of a market price of ankrETH on Ethereum is known.' },
  exit: {
    figures: [
      {
        label: 'Waiting to be unstaked',
        read: defineRead(globalPool, '0x126d5df6 getTotalPendingUnstakes() view returns (uint256)'),
        kind: 'amount',
        unit: 'ETH',
      },
    ],
  },
  reports: [
    {
      // Not seen in a live log from here: the declaration stands in Ankr's published sources.
      signature: 'RatioUpdate(uint256 newRatio)',
      topic: '0xb779c97cee7508e970bdead8c3ef0bd16f8c63dbba28fe88f7c7a56722fc564d',
      addresses: [ankrETH],
      rate: ({ newRatio = 0n }) => (newRatio === 0n ? 0n : WAD ** 2n / newRatio),
      measured: () => ({}),
    },
  ],
  siblings: [
    {
      kind: 'rebasing',
      symbol: 'aETHb',
      address: aETHb,
      note: 'ankrETH locked in its rebasing form: the balance is ETH already, and its shares are not in the ankrETH balance.',
      shares: account =>
        defineRead(aETHb, '0x9bbb02da lockedSharesOf(address) view returns (uint256)', [account]),
      rate: sharesToBonds,
      // Its Transfer tells ether, which the ratio of that moment turned into shares.
      moves: 'net',
    },
  ],
  colour: 3,
})
