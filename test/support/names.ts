import {
  type Address,
  encodeAbiParameters,
  encodeErrorResult,
  encodeFunctionData,
  type Hex,
  namehash,
  parseAbi,
  toFunctionSelector,
  toHex,
} from 'viem'
import { packetToBytes } from 'viem/ens'
import { UNIVERSAL_RESOLVER } from '../../src/chain/readName.ts'
import type { Read } from '../../src/pools/read.ts'

/** The contract that a name's owner has set, of which nobody asks anything. */
export const RESOLVER = '0x00000000000000000000000000000000000000aa'

export const resolverAbi = parseAbi([
  'function resolveWithGateways(bytes name, bytes data, string[] gateways) view returns (bytes, address)',
  'function addr(bytes32 node) view returns (address)',
  'function finish(bytes response, bytes extraData) view returns (bytes, address)',
  'function query((address sender, string[] urls, bytes data)[] queries) view returns (bool[] failures, bytes[] responses)',
  'error ResolverNotFound(bytes name)',
  'error ResolverNotContract(bytes name, address resolver)',
  'error UnsupportedResolverProfile(bytes4 selector)',
  'error ResolverError(bytes errorData)',
  'error OffchainLookup(address sender, string[] urls, bytes callData, bytes4 callbackFunction, bytes extraData)',
])

/** A call of the resolver of names, whatever it is. */
export const nameRead = (callData: Hex): Read => ({
  address: UNIVERSAL_RESOLVER,
  signature: '',
  shape: '',
  args: [],
  callData,
  words: 0,
})

/** What the resolver of names is asked for a normalised name: its DNS form, and addr(node). */
export const question = (name: string): Read =>
  nameRead(
    encodeFunctionData({
      abi: resolverAbi,
      functionName: 'resolveWithGateways',
      args: [
        toHex(packetToBytes(name)),
        encodeFunctionData({ abi: resolverAbi, functionName: 'addr', args: [namehash(name)] }),
        ['x-batch-gateway:true'],
      ],
    }),
  )

/** The answer that `result` is what the name's own resolver said. */
export const resolved = (result: Hex): Hex =>
  encodeAbiParameters([{ type: 'bytes' }, { type: 'address' }], [result, RESOLVER])

/** The answer that a name is this address. */
export const leadsTo = (address: Address): Hex =>
  resolved(encodeAbiParameters([{ type: 'address' }], [address]))

type Reverting = { readonly reverts: Hex }

/** The answer that nobody has set up a name. */
export const notFound = (name: string): Reverting => ({
  reverts: encodeErrorResult({
    abi: resolverAbi,
    errorName: 'ResolverNotFound',
    args: [toHex(packetToBytes(name))],
  }),
})

export const CALLBACK = toFunctionSelector('finish(bytes,bytes)')

/** The answer that these servers keep the address (EIP-3668). */
export const lookup = (
  urls: readonly string[],
  callData: Hex = '0x1234',
  sender: Address = UNIVERSAL_RESOLVER,
): Reverting => ({
  reverts: encodeErrorResult({
    abi: resolverAbi,
    errorName: 'OffchainLookup',
    args: [sender, urls, callData, CALLBACK, '0xee'],
  }),
})

/** What the resolver is asked with a server's response. */
export const callback = (response: Hex): Read =>
  nameRead(encodeFunctionData({ abi: resolverAbi, functionName: 'finish', args: [response, '0xee'] }))
