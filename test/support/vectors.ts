/** One report of Rocket Pool's oracle as its event told it. Times in seconds, amounts in wei. */
export type ReportRow = {
  /** The block that the oracle measured, not the one in which the report landed. */
  readonly block: bigint
  /** Only the newer event says when the oracle measured. */
  readonly slotTimestamp: bigint | undefined
  readonly totalEth: bigint
  readonly stakingEth: bigint
  readonly rethSupply: bigint
  /** When the report landed. */
  readonly time: bigint
  readonly rate: bigint
}

/** What two reports imply. `apr` is WAD, rounded down; `apyPercent` has 8 decimals, computed with 60-digit decimals. */
export type ReportPair = {
  readonly from: bigint
  readonly to: bigint
  readonly seconds: bigint
  readonly growth: bigint
  readonly apr: bigint
  readonly apyPercent: string
}

/** Mainnet, source: RocketNetworkBalances BalancesUpdated events. */
export const reportRows: readonly ReportRow[] = [
  {
    block: 13_343_040n,
    slotTimestamp: undefined,
    totalEth: 16_000_245_324_450_000_000n,
    stakingEth: 16_000_245_324_450_000_000n,
    rethSupply: 16_000_000_000_000_000_000n,
    time: 1_633_220_514n,
    rate: 1_000_015_332_778_125_000n,
  },
  {
    block: 13_749_120n,
    slotTimestamp: undefined,
    totalEth: 14_512_103_234_235_005_854_831n,
    stakingEth: 13_842_957_696_287_485_791_716n,
    rethSupply: 14_414_788_731_043_522_514_636n,
    time: 1_638_750_585n,
    rate: 1_006_751_018_347_005_527n,
  },
  {
    block: 14_400_000n,
    slotTimestamp: undefined,
    totalEth: 71_266_161_180_298_544_179_214n,
    stakingEth: 64_962_161_375_178_000_944_603n,
    rethSupply: 69_972_095_852_269_594_067_712n,
    time: 1_647_466_499n,
    rate: 1_018_494_019_827_004_741n,
  },
  {
    block: 14_999_040n,
    slotTimestamp: undefined,
    totalEth: 93_537_218_494_109_293_581_374n,
    stakingEth: 93_422_861_043_707_441_053_920n,
    rethSupply: 90_951_456_990_323_722_830_890n,
    time: 1_655_765_210n,
    rate: 1_028_430_127_337_714_540n,
  },
  {
    block: 15_534_720n,
    slotTimestamp: undefined,
    totalEth: 112_463_299_187_480_508_874_390n,
    stakingEth: 112_213_122_386_815_198_905_402n,
    rethSupply: 108_421_002_690_275_876_567_736n,
    time: 1_663_184_877n,
    rate: 1_037_283_334_380_813_469n,
  },
  {
    block: 15_540_480n,
    slotTimestamp: undefined,
    totalEth: 112_827_359_788_266_245_617_013n,
    stakingEth: 112_254_155_422_381_935_648_025n,
    rethSupply: 108_763_098_277_542_022_590_963n,
    time: 1_663_262_051n,
    rate: 1_037_368_018_887_739_180n,
  },
  {
    block: 16_001_280n,
    slotTimestamp: undefined,
    totalEth: 160_788_153_975_189_182_214_551n,
    stakingEth: 154_070_457_890_619_482_448_980n,
    rethSupply: 153_477_424_042_295_907_525_996n,
    time: 1_668_828_047n,
    rate: 1_047_633_910_840_714_626n,
  },
  {
    block: 16_502_400n,
    slotTimestamp: undefined,
    totalEth: 195_932_888_873_847_133_618_868n,
    stakingEth: 189_557_332_086_872_711_934_800n,
    rethSupply: 185_483_543_091_777_883_258_178n,
    time: 1_674_874_631n,
    rate: 1_056_335_702_930_253_379n,
  },
  {
    block: 17_066_880n,
    slotTimestamp: undefined,
    totalEth: 248_552_842_226_404_395_408_570n,
    stakingEth: 228_087_823_240_497_959_390_002n,
    rethSupply: 233_082_961_332_074_296_559_422n,
    time: 1_681_739_975n,
    rate: 1_066_370_706_832_963_620n,
  },
  {
    block: 17_072_640n,
    slotTimestamp: undefined,
    totalEth: 255_860_299_583_484_044_528_602n,
    stakingEth: 227_841_658_258_566_884_590_407n,
    rethSupply: 239_912_672_281_807_574_916_288n,
    time: 1_681_810_343n,
    rate: 1_066_472_634_188_093_148n,
  },
  {
    block: 18_000_000n,
    slotTimestamp: undefined,
    totalEth: 553_730_989_866_004_217_264_957n,
    stakingEth: 493_898_412_080_169_425_000_995n,
    rethSupply: 511_914_877_294_544_885_688_486n,
    time: 1_693_067_663n,
    rate: 1_081_685_675_541_324_878n,
  },
  {
    block: 19_002_240n,
    slotTimestamp: undefined,
    totalEth: 618_603_918_123_280_210_864_233n,
    stakingEth: 589_988_545_104_160_896_578_337n,
    rethSupply: 564_753_530_645_357_022_451_666n,
    time: 1_705_201_331n,
    rate: 1_095_352_015_624_208_839n,
  },
  {
    block: 20_102_400n,
    slotTimestamp: undefined,
    totalEth: 559_262_724_169_721_692_237_541n,
    stakingEth: 524_546_978_712_955_221_290_738n,
    rethSupply: 504_356_249_756_802_560_548_039n,
    time: 1_718_518_403n,
    rate: 1_108_864_467_208_237_612n,
  },
  {
    block: 20_123_856n,
    slotTimestamp: 1_718_776_800n,
    totalEth: 559_223_438_366_307_295_722_844n,
    stakingEth: 524_691_300_815_019_971_760_648n,
    rethSupply: 504_209_644_284_703_649_583_743n,
    time: 1_718_777_603n,
    rate: 1_109_108_968_273_799_865n,
  },
  {
    block: 20_682_453n,
    slotTimestamp: 1_725_516_000n,
    totalEth: 548_931_903_633_032_450_548_968n,
    stakingEth: 503_464_014_106_087_834_375_430n,
    rethSupply: 492_190_776_028_154_186_561_409n,
    time: 1_725_516_767n,
    rate: 1_115_282_793_519_138_543n,
  },
  {
    block: 15_995_520n,
    slotTimestamp: undefined,
    totalEth: 160_165_786_229_409_823_434_971n,
    stakingEth: 153_883_087_367_095_252_108_045n,
    rethSupply: 152_897_531_162_862_720_361_827n,
    time: 1_668_758_879n,
    rate: 1_047_536_771_923_446_789n,
  },
  {
    block: 17_994_240n,
    slotTimestamp: undefined,
    totalEth: 552_285_721_850_234_488_413_559n,
    stakingEth: 493_897_606_761_183_836_220_026n,
    rethSupply: 510_620_794_445_410_392_337_555n,
    time: 1_692_998_135n,
    rate: 1_081_596_613_099_309_301n,
  },
  {
    block: 20_131_012n,
    slotTimestamp: 1_718_863_200n,
    totalEth: 559_248_783_946_047_504_646_425n,
    stakingEth: 524_618_466_444_168_409_688_213n,
    rethSupply: 504_197_126_340_175_197_013_127n,
    time: 1_718_863_991n,
    rate: 1_109_186_773_842_756_246n,
  },
  {
    block: 20_675_283n,
    slotTimestamp: 1_725_429_600n,
    totalEth: 548_963_775_474_164_526_621_074n,
    stakingEth: 503_271_691_453_178_847_153_346n,
    rethSupply: 492_250_122_762_930_641_981_189n,
    time: 1_725_430_331n,
    rate: 1_115_213_079_872_704_014n,
  },
  {
    block: 20_632_311n,
    slotTimestamp: 1_724_911_200n,
    totalEth: 552_105_277_261_477_851_220_105n,
    stakingEth: 508_634_929_925_862_277_921_377n,
    rethSupply: 495_247_831_311_790_231_063_337n,
    time: 1_724_911_979n,
    rate: 1_114_806_047_305_822_963n,
  },
]

/** Worked out from the rows above with another language's decimals. */
export const reportPairs: readonly ReportPair[] = [
  {
    from: 13_343_040n,
    to: 13_749_120n,
    seconds: 5_530_071n,
    growth: 6_735_685_568_880_527n,
    apr: 38_410_596_032_828_632n,
    apyPercent: '3.90240043',
  },
  {
    from: 13_749_120n,
    to: 14_400_000n,
    seconds: 8_715_914n,
    growth: 11_743_001_479_999_214n,
    apr: 42_203_717_620_542_748n,
    apyPercent: '4.28522190',
  },
  {
    from: 14_400_000n,
    to: 14_999_040n,
    seconds: 8_298_711n,
    growth: 9_936_107_510_709_799n,
    apr: 37_072_661_426_676_348n,
    apyPercent: '3.75819878',
  },
  {
    from: 14_999_040n,
    to: 15_534_720n,
    seconds: 7_419_667n,
    growth: 8_853_207_043_098_929n,
    apr: 36_588_787_929_166_097n,
    apyPercent: '3.71039852',
  },
  {
    from: 15_534_720n,
    to: 15_540_480n,
    seconds: 77174n,
    growth: 84_684_506_925_711n,
    apr: 33_361_238_048_344_594n,
    apyPercent: '3.39225565',
  },
  {
    from: 15_540_480n,
    to: 16_001_280n,
    seconds: 5_565_996n,
    growth: 10_265_891_952_975_446n,
    apr: 56_069_612_043_963_334n,
    apyPercent: '5.73798345',
  },
  {
    from: 16_001_280n,
    to: 16_502_400n,
    seconds: 6_046_584n,
    growth: 8_701_792_089_538_753n,
    apr: 43_320_720_521_252_856n,
    apyPercent: '4.40859323',
  },
  {
    from: 16_502_400n,
    to: 17_066_880n,
    seconds: 6_865_344n,
    growth: 10_035_003_902_710_241n,
    apr: 43_637_502_908_718_934n,
    apyPercent: '4.43884847',
  },
  {
    from: 17_066_880n,
    to: 17_072_640n,
    seconds: 70368n,
    growth: 101_927_355_129_528n,
    apr: 42_836_496_906_450_043n,
    apyPercent: '4.37650850',
  },
  {
    from: 17_072_640n,
    to: 18_000_000n,
    seconds: 11_257_320n,
    growth: 15_213_041_353_231_730n,
    apr: 39_961_145_171_003_419n,
    apyPercent: '4.04765275',
  },
  {
    from: 18_000_000n,
    to: 19_002_240n,
    seconds: 12_133_668n,
    growth: 13_666_340_082_883_961n,
    apr: 32_837_164_196_896_123n,
    apyPercent: '3.31697024',
  },
  {
    from: 19_002_240n,
    to: 20_102_400n,
    seconds: 13_317_072n,
    growth: 13_512_451_584_028_773n,
    apr: 29_213_143_916_704_274n,
    apyPercent: '2.94600310',
  },
  {
    from: 20_102_400n,
    to: 20_123_856n,
    seconds: 259200n,
    growth: 244_501_065_562_253n,
    apr: 26_827_110_546_974_569n,
    apyPercent: '2.71871594',
  },
  {
    from: 20_123_856n,
    to: 20_682_453n,
    seconds: 6_739_200n,
    growth: 6_173_825_245_338_678n,
    apr: 26_048_239_542_162_488n,
    apyPercent: '2.63163259',
  },
  {
    from: 15_995_520n,
    to: 16_001_280n,
    seconds: 69168n,
    growth: 97_138_917_267_837n,
    apr: 42_279_064_589_823_908n,
    apyPercent: '4.31835095',
  },
  {
    from: 17_994_240n,
    to: 18_000_000n,
    seconds: 69528n,
    growth: 89_062_442_015_577n,
    apr: 37_348_756_795_477_356n,
    apyPercent: '3.80533903',
  },
  {
    from: 20_123_856n,
    to: 20_131_012n,
    seconds: 86400n,
    growth: 77_805_568_956_381n,
    apr: 25_605_268_266_182_070n,
    apyPercent: '2.59349777',
  },
  {
    from: 20_675_283n,
    to: 20_682_453n,
    seconds: 86400n,
    growth: 69_713_646_434_529n,
    apr: 22_816_698_806_570_273n,
    apyPercent: '2.30782612',
  },
  {
    from: 20_632_311n,
    to: 20_682_453n,
    seconds: 604800n,
    growth: 476_746_213_315_580n,
    apr: 22_298_865_129_400_289n,
    apyPercent: '2.25444690',
  },
]

/** The totals before and after one or more Lido reports, and the APR in percent to 6 decimals. */
export type LidoRebase = {
  readonly timeElapsed: bigint
  readonly preTotalShares: bigint
  readonly preTotalEther: bigint
  readonly postTotalShares: bigint
  readonly postTotalEther: bigint
  readonly aprPercent: string
}

/** Mainnet, source: the test vectors of Lido's own SDK (stETH TokenRebased events). */
export const lidoRebases: readonly LidoRebase[] = [
  {
    timeElapsed: 950400n,
    preTotalShares: 8_066_681_860_242_338_824_295_513n,
    preTotalEther: 9_263_068_471_084_128_020_814_862n,
    postTotalShares: 8_015_162_922_459_393_384_526_309n,
    postTotalEther: 9_214_558_073_511_239_726_258_077n,
    aprPercent: '3.839317',
  },
  {
    timeElapsed: 9_244_800n,
    preTotalShares: 7_381_214_257_921_691_114_069_196n,
    preTotalEther: 8_394_212_555_328_852_098_606_993n,
    postTotalShares: 8_015_162_922_459_393_384_526_309n,
    postTotalEther: 9_214_558_073_511_239_726_258_077n,
    aprPercent: '3.719662',
  },
  {
    timeElapsed: 12_009_600n,
    preTotalShares: 352_884_611_916_239_405_037_988n,
    preTotalEther: 411_807_460_465_253_736_065_963n,
    postTotalShares: 941_217_337_772_777_324_482_426n,
    postTotalEther: 1_117_524_237_432_571_389_949_096n,
    aprPercent: '4.577560',
  },
  {
    timeElapsed: 4608n,
    preTotalShares: 380_434_172_050_725_886_214_426n,
    preTotalEther: 381_568_992_239_135_809_181_277n,
    postTotalShares: 380_434_280_124_073_199_943_710n,
    postTotalEther: 381_570_076_199_165_808_306_368n,
    aprPercent: '1.749753',
  },
]
