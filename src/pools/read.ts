import { type Abi, type AbiFunction, type Address, encodeFunctionData, type Hex, isHex, parseAbi } from 'viem'

/** One view function of one contract with its arguments fixed, ready to be asked at any block. */
export type Read = {
  readonly address: Address
  /** As Solidity writes it: `getExchangeRate() view returns (uint256)`. */
  readonly signature: string
  readonly args: readonly unknown[]
  readonly callData: Hex
  readonly abi: Abi
}

/** A call was answered with bytes that its signature does not allow. */
export class MalformedAnswer extends Error {
  override readonly name = 'MalformedAnswer'
  constructor(data: string) {
    super(
      `Expected one 32-byte word, got ${(data.length - 2) / 2} bytes. The contract is not the one expected.`,
    )
  }
}

/** Describe a read from a Solidity signature. */
export function defineRead(address: Address, signature: string, args: readonly unknown[] = []): Read {
  const abi = parseAbi([`function ${signature}`] as readonly string[]) as Abi
  const { name } = abi[0] as AbiFunction
  const callData = encodeFunctionData({ abi, functionName: name, args })
  return { address, signature, args, callData, abi }
}

/**
 * Decode an answer that is a single unsigned word.
 * @throws MalformedAnswer for any other length: half an answer is no answer
 */
export function decodeWord(data: Hex): bigint {
  if (!isHex(data) || data.length !== 66) throw new MalformedAnswer(data)
  return BigInt(data)
}
