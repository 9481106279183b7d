/** A rate as a contract answered it or an event told it, and when it was measured. WAD and seconds. */
export type TokenRate = {
  /** The block of the event, or of the answer. */
  readonly block: bigint
  readonly time: bigint
  readonly rate: bigint
}

const rate = (block: bigint, time: bigint, value: bigint): TokenRate => ({ block, time, rate: value })

/** Mainnet, source: cbETH's ExchangeRateUpdated events; the times are those of their blocks. */
export const cbethRates = {
  september: rate(23_448_243n, 1_758_902_447n, 1_111_513_136_546_029_077n),
  october: rate(23_555_537n, 1_760_198_435n, 1_113_007_129_166_599_535n),
  beforeGap: rate(23_612_734n, 1_760_889_647n, 1_113_650_255_170_016_934n),
  afterGap: rate(23_626_990n, 1_761_062_447n, 1_113_808_184_793_140_691n),
  previous: rate(26_048_385n, 1_790_265_863n, 1_140_196_904_717_719_046n),
  newest: rate(26_055_521n, 1_790_352_047n, 1_140_271_960_618_816_802n),
} as const

/** The rate that cbETH answered before the update of block 23,448,243. */
export const CBETH_BEFORE_SEPTEMBER = 1_111_431_839_105_419_023n

/** Mainnet, source: stETH's TokenRebased events and wstETH's stEthPerToken at their blocks; the times are reportTimestamp. */
export const wstethRates = {
  first: rate(17_272_708n, 1_684_238_411n, 1_124_349_506_893_718_109n),
  second: rate(17_279_454n, 1_684_324_811n, 1_124_504_367_992_424_664n),
  previous: rate(26_040_148n, 1_790_164_811n, 1_244_710_915_700_866_902n),
  newest: rate(26_047_293n, 1_790_251_211n, 1_244_787_728_742_679_575n),
} as const

/** Mainnet, source: weETH.getRate() before and after a block that has no Rebase event, and around one that has. */
export const weethSteps = {
  withoutEvent: [1_085_092_484_845_040_000n, 1_085_092_486_141_647_235n],
  withEvent: [1_085_092_486_548_424_340n, 1_085_120_547_304_605_106n],
} as const

/** Source: Ankr's published worked examples: shares, their ether, `ratio()` and the rate that follows. */
export const ankrRatios = [
  {
    shares: 27_215_630_108_443_761_510_111n,
    ether: 30_834_239_534_811_120_650_675n,
    ratio: 882_643_143_435_334_753n,
    rate: 1_132_960_707_209_371_965n,
  },
  {
    shares: 27_246_524_108_443_761_510_111n,
    ether: 30_866_613_449_571_450_375_314n,
    ratio: 882_718_285_663_503_849n,
    rate: 1_132_864_262_858_608_623n,
  },
] as const

/**
 * Lido's daily APRs around 7 April 2025, in hundredths of a percent. Source: a public dashboard of its reports; the single
 * values of the other days are not at hand, only that they lay between `low` and `high`.
 */
export const lidoWeek = { day: 734n, low: 270n, high: 330n, mean: 371n, median: 316n } as const

/** Rates that public adapters showed while they divided by 1 instead of by the first rate, and the true ones, in hundredths of a percent. */
export const dividedByOne = [
  { symbol: 'cbETH', shown: 284n, right: 250n },
  { symbol: 'ETHx', shown: 232n, right: 209n },
  { symbol: 'mETH', shown: 235n, right: 214n },
  { symbol: 'weETH', shown: 252n, right: 229n },
  { symbol: 'LsETH', shown: 323n, right: 305n },
] as const
