import { type Address, getAddress, keccak256, slice, toHex } from 'viem'

/** Mainnet addresses at which the embedded chain's contracts stand. */
export const PLACES = {
  multicall3: '0xcA11bde05977b3631167028862bE2a173976CA11',
  ethUsdFeed: '0x5f4eC3Df9cbd43714FE2740f5E3616155c5b8419',
  rocketStorage: '0x1d8f8f00cfa6758d7bE78336684788Fb0ee0Fa46',
  reth: '0xae78736Cd615f374D3085123A210448E74Fc6393',
  rocketBalances1: '0x138313f102cE9a0662F826fCA977E3ab4D6e5539',
  rocketBalances2: '0x07FCaBCbe4ff0d80c2b1eb42855C0131b6cba2F4',
  rocketBalances3: '0x6Cc65bF618F55ce2433f9D8d827Fc44117D81399',
  rocketBalances4: '0x1D9F14C6Bfd8358b589964baD8665AdD248E9473',
  rocketDepositPool: '0xCE15294273CFb9D9b628F4D61636623decDF4fdC',
  rocketSettingsNetwork: '0x67Fd03a5095197D1aD1F932BC55E022C420b1153',
  rethEthFeed: '0x536218f9E9Eb48863970252233c8F271f554C2d0',
  ankrEth: '0xE95A203B1a91a908F9B9CE46459d101078c2c3cb',
  aethB: '0xD01ef7C0A5d8c432fc2d1a85c66cF2327362E5C6',
  ankrGlobalPool: '0x84db6eE82b7Cf3b47E8F19270abdE5718B936670',
  steth: '0xae7ab96520DE3A18E5e111B5EaAb095312D7fE84',
  wsteth: '0x7f39C581F595B53c5cb19bD0b3f8dA6c935E2Ca0',
  lidoWithdrawalQueue: '0x889edC2eDab5f40e902b864aD4d7AdE8E412F9B1',
  stethEthFeed: '0x86392dC19c0b719886221c78AB11eb8Cf5c52812',
  ensUniversalResolver: '0xeEeEEEeE14D718C2B47D9923Deab1335E144EeEe',
} as const satisfies Record<string, Address>

/** Make an address that is nobody's: the last 20 bytes of a phrase's hash. */
function phraseAddress(phrase: string): Address {
  return getAddress(slice(keccak256(toHex(phrase)), 12))
}

/** Sends the one transaction of a block. The phrase also stands in Keeper.sol. */
export const OPERATOR = phraseAddress('poolglass operator')

/** Carries out what a block brings. The phrase also stands in Kept.sol. */
export const KEEPER = phraseAddress('poolglass keeper')

/** Holds all that no demo wallet holds. The phrase also stands in Kept.sol. */
export const OTHERS = phraseAddress('poolglass everybody else')

/** Wallets to look at: one with everything, one with rETH alone, one with nothing. */
export const DEMO_WALLETS = {
  everything: phraseAddress('poolglass demo wallet 1'),
  rethOnly: phraseAddress('poolglass demo wallet 2'),
  nothing: phraseAddress('poolglass demo wallet 3'),
} as const

/** Knows the names' addresses, or the gateways to ask. */
export const NAME_RESOLVER = phraseAddress('poolglass name resolver')

/** Names of the demo wallets; one that has no address, and one whose address only a gateway tells. */
export const DEMO_NAMES = {
  everything: 'glass.eth',
  rethOnly: 'reth.glass.eth',
  nothing: 'nothing.glass.eth',
  far: 'far.glass.eth',
} as const
