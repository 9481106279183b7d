import { DAY, WAD } from '../math/fixedPoint.ts'
import { definePool, PLAUSIBLE } from './definePool.ts'
import { readSupply } from './infrastructure.ts'
import { defineRead } from './read.ts'

const osETH = '0xf1C9acDc66974dFB6dEcB12aA385b9cD01190E38'
const controller = '0x2A261e60FB14586B474C208b1B7AC6D0f5000306'

export const stakewise = definePool({
  kind: 'token',
  id: 'stakewise',
  name: 'StakeWise',
  category: 'protocol',
  token: { symbol: 'osETH', address: osETH },
  unit: 'ETH',
  accrual: 'continuous',
  rate: defineRead(controller, '0x07a2d13a convertToAssets(uint256 shares) view returns (uint256 assets)', [
    WAD,
  ]),
  supply: readSupply(osETH),
  bounds: PLAUSIBLE,
  firstBlock: 18_470_087n,
  // About twice a day the keeper sets the slope; no getter of that time is known here.
  cadence: DAY / 2n,
  fee: {
    kind: 'read',
    reads: [defineRead(controller, '0x7fd6f15c feePercent() view returns (uint16)')],
    whole: 10_000n,
  },
  // 0x8023…e471 speaks like a feed but repeats the protocol's own rate, always fresh.
  market: {
    kind: 'none',
    why: 'No feed of a market price is confirmed. StakeWise’s PriceFeed repeats the protocol’s own rate.',
  },
  exit: { figures: [] },
  // AvgRewardPerSecondUpdated gives the slope, not the rate.
  reports: [],
  siblings: [],
  colour: 7,
})
