import {
  BaseError,
  ContractFunctionRevertedError,
  createClient,
  decodeErrorResult,
  encodeFunctionData,
  getAddress,
  type Hex,
  http,
  namehash,
  parseAbi,
  type RawContractError,
  toHex,
} from 'viem'
import { getEnsAddress, packetToBytes } from 'viem/ens'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DEMO_NAMES, DEMO_WALLETS, NAME_RESOLVER, PLACES } from '../../src/embedded/addresses.ts'
import { nameAddressCalls, nameGatewayCalls } from '../../src/embedded/names.ts'
import { type EmbeddedChain, startEmbeddedChain } from '../../src/embedded/start.ts'
import { type NameGateway, startNameGateway } from './nameGateway.ts'

const RESOLVER = PLACES.ensUniversalResolver
const SOMEBODY = getAddress('0x00000000000000000000000000000000000ba5e5')
const ASK = parseAbi([
  'function addr(bytes32) view returns (address)',
  'function resolveWithGateways(bytes name, bytes data, string[] gateways) view returns (bytes, address)',
  'error OffchainLookup(address sender, string[] urls, bytes callData, bytes4 callbackFunction, bytes extraData)',
])

let chain: EmbeddedChain
let gateway: NameGateway

beforeAll(async () => {
  gateway = await startNameGateway({ [DEMO_NAMES.far]: DEMO_WALLETS.everything, 'two.far.eth': SOMEBODY })
  chain = await startEmbeddedChain({ days: 20, live: false, seed: 41 })
}, 60_000)
afterAll(async () => {
  await chain?.stop()
  await gateway?.stop()
})

const client = (ccipRead?: false) =>
  createClient({
    transport: http(chain.url, { retryCount: 0 }),
    ...(ccipRead === undefined ? {} : { ccipRead }),
  })

const addressOf = (
  name: string,
  options: { strict?: boolean; coinType?: bigint; gatewayUrls?: string[] } = {},
) => getEnsAddress(client(), { name, universalResolverAddress: RESOLVER, ...options })

/** What the contract itself says no with, as the client found it. */
async function refusalOf(asked: Promise<unknown>): Promise<string | undefined> {
  const error = await asked.catch((reason: unknown) => reason)
  if (!(error instanceof BaseError)) return undefined
  const cause = error.walk(part => part instanceof ContractFunctionRevertedError)
  return cause instanceof ContractFunctionRevertedError ? cause.data?.errorName : undefined
}

describe('a name on the chain', () => {
  test('default', async () => {
    expect(await addressOf(DEMO_NAMES.everything)).toBe(DEMO_WALLETS.everything)
    expect(await addressOf(DEMO_NAMES.rethOnly)).toBe(DEMO_WALLETS.rethOnly)
    expect(gateway.asked()).toBe(0)
  })

  test('behavior: it is asked for by the kind of coin too', async () => {
    const account = await addressOf(DEMO_NAMES.everything, { coinType: 60n })
    // The client writes what it asks for by coin in lower case.
    expect(account).toBe(DEMO_WALLETS.everything.toLowerCase())
    expect(await addressOf(DEMO_NAMES.everything, { coinType: 0n })).toBeNull()
    expect(await addressOf(DEMO_NAMES.nothing, { coinType: 60n })).toBeNull()
  })

  test('behavior: without an address its resolver answers, and with nothing', async () => {
    expect(await addressOf(DEMO_NAMES.nothing, { strict: true })).toBeNull()
  })

  test('behavior: it can be given another address', async () => {
    await chain.carryOut(nameAddressCalls('new.eth', SOMEBODY))
    expect(await addressOf('new.eth')).toBe(SOMEBODY)
    await chain.carryOut(nameAddressCalls('new.eth', DEMO_WALLETS.rethOnly))
    expect(await addressOf('new.eth')).toBe(DEMO_WALLETS.rethOnly)
  })

  test('behavior: the names were there before the history', async () => {
    const blockNumber = chain.deployedAt.opening
    const name = DEMO_NAMES.everything
    const at = { name, universalResolverAddress: RESOLVER } as const
    expect(await getEnsAddress(client(), { ...at, blockNumber })).toBe(DEMO_WALLETS.everything)
  })
})

describe('an unknown name', () => {
  test('default', async () => {
    expect(await addressOf('unknown.eth')).toBeNull()
    expect(await refusalOf(addressOf('unknown.eth', { strict: true }))).toBe('ResolverNotFound')
  })

  test('behavior: a name below a known one is another', async () => {
    expect(await refusalOf(addressOf('deep.glass.eth', { strict: true }))).toBe('ResolverNotFound')
  })

  test('behavior: a profile that the resolver lacks is refused by its own name', async () => {
    const data = encodeFunctionData({
      abi: parseAbi(['function text(bytes32, string)']),
      functionName: 'text',
      args: [namehash('glass.eth'), 'url'],
    })
    const asked = client().request({
      method: 'eth_call',
      params: [{ to: RESOLVER, data: question(DEMO_NAMES.everything, data) }, 'latest'],
    })
    const selector = '0x7b1c461b'
    expect(await revertOf(asked)).toBe(`${selector}59d1d43c${'0'.repeat(56)}`)
  })
})

describe('a name off the chain', () => {
  test('default: by GET', async () => {
    await chain.carryOut(nameGatewayCalls(DEMO_NAMES.far, gateway.getUrl))
    const before = gateway.asked()
    expect(await addressOf(DEMO_NAMES.far)).toBe(DEMO_WALLETS.everything)
    expect(gateway.asked()).toBe(before + 1)
  })

  test('behavior: by POST', async () => {
    await chain.carryOut(nameGatewayCalls('two.far.eth', gateway.postUrl))
    expect(await addressOf('two.far.eth')).toBe(SOMEBODY)
  })

  test('behavior: a client that may not ask gateways is told that it would have to', async () => {
    await chain.carryOut(nameGatewayCalls('shy.eth', gateway.getUrl))
    const before = gateway.asked()
    const asked = getEnsAddress(client(false), { name: 'shy.eth', universalResolverAddress: RESOLVER })
    await expect(asked).rejects.toThrow()
    expect(gateway.asked()).toBe(before)
  })

  test('behavior: a gateway that does not know it is a failure by HTTP', async () => {
    await chain.carryOut(nameGatewayCalls('lost.eth', gateway.getUrl))
    expect(await refusalOf(addressOf('lost.eth', { strict: true }))).toBe('HttpError')
    // The client takes this for a name without an address, if it is not told to be strict.
    expect(await addressOf('lost.eth')).toBeNull()
  })

  test('behavior: until a gateway is named, nobody answers', async () => {
    const name = 'silent.eth'
    await chain.carryOut(nameGatewayCalls(name, 'https://gateway.invalid/{data}'))
    await expect(addressOf(name, { strict: true })).rejects.toThrow()
  })

  test('behavior: the lookup names the resolver, its gateway and the batch to be asked', async () => {
    await chain.carryOut(nameGatewayCalls('open.eth', 'https://gateway.invalid/{data}'))
    const data = encodeFunctionData({ abi: ASK, functionName: 'addr', args: [namehash('open.eth')] })
    const asked = client().request({
      method: 'eth_call',
      params: [{ to: RESOLVER, data: question('open.eth', data) }, 'latest'],
    })
    const { errorName, args } = decodeErrorResult({ abi: ASK, data: await revertOf(asked) })
    expect(errorName).toBe('OffchainLookup')
    const [sender, urls, callData] = args
    expect([sender, urls]).toEqual([RESOLVER, ['x-batch-gateway:true']])
    // The batch holds the one question that the resolver itself asks of its own gateway.
    expect(callData.slice(0, 10)).toBe('0xa780bab6')
    expect(callData).toContain(NAME_RESOLVER.slice(2).toLowerCase())
    expect(callData).toContain(toHex('https://gateway.invalid/{data}').slice(2))
  })
})

function question(name: string, data: Hex): Hex {
  const args = [toHex(packetToBytes(name)), data, ['x-batch-gateway:true']] as const
  return encodeFunctionData({ abi: ASK, functionName: 'resolveWithGateways', args })
}

async function revertOf(asked: Promise<unknown>): Promise<Hex> {
  const error = await asked.catch((reason: unknown) => reason)
  if (!(error instanceof BaseError)) throw new TypeError('It did not revert.')
  const found = error.walk(part => typeof part === 'object' && part !== null && 'data' in part)
  if (found === null) throw new TypeError('It reverted without data.')
  const { data } = found as RawContractError
  return (typeof data === 'object' ? data.data : data) ?? '0x'
}
