import { type Address, concatHex, decodeAbiParameters, encodeAbiParameters, type Hex } from 'viem'
import { UnexpectedReply } from './errors.ts'

/** aggregate3((address target, bool allowFailure, bytes callData)[]) returns ((bool success, bytes returnData)[]) */
const AGGREGATE3: Hex = '0x82ad56cb'

const CALLS = [
  {
    type: 'tuple[]',
    components: [
      { name: 'target', type: 'address' },
      { name: 'allowFailure', type: 'bool' },
      { name: 'callData', type: 'bytes' },
    ],
  },
] as const

const RESULTS = [
  {
    type: 'tuple[]',
    components: [
      { name: 'success', type: 'bool' },
      { name: 'returnData', type: 'bytes' },
    ],
  },
] as const

export type InnerCall = { readonly address: Address; readonly callData: Hex }
export type InnerResult = { readonly success: boolean; readonly returnData: Hex }

/** Encode Multicall3's aggregate3 with every inner call allowed to fail, so that one pool cannot spoil the others. */
export const encodeAggregate = (calls: readonly InnerCall[]): Hex =>
  concatHex([
    AGGREGATE3,
    encodeAbiParameters(CALLS, [
      calls.map(({ address, callData }) => ({ target: address, allowFailure: true, callData })),
    ]),
  ])

/**
 * Decode aggregate3's answer.
 * @returns undefined where there is no Multicall3 at that block (empty answer)
 * @throws UnexpectedReply where the answer is cut short or has another number of results
 */
export function decodeAggregate(
  data: Hex,
  expected: number,
  operator: string,
): readonly InnerResult[] | undefined {
  if (data === '0x') return undefined
  try {
    const [results] = decodeAbiParameters(RESULTS, data)
    if (results.length === expected) return results
  } catch (cause) {
    throw new UnexpectedReply('answered half a result; ask another endpoint', { operator, cause, body: data })
  }
  throw new UnexpectedReply('answered a different number of results; ask another endpoint', {
    operator,
    body: data,
  })
}
