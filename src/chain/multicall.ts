import { type Address, decodeFunctionResult, encodeFunctionData, type Hex, isHex, parseAbi } from 'viem'
import { UnexpectedReply } from './errors.ts'

const abi = parseAbi([
  'function aggregate3((address target, bool allowFailure, bytes callData)[] calls) payable returns ((bool success, bytes returnData)[] returnData)',
])

export type InnerCall = { readonly address: Address; readonly callData: Hex }
export type InnerResult = { readonly success: boolean; readonly returnData: Hex }

/** Encode Multicall3's aggregate3 with every inner call allowed to fail, so that one pool cannot spoil the others. */
export const encodeAggregate = (calls: readonly InnerCall[]): Hex =>
  encodeFunctionData({
    abi,
    functionName: 'aggregate3',
    args: [calls.map(({ address, callData }) => ({ target: address, allowFailure: true, callData }))],
  })

/** Require bytes where an endpoint may answer anything. */
export function requireHex(result: unknown, operator: string): Hex {
  if (typeof result === 'string' && isHex(result)) return result
  throw new UnexpectedReply('answered a call with something that is not bytes; ask another endpoint', {
    operator,
    body: JSON.stringify(result) ?? '',
  })
}

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
    const results = decodeFunctionResult({ abi, functionName: 'aggregate3', data })
    if (results.length === expected) return results
  } catch (cause) {
    throw new UnexpectedReply('answered half a result; ask another endpoint', { operator, cause, body: data })
  }
  throw new UnexpectedReply('answered a different number of results; ask another endpoint', {
    operator,
    body: data,
  })
}
