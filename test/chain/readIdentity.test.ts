import { describe, expect, test, vi } from 'vitest'
import { createClient, LOCAL_ID, MAINNET, MAINNET_ID } from '../../src/chain/client.ts'
import { MethodUnavailable, UnexpectedReply } from '../../src/chain/errors.ts'
import { readIdentity } from '../../src/chain/readIdentity.ts'
import { clientOf, endpointAt, NOW, testChain } from '../support/chain.ts'
import { always, type Fault, type FaultPolicy, refuse } from '../support/faultProxy.ts'
import { noMethod } from './asking.ts'

const running = testChain({ days: 20 })
const later = testChain({ days: 20, now: NOW + 60n })

/** Mainnet's block after the Merge, from a node that calls itself so. */
const mainnetNode =
  (version: string): FaultPolicy =>
  ({ method }) => {
    if (method === 'web3_clientVersion') return { kind: 'result', change: () => version }
    if (method !== 'eth_getBlockByNumber') return undefined
    const change = () => ({ number: '0xed14f2', timestamp: '0x6322c973', hash: `0x${'ab'.repeat(32)}` })
    return { kind: 'result', change }
  }

describe('readIdentity', () => {
  test('default: chain id and the hash of block 1', async () => {
    const { key, header, isPermanent } = await readIdentity(clientOf(running.chain.url), LOCAL_ID)
    const { hash } = await running.rpc<{ hash: string }>('eth_getBlockByNumber', ['0x1', false])
    expect(header).toMatchObject({ block: 1n, hash })
    expect(key).toBe(`31337-${hash.slice(2, 18)}`)
    expect(isPermanent).toBe(true)
  })

  test('behavior: the same chain has the same identity through any endpoint', async () => {
    const proxy = await running.proxy()
    const [direct, proxied] = [clientOf(running.chain.url), clientOf(proxy.url)]
    expect((await readIdentity(direct, LOCAL_ID)).key).toBe((await readIdentity(proxied, LOCAL_ID)).key)
    expect(proxy.count()).toBe(1)
  })

  test('behavior: two local chains have two identities', async () => {
    // As after a restart a minute later.
    const [one, two] = [clientOf(running.chain.url), clientOf(later.chain.url)]
    expect((await readIdentity(one, LOCAL_ID)).key).not.toBe((await readIdentity(two, LOCAL_ID)).key)
  })

  test('behavior: on mainnet it is the first block after the Merge', async () => {
    const proxy = await running.proxy(mainnetNode('Geth/v1.16.4'))
    const { key, isPermanent } = await readIdentity(
      createClient([endpointAt(proxy.url)], MAINNET),
      MAINNET_ID,
    )
    expect(proxy.requests[0]).toMatchObject({ params: ['0xed14f2', false] })
    expect(key).toBe('1-abababababababab')
    expect(isPermanent).toBe(true)
  })

  test.each(['anvil/v1.7.1', 'HardhatNetwork/2.29.1', 'Ganache/v7'])(
    'behavior: %s that claims to be mainnet is not for ever',
    async version => {
      const proxy = await running.proxy(mainnetNode(version))
      const client = createClient([endpointAt(proxy.url)], MAINNET)
      expect((await readIdentity(client, MAINNET_ID)).isPermanent).toBe(false)
    },
  )

  test.each<[string, Fault]>([
    ['refuses', noMethod],
    ['is not reached', { kind: 'reset' }],
    ['says no words', { kind: 'result', change: () => null }],
  ])(
    'behavior: a node on this machine that %s when asked what it is, is taken for such a one',
    async (_, fault) => {
      const proxy = await running.proxy((request, node) =>
        request.method === 'web3_clientVersion' ? fault : mainnetNode('')(request, node),
      )
      const client = createClient([endpointAt(proxy.url)], MAINNET)
      expect((await readIdentity(client, MAINNET_ID)).isPermanent).toBe(false)
    },
  )

  test('behavior: each node on this machine is asked for itself', async () => {
    const [one, other] = [
      await running.proxy(mainnetNode('Geth/v1.16.4')),
      await running.proxy(mainnetNode('anvil/v1.7.1')),
    ]
    const clientOfBoth = () =>
      createClient([endpointAt(one.url, 'a'), endpointAt(other.url, 'b', ['logs'])], MAINNET)
    expect((await readIdentity(clientOfBoth(), MAINNET_ID)).isPermanent).toBe(false)
    other.imitate(mainnetNode('reth/v1.8.2'))
    expect((await readIdentity(clientOfBoth(), MAINNET_ID)).isPermanent).toBe(true)
    expect([one.count('web3_clientVersion'), other.count('web3_clientVersion')]).toEqual([2, 2])
  })

  test('behavior: a public endpoint is not asked what it is', async () => {
    const proxy = await running.proxy(mainnetNode('anvil/v1.7.1'))
    const url = 'https://node.example.org'
    const original = globalThis.fetch
    vi.spyOn(globalThis, 'fetch').mockImplementation((asked, init) =>
      original(asked === url ? proxy.url : asked, init),
    )
    const client = createClient([endpointAt(url)], MAINNET)
    expect((await readIdentity(client, MAINNET_ID)).isPermanent).toBe(true)
    expect(proxy.count('web3_clientVersion')).toBe(0)
    expect(proxy.count()).toBe(1)
  })

  test('behavior: an abort while a node is asked what it is stays an abort', async () => {
    const abort = new AbortController()
    const proxy = await running.proxy((request, node) => {
      if (request.method !== 'web3_clientVersion') return mainnetNode('')(request, node)
      abort.abort()
      return { kind: 'hang' }
    })
    const client = createClient([endpointAt(proxy.url)], MAINNET)
    await expect(readIdentity(client, MAINNET_ID, abort.signal)).rejects.toHaveProperty('name', 'AbortError')
  })

  test('error: UnexpectedReply where the fixed block is not known', async () => {
    const client = createClient([endpointAt(running.chain.url)], MAINNET)
    await expect(readIdentity(client, MAINNET_ID)).rejects.toBeInstanceOf(UnexpectedReply)
  })

  test('error: MethodUnavailable', async () => {
    const proxy = await running.proxy(always(refuse(200, { code: -32_601, message: 'Method not found' })))
    await expect(readIdentity(clientOf(proxy.url), LOCAL_ID)).rejects.toBeInstanceOf(MethodUnavailable)
  })
})
