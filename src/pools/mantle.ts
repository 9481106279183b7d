import { DAY, WAD } from '../math/fixedPoint.ts'
import { definePool, PLAUSIBLE } from './definePool.ts'
import { readSupply } from './infrastructure.ts'
import { defineRead } from './read.ts'

const mETH = '0xd5F7838F5C461fefF7FE49ea5ebaF7728bB0ADfa'
const staking = '0xe3cBd06D7dadB3F4e6557bAb7EdD924CD1489E8f'
const unstakes = '0x38fDF7b489316e03eD8754ad339cb5c4483FDcf9'
const returns = '0x1766be66fBb0a1883d41B4cfB0a533c5249D3b82'

export const mantle = definePool({
  kind: 'token',
  id: 'mantle',
  name: 'Mantle',
  category: 'protocol',
  token: { symbol: 'mETH', address: mETH },
  unit: 'ETH',
  accrual: 'report',
  // ethToMETH is not the inverse: it takes a haircut from those who enter.
  rate: defineRead(staking, '0x5890c11c mETHToETH(uint256 mETHAmount) view returns (uint256)', [WAD]),
  supply: readSupply(mETH),
  pooled: defineRead(staking, '0x5940d90b totalControlled() view returns (uint256)'),
  bounds: PLAUSIBLE,
  firstBlock: 18_290_587n,
  // UNCONFIRMED: its oracle is taken to record about once a day.
  cadence: DAY,
  // Staking and unstaking divide anew and leave a remainder; a day’s step is some 1e-4.
  dust: WAD / 1_000_000n,
  fee: {
    kind: 'read',
    reads: [defineRead(returns, '0xcb043d04 feesBasisPoints() view returns (uint16)')],
    whole: 10_000n,
  },
  market: {
    kind: 'feed',
    name: 'Chainlink mETH/ETH',
    feed: '0x5b563107C8666d2142C216114228443B94152362',
    prices: 'token',
  },
  exit: {
    figures: [
      {
        label: 'Set aside beyond what is asked for',
        read: defineRead(unstakes, '0xc02d4c8e allocatedETHSurplus() view returns (uint256)'),
        kind: 'amount',
        unit: 'ETH',
      },
      {
        label: 'Asked for beyond what is set aside',
        read: defineRead(unstakes, '0x106b263c allocatedETHDeficit() view returns (uint256)'),
        kind: 'amount',
        unit: 'ETH',
      },
    ],
  },
  // OracleRecordAdded carries no rate, and OracleRecordModified may rewrite what it said.
  reports: [],
  siblings: [],
  colour: 9,
})
