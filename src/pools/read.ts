import type { Address, Hex } from 'viem'
import { encodeWord } from './words.ts'

/** One view function of one contract with its arguments fixed, ready to be asked at any block. */
export type Read = {
  readonly address: Address
  /** As Solidity writes it: `getExchangeRate() view returns (uint256)`. */
  readonly signature: string
  /** As Foundry's `cast` writes it: `getExchangeRate()(uint256)`. */
  readonly shape: string
  readonly args: readonly (bigint | Hex)[]
  readonly callData: Hex
  /** Words of the answer. */
  readonly words: number
}

/** A pool definition holds what is no selector and Solidity view function. */
export class MalformedSignature extends Error {
  override readonly name = 'MalformedSignature'
  constructor(signature: string) {
    super(`“${signature}” is not like “0x12345678 name(type name) view returns (type)”.`)
  }
}

const VIEW_FUNCTION =
  /^(?<selector>0x[0-9a-f]{8}) (?<name>\w+)\((?<inputs>[^()]*)\) (?:view|pure) returns \((?<outputs>[^()]+)\)$/

/** Types of a parameter list, without names. */
const typesOf = (parameters: string): string[] =>
  parameters
    .split(',')
    .map(parameter => parameter.trim().split(' ')[0] ?? '')
    .filter(type => type !== '')

/**
 * Describe a read from its selector and a Solidity signature with elementary types, of one word each. The selector is
 * written beside the signature, since hashing it here would make every reader load a hash function; the tests do.
 * @param view such as `0x18160ddd totalSupply() view returns (uint256)`
 * @throws MalformedSignature
 */
export function defineRead(address: Address, view: string, args: readonly (bigint | Hex)[] = []): Read {
  const { selector, name, inputs, outputs } = VIEW_FUNCTION.exec(view)?.groups ?? {}
  if (selector === undefined || name === undefined || inputs === undefined || outputs === undefined)
    throw new MalformedSignature(view)
  const [taken, given] = [typesOf(inputs), typesOf(outputs)]
  if (taken.length !== args.length) throw new MalformedSignature(view)
  return {
    address,
    signature: view.slice(selector.length + 1),
    shape: `${name}(${taken.join(',')})(${given.join(',')})`,
    args,
    callData: `${selector as Hex}${args.map(encodeWord).join('')}`,
    words: given.length,
  }
}

/** Write a read as Foundry's `cast call` takes it, so that anybody can repeat it. */
export function castLine({ address, shape, args }: Read, block: bigint): string {
  const given = args.map(arg => ` ${arg}`).join('')
  return `cast call ${address} "${shape}"${given} --block ${block}`
}
