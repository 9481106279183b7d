import { WAD } from '../../src/math/fixedPoint.ts'

// The numbers that others published about the pools, as published.ts holds their calls.

/** One figure that each token's contract answered on mainnet, or an operator's own worked example. */
export const REAL_RATES: Readonly<Record<string, bigint>> = {
  'rocket-pool': 1_172_468_133_468_041_111n,
  ankr: 1_132_864_262_858_608_623n,
  lido: 1_244_787_728_742_679_575n,
  coinbase: 1_140_271_960_618_816_802n,
  'ether-fi': 1_086_014_548_162_807_370n,
}

/** The feed of a market price, and whether it prices the token or the unit that its rate counts. */
export const FEEDS: Readonly<Record<string, readonly [string, 'token' | 'unit'] | 'none'>> = {
  'rocket-pool': ['0x536218f9E9Eb48863970252233c8F271f554C2d0', 'token'],
  ankr: 'none',
  lido: ['0x86392dC19c0b719886221c78AB11eb8Cf5c52812', 'unit'],
  coinbase: ['0xF017fcB346A1885194689bA23Eff2fE6fA5C483b', 'token'],
  binance: 'none',
  frax: ['0xC58F3385FBc1C8AD2c0C9a061D7c13b141D7A5Df', 'unit'],
  stakewise: 'none',
  stader: ['0xC5f8c4aB091Be1A899214c0C3636ca33DcA0C547', 'token'],
  mantle: ['0x5b563107C8666d2142C216114228443B94152362', 'token'],
  swell: ['0xec21B3e882CE09928cb397DcfF31B15cBBD1e1C3', 'token'],
  'liquid-collective': 'none',
  'ether-fi': ['0x5c9C449BbC9a6075A2c061dF312a35fd1E05fF22', 'token'],
  origin: ['0x703118C4CbccCBF2AB31913e0f8075fbbb15f563', 'unit'],
  dinero: ['0x19219BC90F48DeE4d5cF202E09c438FAacFd8Bea', 'token'],
}

/** Contracts that answer the protocol's own rate in the shape of a price, and feeds in US dollars. */
export const NO_FEEDS: readonly string[] = [
  // StakeWise's PriceFeed: the rate, updated now.
  '0x8023518b2192FB5384DAdc596765B3dD1cdFe471',
  // Chainlink's LsETH/ETH "Exchange Rate".
  '0xE858728eB31a25C4AcCcE17d01B68dCFC3A0ED2C',
  // Stader's rate in the format of a feed.
  '0xdd487947c579af433AeeF038Bf1573FdBB68d2d3',
  // Rate providers, as Balancer uses them: rETH, ankrETH, cbETH, wBETH, sfrxETH, ETHx, LsETH.
  '0x1a8F81c256aee9C640e14bB0453ce247ea0DFE6F',
  '0x00F8e64a8651E3479A0B20F46b1D462Fe29D6aBc',
  '0x7311E4BB8a72e7B300c5B8BDE4de6CdaA822a5b1',
  '0xdE76434352633349f119bcE523d092743fEF20E9',
  '0x302013E7936a39c358d07A3Df55dc94EC417E3a1',
  '0xAAE054B9b822554dd1D9d1F48f892B4585D3bbf0',
  '0xe346245DAEA4b541BC2a8A6B2B1e3eDb6A32c866',
  // Ankr's RatioFeed: the inverse besides.
  '0xCb0006B31e6b403fEeEC257A8ABeE0817bEd7eBa',
  // Chainlink's stETH/USD, wstETH/USD and ETH/USD.
  '0xCfE54B5cD566aB89272946F602D76Ea879CAb4a8',
  '0x164b276057258d81941e97B0a900D4C7B358bCe0',
  '0x5f4eC3Df9cbd43714FE2740f5E3616155c5b8419',
]

/** What the contract that tells the fee calls the whole, or the fraction that is published; undefined: unknown. */
export const FEES: Readonly<Record<string, { whole: bigint } | { fraction: bigint } | undefined>> = {
  'rocket-pool': { whole: WAD },
  ankr: { fraction: WAD / 10n },
  lido: { whole: 10_000n },
  coinbase: { fraction: WAD / 4n },
  binance: { fraction: WAD / 10n },
  frax: { fraction: WAD / 10n },
  stakewise: { whole: 10_000n },
  stader: { fraction: WAD / 10n },
  mantle: { whole: 10_000n },
  swell: { whole: WAD },
  'liquid-collective': { whole: 10_000n },
  'ether-fi': undefined,
  origin: { whole: 10_000n },
  dinero: { whole: 1_000_000n },
}

/** What a rate counts, and how it grows: with reports, or in every block. */
export const RATES: Readonly<Record<string, readonly [string, 'report' | 'continuous']>> = {
  'rocket-pool': ['ETH', 'report'],
  ankr: ['ETH', 'report'],
  lido: ['ETH', 'report'],
  coinbase: ['ETH', 'report'],
  binance: ['ETH', 'report'],
  frax: ['frxETH', 'continuous'],
  stakewise: ['ETH', 'continuous'],
  stader: ['ETH', 'report'],
  mantle: ['ETH', 'report'],
  swell: ['ETH', 'report'],
  'liquid-collective': ['ETH', 'report'],
  'ether-fi': ['ETH', 'report'],
  origin: ['OETH', 'report'],
  dinero: ['pxETH', 'continuous'],
}

/** Blocks at which a contract was made, or from which others read it. */
export const FIRST_BLOCKS: Readonly<Record<string, bigint>> = {
  'rocket-pool': 13_325_304n,
  ankr: 11_225_126n,
  lido: 11_888_477n,
  coinbase: 14_133_762n,
  binance: 17_080_241n,
  frax: 15_686_046n,
  stakewise: 18_470_087n,
  mantle: 18_290_587n,
  'liquid-collective': 15_676_402n,
  'ether-fi': 17_664_336n,
  origin: 17_141_658n,
}

/** Where it is only known about when: nobody saw the contract before the first block, and it was there at the second. */
export const MADE_WITHIN: Readonly<Record<string, readonly [bigint, bigint]>> = {
  stader: [17_400_000n, 17_500_000n],
  swell: [17_030_767n, 17_030_767n],
  // December 2023.
  dinero: [18_690_000n, 18_910_000n],
}

/** What the figures about the way out count, in the order of their calls; a share's whole. */
export const EXITS: Readonly<Record<string, readonly (string | bigint)[]>> = {
  'rocket-pool': ['ETH', 'ETH'],
  ankr: ['ETH'],
  lido: ['stETH', 'requests', 'ETH'],
  mantle: ['ETH', 'ETH'],
  'liquid-collective': ['LsETH', 'requests', 'ETH'],
  'ether-fi': ['ETH'],
  dinero: [1_000_000n],
}
