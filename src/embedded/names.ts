import type { Address, Hex } from 'viem'
import { encodeFunctionData, keccak256, parseAbi, zeroAddress } from 'viem'
import { packetToBytes } from 'viem/ens'
import { DEMO_NAMES, DEMO_WALLETS, NAME_RESOLVER, PLACES } from './addresses.ts'
import { call, type KeeperCall } from './keeperCall.ts'

/** Nobody can ever answer there: names under `.invalid` are kept free for that. */
const NO_GATEWAY = 'https://gateway.invalid/{sender}/{data}.json'

const GATEWAY_ABI = parseAbi(['function keeperGateway(bytes32 key, string url)'])

/** The contracts of ENS's twin, by address. */
export const NAME_CONTRACTS: Readonly<Record<Address, string>> = {
  [PLACES.ensUniversalResolver]: 'UniversalResolver',
  [NAME_RESOLVER]: 'NameResolver',
}

/** Let a normalised name stand for an address; without one it has a resolver that knows none. */
export function nameAddressCalls(name: string, account: Address = zeroAddress): KeeperCall[] {
  return [resolverCall(name), call(NAME_RESOLVER, 'keeperAddress(bytes32,address)', keyOf(name), account)]
}

/**
 * Let only a gateway tell what a normalised name stands for: an URL that may hold `{sender}` and `{data}`.
 *
 * The gateway is asked with the calldata of `resolve(bytes name, bytes data)`, and answers with the result of `data`:
 * for `addr(bytes32)` the address as one word.
 */
export function nameGatewayCalls(name: string, url: string): KeeperCall[] {
  const data = encodeFunctionData({
    abi: GATEWAY_ABI,
    functionName: 'keeperGateway',
    args: [keyOf(name), url],
  })
  return [resolverCall(name), { target: NAME_RESOLVER, value: 0n, data }]
}

/** Give the demo wallets their names. */
export function demoNameCalls(): KeeperCall[] {
  return [
    ...nameAddressCalls(DEMO_NAMES.everything, DEMO_WALLETS.everything),
    ...nameAddressCalls(DEMO_NAMES.rethOnly, DEMO_WALLETS.rethOnly),
    ...nameAddressCalls(DEMO_NAMES.nothing),
    ...nameGatewayCalls(DEMO_NAMES.far, NO_GATEWAY),
  ]
}

function resolverCall(name: string): KeeperCall {
  return call(PLACES.ensUniversalResolver, 'keeperResolver(bytes32,address)', keyOf(name), NAME_RESOLVER)
}

/** Names are kept by the hash of their form in DNS, which is what the universal resolver is asked with. */
function keyOf(name: string): Hex {
  return keccak256(packetToBytes(name))
}
