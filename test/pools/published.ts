// What others published about the pools, independent of the definitions. A pool that is not here is held against the
// loops over all definitions only; a pool that is here must agree.

/** The contract and the selector of each call, by what it is asked for. */
export type PublishedCalls = {
  readonly rate: string
  readonly supply: string
  readonly pooled?: string
  readonly lastReport?: string
  readonly streamEnd?: string
  readonly fee?: readonly string[]
  readonly exit?: readonly string[]
}

export const CALLS: Readonly<Record<string, PublishedCalls>> = {
  'rocket-pool': {
    rate: '0xae78736Cd615f374D3085123A210448E74Fc6393 0xe6aa216c',
    supply: '0xae78736Cd615f374D3085123A210448E74Fc6393 0x18160ddd',
    lastReport: '0x1d8f8f00cfa6758d7bE78336684788Fb0ee0Fa46 0xbd02d0f5',
    fee: ['0x67Fd03a5095197D1aD1F932BC55E022C420b1153 0x7638f374'],
    exit: [
      '0xae78736Cd615f374D3085123A210448E74Fc6393 0xd6eb5910',
      '0xCE15294273CFb9D9b628F4D61636623decDF4fdC 0x1eddb626',
    ],
  },
  ankr: {
    rate: '0xE95A203B1a91a908F9B9CE46459d101078c2c3cb 0x6c58d43d',
    supply: '0xE95A203B1a91a908F9B9CE46459d101078c2c3cb 0x18160ddd',
    exit: ['0x84db6eE82b7Cf3b47E8F19270abdE5718B936670 0x126d5df6'],
  },
  lido: {
    rate: '0x7f39C581F595B53c5cb19bD0b3f8dA6c935E2Ca0 0x035faf82',
    supply: '0x7f39C581F595B53c5cb19bD0b3f8dA6c935E2Ca0 0x18160ddd',
    pooled: '0xae7ab96520DE3A18E5e111B5EaAb095312D7fE84 0x37cfdaca',
    fee: ['0xae7ab96520DE3A18E5e111B5EaAb095312D7fE84 0xced72f87'],
    exit: [
      '0x889edC2eDab5f40e902b864aD4d7AdE8E412F9B1 0xd0fb84e8',
      '0x889edC2eDab5f40e902b864aD4d7AdE8E412F9B1 0xc2fc7aff',
      '0xae7ab96520DE3A18E5e111B5EaAb095312D7fE84 0x47b714e0',
    ],
  },
  coinbase: {
    rate: '0xBe9895146f7AF43049ca1c1AE358B0541Ea49704 0x3ba0b9a9',
    supply: '0xBe9895146f7AF43049ca1c1AE358B0541Ea49704 0x18160ddd',
  },
  binance: {
    rate: '0xa2E3356610840701BDf5611a53974510Ae27E2e1 0x3ba0b9a9',
    supply: '0xa2E3356610840701BDf5611a53974510Ae27E2e1 0x18160ddd',
  },
  frax: {
    rate: '0xac3E018457B222d93114458476f3E3416Abbe38F 0x07a2d13a',
    supply: '0xac3E018457B222d93114458476f3E3416Abbe38F 0x18160ddd',
    lastReport: '0xac3E018457B222d93114458476f3E3416Abbe38F 0x6917516b',
    streamEnd: '0xac3E018457B222d93114458476f3E3416Abbe38F 0xe7ff69f1',
  },
  stakewise: {
    rate: '0x2A261e60FB14586B474C208b1B7AC6D0f5000306 0x07a2d13a',
    supply: '0xf1C9acDc66974dFB6dEcB12aA385b9cD01190E38 0x18160ddd',
    fee: ['0x2A261e60FB14586B474C208b1B7AC6D0f5000306 0x7fd6f15c'],
  },
  stader: {
    rate: '0xcf5EA1b38380f6aF39068375516Daf40Ed70D299 0xe6aa216c',
    supply: '0xA35b1B31Ce002FBF2058D22F30f95D405200A15b 0x18160ddd',
    lastReport: '0xF64bAe65f6f2a5277571143A24FaaFDFC0C2a737 0xe6aa216c',
  },
  mantle: {
    rate: '0xe3cBd06D7dadB3F4e6557bAb7EdD924CD1489E8f 0x5890c11c',
    supply: '0xd5F7838F5C461fefF7FE49ea5ebaF7728bB0ADfa 0x18160ddd',
    pooled: '0xe3cBd06D7dadB3F4e6557bAb7EdD924CD1489E8f 0x5940d90b',
    fee: ['0x1766be66fBb0a1883d41B4cfB0a533c5249D3b82 0xcb043d04'],
    exit: [
      '0x38fDF7b489316e03eD8754ad339cb5c4483FDcf9 0xc02d4c8e',
      '0x38fDF7b489316e03eD8754ad339cb5c4483FDcf9 0x106b263c',
    ],
  },
  swell: {
    rate: '0xf951E335afb289353dc249e82926178EaC7DEd78 0xd68b2cb6',
    supply: '0xf951E335afb289353dc249e82926178EaC7DEd78 0x18160ddd',
    lastReport: '0xf951E335afb289353dc249e82926178EaC7DEd78 0xfbda759b',
    fee: [
      '0xf951E335afb289353dc249e82926178EaC7DEd78 0x0f010466',
      '0xf951E335afb289353dc249e82926178EaC7DEd78 0x16b716d9',
    ],
  },
  'liquid-collective': {
    rate: '0x8c1BEd5b9a0928467c9B1341Da1D7BD5e10b6549 0xf79c3f02',
    supply: '0x8c1BEd5b9a0928467c9B1341Da1D7BD5e10b6549 0x18160ddd',
    pooled: '0x8c1BEd5b9a0928467c9B1341Da1D7BD5e10b6549 0x143a08d4',
    fee: ['0x8c1BEd5b9a0928467c9B1341Da1D7BD5e10b6549 0x1bcbfaba'],
    exit: [
      '0x080b3a41390b357Ad7e8097644d1DEDf57AD3375 0x0d8d2a54',
      '0x080b3a41390b357Ad7e8097644d1DEDf57AD3375 0x319798d1',
      '0x8c1BEd5b9a0928467c9B1341Da1D7BD5e10b6549 0x2d6b59bf',
    ],
  },
  'ether-fi': {
    rate: '0xCd5fE23C85820F7B72D0926FC9b05b43E359b7ee 0x679aefce',
    supply: '0xCd5fE23C85820F7B72D0926FC9b05b43E359b7ee 0x18160ddd',
    pooled: '0x308861A430be4cce5502d0A12724771Fc6DaF216 0x37cfdaca',
    exit: ['0x308861A430be4cce5502d0A12724771Fc6DaF216 0x7c90fbf0'],
  },
  origin: {
    rate: '0xDcEe70654261AF21C44c093C300eD3Bb97b78192 0x07a2d13a',
    supply: '0xDcEe70654261AF21C44c093C300eD3Bb97b78192 0x18160ddd',
    fee: ['0x39254033945AA2E4809Cc2977E7087BEE48bd7Ab 0x207134b0'],
  },
  dinero: {
    rate: '0x9Ba021B0a9b958B5E75cE9f6dff97C7eE52cb3E6 0x07a2d13a',
    supply: '0x9Ba021B0a9b958B5E75cE9f6dff97C7eE52cb3E6 0x18160ddd',
    lastReport: '0x9Ba021B0a9b958B5E75cE9f6dff97C7eE52cb3E6 0xebe2b12b',
    streamEnd: '0x9Ba021B0a9b958B5E75cE9f6dff97C7eE52cb3E6 0xebe2b12b',
    fee: ['0x9Ba021B0a9b958B5E75cE9f6dff97C7eE52cb3E6 0x26232a2e'],
    exit: ['0x9Ba021B0a9b958B5E75cE9f6dff97C7eE52cb3E6 0xa2468c19'],
  },
}

/** Topics and the contracts that emit them, for the events that carry a rate. */
export const REPORTS: Readonly<Record<string, readonly (readonly [string, readonly string[]])[]>> = {
  'rocket-pool': [
    [
      '0x7bbbb137fdad433d6168b1c75c714c72b8abe8d07460f0c0b433063e7bf1f394',
      ['0x138313f102cE9a0662F826fCA977E3ab4D6e5539', '0x07FCaBCbe4ff0d80c2b1eb42855C0131b6cba2F4'],
    ],
    [
      '0xdd27295717c4fbd48b1840f846e18be6f0b7bd6b55608e697e53b15848cecdf9',
      ['0x6Cc65bF618F55ce2433f9D8d827Fc44117D81399', '0x1D9F14C6Bfd8358b589964baD8665AdD248E9473'],
    ],
  ],
  ankr: [
    [
      '0xb779c97cee7508e970bdead8c3ef0bd16f8c63dbba28fe88f7c7a56722fc564d',
      ['0xE95A203B1a91a908F9B9CE46459d101078c2c3cb'],
    ],
  ],
  lido: [
    [
      '0xff08c3ef606d198e316ef5b822193c489965899eb4e3c248cea1a4626c3eda50',
      ['0xae7ab96520DE3A18E5e111B5EaAb095312D7fE84'],
    ],
  ],
  coinbase: [
    [
      '0x0b4e9390054347e2a16d95fd8376311b0d2deedecba526e9742bcaa40b059f0b',
      ['0xBe9895146f7AF43049ca1c1AE358B0541Ea49704'],
    ],
  ],
  binance: [
    [
      '0x0b4e9390054347e2a16d95fd8376311b0d2deedecba526e9742bcaa40b059f0b',
      ['0xa2E3356610840701BDf5611a53974510Ae27E2e1'],
    ],
  ],
  swell: [
    [
      '0xf0e4379b3fd6b436bf73f47761c746a33d02bbd47835cbd8050b130fb2c6db2e',
      ['0xf951E335afb289353dc249e82926178EaC7DEd78'],
    ],
  ],
  'liquid-collective': [
    [
      '0x3d1669e813a9845c288f0e1f642a4343a451103b87886d12de37e63b39bbd942',
      ['0x8c1BEd5b9a0928467c9B1341Da1D7BD5e10b6549'],
    ],
  ],
  'ether-fi': [
    [
      '0x11c6bf55864ff83827df712625d7a80e5583eef0264921025e7cd22003a21511',
      ['0x308861A430be4cce5502d0A12724771Fc6DaF216'],
    ],
  ],
  // Slopes, rewards that will stream in, marks without a rate, or an event that nobody saw on chain.
  frax: [],
  stakewise: [],
  stader: [],
  mantle: [],
  origin: [],
  dinero: [],
}

/** Arguments that each of these events has among its topics. */
export const INDEXED: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'rocket-pool': [[], ['block']],
  ankr: [[]],
  lido: [['reportTimestamp']],
  coinbase: [['oracle']],
  binance: [['oracle']],
  swell: [[]],
  'liquid-collective': [['_collector']],
  'ether-fi': [[]],
}
