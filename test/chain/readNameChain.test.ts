import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  GatewayFailed,
  NameNotFound,
  NameOffChain,
  NamesUnavailable,
  NameWithoutAddress,
} from '../../src/chain/nameErrors.ts'
import { readName, UNIVERSAL_RESOLVER } from '../../src/chain/readName.ts'
import { DEMO_NAMES, DEMO_WALLETS } from '../../src/embedded/addresses.ts'
import { nameAddressCalls, nameGatewayCalls } from '../../src/embedded/names.ts'
import { type NameGateway, startNameGateway } from '../embedded/nameGateway.ts'
import { clientOf, testChain } from '../support/chain.ts'

const running = testChain({ days: 20 })
const names: { gateway?: NameGateway } = {}
const gateway = (): NameGateway => names.gateway as NameGateway
const hostOf = (): string => new URL(gateway().postUrl).host

beforeAll(async () => {
  names.gateway = await startNameGateway({
    'get.eth': DEMO_WALLETS.rethOnly,
    'post.eth': DEMO_WALLETS.nothing,
  })
  await running.chain.carryOut([
    ...nameGatewayCalls('get.eth', gateway().getUrl),
    ...nameGatewayCalls('post.eth', gateway().postUrl),
    ...nameGatewayCalls('unknown.eth', gateway().getUrl),
  ])
})
afterAll(() => gateway().stop())

describe('readName on a chain', () => {
  test('default: one request to the wallet’s endpoint gives the address and its block', async () => {
    const [proxy, other] = [await running.proxy(), await running.proxy()]
    expect(await readName(clientOf(proxy.url, other.url), DEMO_NAMES.everything.toUpperCase())).toMatchObject(
      {
        name: DEMO_NAMES.everything,
        address: DEMO_WALLETS.everything,
        block: BigInt(await running.rpc<string>('eth_blockNumber', [])),
        operator: 'a',
        hosts: [],
      },
    )
    expect([proxy.count(), other.count()]).toEqual([1, 0])
  })

  test('behavior: a name that was given to another account leads there', async () => {
    const client = clientOf(running.chain.url)
    const block = await running.chain.carryOut(nameAddressCalls('moving.eth', DEMO_WALLETS.nothing))
    expect(await readName(client, 'moving.eth')).toMatchObject({ address: DEMO_WALLETS.nothing, block })
    await running.chain.carryOut(nameAddressCalls('moving.eth', DEMO_WALLETS.rethOnly))
    expect(await readName(client, 'moving.eth')).toMatchObject({ address: DEMO_WALLETS.rethOnly })
  })

  test('error: NameWithoutAddress and NameNotFound', async () => {
    const client = clientOf(running.chain.url)
    await expect(readName(client, DEMO_NAMES.nothing)).rejects.toBeInstanceOf(NameWithoutAddress)
    await expect(readName(client, 'nobody.eth')).rejects.toBeInstanceOf(NameNotFound)
  })

  test('error: NamesUnavailable where the chain has no such contract', async () => {
    const code = await running.rpc<string>('eth_getCode', [UNIVERSAL_RESOLVER, 'latest'])
    await running.rpc('anvil_setCode', [UNIVERSAL_RESOLVER, '0x'])
    await expect(readName(clientOf(running.chain.url), 'glass.eth')).rejects.toBeInstanceOf(NamesUnavailable)
    await running.rpc('anvil_setCode', [UNIVERSAL_RESOLVER, code])
  })
})

describe('names kept outside a chain', () => {
  test('error: NameOffChain names the server, which is not asked', async () => {
    const before = gateway().asked()
    const failure = await readName(clientOf(running.chain.url), 'get.eth').catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(NameOffChain)
    expect(failure).toMatchObject({ hosts: [hostOf()] })
    expect(gateway().asked()).toBe(before)
  })

  test.each([
    ['GET', 'get.eth', DEMO_WALLETS.rethOnly],
    ['POST', 'post.eth', DEMO_WALLETS.nothing],
  ])('default: agreed to, the server is asked once by %s', async (_, name, address) => {
    const [proxy, before] = [await running.proxy(), gateway().asked()]
    const client = clientOf(proxy.url)
    const named = await readName(client, name, { mayAsk: [hostOf()] })
    expect(named).toMatchObject({ address, hosts: [hostOf()] })
    expect(gateway().asked()).toBe(before + 1)
    expect(proxy.count()).toBe(2)
    expect(client.ledger.entries().map(({ operator, carriesAddress }) => [operator, carriesAddress])).toEqual(
      [
        ['a', true],
        [hostOf(), true],
        ['a', true],
      ],
    )
  })

  test('error: GatewayFailed where the server does not know the name, or is not there', async () => {
    const client = clientOf(running.chain.url)
    await expect(readName(client, 'unknown.eth', { mayAsk: [hostOf()] })).rejects.toBeInstanceOf(
      GatewayFailed,
    )
    await expect(readName(client, DEMO_NAMES.far, { mayAsk: ['gateway.invalid'] })).rejects.toBeInstanceOf(
      GatewayFailed,
    )
  })
})
