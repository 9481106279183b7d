import {
  type Address,
  BaseError,
  ContractFunctionRevertedError,
  ContractFunctionZeroDataError,
  createClient,
  custom,
  type Hex,
} from 'viem'
import { getEnsAddress, normalize } from 'viem/ens'
import type { BlockNumber, Seconds } from '../math/fixedPoint.ts'
import { printable } from '../pools/account.ts'
import type { Read } from '../pools/read.ts'
import { askGateway, hostsOf, type Lookup } from './askGateway.ts'
import type { BlockReading } from './blockReading.ts'
import { type ChainClient, isMainnetOnly } from './client.ts'
import { CallReverted, UnexpectedReply } from './errors.ts'
import {
  GatewayFailed,
  InvalidName,
  NameNotFound,
  NameOffChain,
  NamesUnavailable,
  NameWithoutAddress,
} from './nameErrors.ts'
import { readCalls } from './readCalls.ts'

/** The contract that resolves names whatever their resolver; ENS keeps the address, on mainnet since block 23 085 558. */
export const UNIVERSAL_RESOLVER: Address = '0xeEeEEEeE14D718C2B47D9923Deab1335E144EeEe'

/** What a name led to. */
export type NamedAddress = {
  /** The name as the standard writes it. */
  readonly name: string
  readonly address: Address
  /** The block at whose end it did. */
  readonly block: BlockNumber
  readonly time: Seconds
  readonly operator: string
  /** Servers outside the chain that were asked for it. */
  readonly hosts: readonly string[]
}

export type NameOptions = {
  readonly signal?: AbortSignal | undefined
  /** Servers that the reader has agreed to tell of the name. */
  readonly mayAsk?: readonly string[]
}

/** A call as viem asks for it. */
type Call = readonly [{ readonly to: Address; readonly data: Hex }]

/** A contract's refusal as viem understands one: the code of a revert, and its data. */
class Revert extends Error {
  override readonly name = 'Revert'
  readonly code = 3
  readonly data: Hex
  constructor(data: Hex) {
    super('execution reverted')
    this.data = data
  }
}

/**
 * Write a name as the standard does (ENSIP-15).
 * @throws InvalidName with the reason
 */
export function normalName(name: string): string {
  try {
    return normalize(name)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : ''
    throw new InvalidName(`“${printable(name)}” is no name by the ENS standard: ${why}. Copy it again.`, {
      cause,
    })
  }
}

/** What came up on the way that viem would wrap in words of its own. */
type Way = {
  reading?: BlockReading
  failure?: unknown
  readonly lacking: Set<string>
  readonly told: Set<string>
}

/** Put a call to the wallet's one endpoint, with block and chain told in the same answer. */
async function callThrough(client: ChainClient, [{ to, data }]: Call, signal?: AbortSignal) {
  const read: Read = { address: to, signature: '', shape: '', args: [], callData: data, words: 0 }
  const reading = await readCalls(client, [read], { block: 'latest', role: 'wallet', signal })
  const { success = false, returnData = '0x' } = reading.outcomes[0] ?? {}
  return { reading, success, returnData }
}

/** Make a viem client that asks the wallet's endpoint, and other servers only where they were agreed to. */
function createNameClient(client: ChainClient, way: Way, { signal, mayAsk = [] }: NameOptions) {
  const request = async ({ params }: { readonly params: Call }): Promise<Hex> => {
    try {
      const { reading, success, returnData } = await callThrough(client, params, signal)
      way.reading = reading
      if (success) return returnData
      if (returnData === '0x')
        throw new CallReverted(
          'does not say why the contract of names refused; use another endpoint',
          reading,
        )
      throw new Revert(returnData)
    } catch (error) {
      if (!(error instanceof Revert)) way.failure = error
      throw error
    }
  }
  const lookUp = async (lookup: Lookup): Promise<Hex> => {
    const hosts = hostsOf(lookup)
    const lacking = hosts.filter(host => !mayAsk.includes(host))
    for (const host of lacking) way.lacking.add(host)
    if (lacking.length > 0) throw new GatewayFailed('Nobody has agreed to this server being asked.')
    for (const host of hosts) way.told.add(host)
    return askGateway(lookup, { signal, ledger: client.ledger })
  }
  return createClient({
    transport: custom({ request }, { retryCount: 0 }),
    ccipRead: { request: ({ data, sender, urls }) => lookUp({ data, sender, urls }) },
  })
}

/** Name the failure behind the contract's own word for it. */
function refusalOf(name: string, error: unknown, { told, reading }: Way): Error {
  const isWordOf = <Kind extends Error>(kind: abstract new (...args: never[]) => Kind): Kind | undefined => {
    const found = error instanceof BaseError ? error.walk(one => one instanceof kind) : undefined
    return found instanceof kind ? found : undefined
  }
  const word = isWordOf(ContractFunctionRevertedError)?.data?.errorName
  if (word === 'ResolverNotFound')
    return new NameNotFound(`There is no name “${name}”: nobody has set it up. Check its spelling.`)
  if (word === 'DNSDecodingFailed') return new InvalidName(`“${name}” is no name that ENS can read.`)
  if (told.size > 0)
    return new GatewayFailed(
      `${[...told].join(', ')} gave no address for “${name}” that its contract accepts. Try again, or paste the address.`,
      { cause: error },
    )
  if (word === 'ResolverNotContract' || word === 'UnsupportedResolverProfile' || word === 'ResolverError')
    return new NameWithoutAddress(
      `The name “${name}” exists, but its resolver tells no Ethereum address. Paste the address itself.`,
    )
  return new UnexpectedReply('gave an answer about a name that cannot be read; use another endpoint', {
    operator: reading?.operator,
    cause: error,
  })
}

const hasNoContract = (error: unknown): boolean =>
  error instanceof BaseError && error.walk(one => one instanceof ContractFunctionZeroDataError) !== null

/** Decide what a failed resolution comes to. The servers not agreed to come first: all else follows from them. */
function failureOf(name: string, error: unknown, { client, way, signal }: Failed): unknown {
  if (signal?.aborted === true) return signal.reason
  if (way.lacking.size > 0) return new NameOffChain(name, [...way.lacking])
  if (way.failure !== undefined) return way.failure
  if (!hasNoContract(error)) return refusalOf(name, error, way)
  return isMainnetOnly(client)
    ? new UnexpectedReply('does not know the contract of names, which exists; use another endpoint', {
        operator: way.reading?.operator,
      })
    : new NamesUnavailable('This chain has no ENS, so no names: paste the address that starts with 0x.')
}

type Failed = { readonly client: ChainClient; readonly way: Way; readonly signal: AbortSignal | undefined }

/**
 * Resolve a name to its Ethereum address at the head, by `resolveWithGateways(bytes,bytes,string[])` of ENS's universal
 * resolver, from the wallet's one endpoint. Servers outside the chain (EIP-3668) are asked only where agreed to.
 * @throws InvalidName, NameNotFound, NameWithoutAddress, NameOffChain (who would have to be asked), NamesUnavailable,
 * GatewayFailed, the endpoints' own refusals, or the reason of an abort
 */
export async function readName(
  client: ChainClient,
  text: string,
  options: NameOptions = {},
): Promise<NamedAddress> {
  const { signal } = options
  const name = normalName(text)
  const way: Way = { lacking: new Set(), told: new Set() }
  const viemClient = createNameClient(client, way, options)
  let address: Address | null
  try {
    address = await getEnsAddress(viemClient, {
      name,
      universalResolverAddress: UNIVERSAL_RESOLVER,
      strict: true,
    })
  } catch (error) {
    throw failureOf(name, error, { client, way, signal })
  }
  // A resolver may go on without what it could not fetch: what it then says is not the name's address.
  if (way.lacking.size > 0) throw new NameOffChain(name, [...way.lacking])
  if (address === null || way.reading === undefined)
    throw new NameWithoutAddress(
      `The name “${name}” exists and leads to no address. Paste the address itself.`,
    )
  const { block, time, operator } = way.reading
  return { name, address, block, time, operator, hosts: [...way.told] }
}
