import { type Address, pad, toFunctionSelector } from 'viem'
import { call, type KeeperCall } from '../keeperCall.ts'
import type { Line } from '../line.ts'
import { nameCall, supplyCall } from './token.ts'
import type { Twin, TwinDay } from './twin.ts'

/** A pool whose token answers one call with its rate, and that needs nothing else. */
export type PlainPool = {
  readonly id: string
  readonly token: Address
  readonly symbol: string
  /** The rate call's signature, such as `getRate()`. */
  readonly rateCall: string
  readonly line: Line
  readonly appears?: number
}

/** Make the twin of a plain pool. */
export function plainTwin({ token, symbol, rateCall, ...pool }: PlainPool): Twin {
  const selector = pad(toFunctionSelector(rateCall), { dir: 'right' })
  const day = ({ rate, supply }: TwinDay): KeeperCall[] => [
    supplyCall(token, supply),
    call(token, 'keeperRate(bytes32,uint256)', selector, rate),
  ]
  return {
    ...pool,
    code: { [token]: 'Plain' },
    holdings: [token],
    seed: today => [nameCall(token, symbol, symbol), ...day(today)],
    day,
  }
}
