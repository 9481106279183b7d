import { type Address, concatHex, encodeAbiParameters, type Hex, isHex, keccak256, stringToHex } from 'viem'

/** One view function of one contract with its arguments fixed, ready to be asked at any block. */
export type Read = {
  readonly address: Address
  /** As Solidity writes it: `getExchangeRate() view returns (uint256)`. */
  readonly signature: string
  /** As Foundry's `cast` writes it: `getExchangeRate()(uint256)`. */
  readonly shape: string
  readonly args: readonly unknown[]
  readonly callData: Hex
}

/** A call was answered with bytes that its signature does not allow. */
export class MalformedAnswer extends Error {
  override readonly name = 'MalformedAnswer'
  constructor(data: string) {
    super(`The answer of ${(data.length - 2) / 2} bytes is not what this function returns.`)
  }
}

/** A pool definition holds a signature that is no Solidity view function. */
export class MalformedSignature extends Error {
  override readonly name = 'MalformedSignature'
  constructor(signature: string) {
    super(`“${signature}” is not like “name(type name) view returns (type)”.`)
  }
}

const VIEW_FUNCTION = /^(?<name>\w+)\((?<inputs>[^()]*)\) (?:view|pure) returns \((?<outputs>[^()]+)\)$/

/** Types of a parameter list, without names. viem's parser does this too, for 5 kB more before the first figure. */
const typesOf = (parameters: string): string[] =>
  parameters
    .split(',')
    .map(parameter => parameter.trim().split(' ')[0] ?? '')
    .filter(type => type !== '')

/**
 * Describe a read from a Solidity signature with elementary types.
 * @throws MalformedSignature
 */
export function defineRead(address: Address, signature: string, args: readonly unknown[] = []): Read {
  const { name, inputs, outputs } = VIEW_FUNCTION.exec(signature)?.groups ?? {}
  if (name === undefined || inputs === undefined || outputs === undefined)
    throw new MalformedSignature(signature)
  const types = typesOf(inputs)
  const called = `${name}(${types.join(',')})`
  const selector = keccak256(stringToHex(called)).slice(0, 10) as Hex
  const encoded = encodeAbiParameters(
    types.map(type => ({ type })),
    args,
  )
  return {
    address,
    signature,
    shape: `${called}(${typesOf(outputs).join(',')})`,
    args,
    callData: concatHex([selector, encoded]),
  }
}

/**
 * Decode an answer that is a single unsigned word.
 * @throws MalformedAnswer for any other length: half an answer is no answer
 */
export function decodeWord(data: Hex): bigint {
  if (!isHex(data) || data.length !== 66) throw new MalformedAnswer(data)
  return BigInt(data)
}

/** Write a read as Foundry's `cast call` takes it, so that anybody can repeat it. */
export function castLine({ address, shape, args }: Read, block: bigint): string {
  const given = args.map(arg => ` ${arg}`).join('')
  return `cast call ${address} "${shape}"${given} --block ${block}`
}
