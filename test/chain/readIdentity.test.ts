import { describe, expect, test } from 'vitest'
import { createClient, LOCAL_ID, MAINNET, MAINNET_ID } from '../../src/chain/client.ts'
import { MethodUnavailable, UnexpectedReply } from '../../src/chain/errors.ts'
import { readIdentity } from '../../src/chain/readIdentity.ts'
import { clientOf, endpointAt, NOW, testChain } from '../support/chain.ts'
import { always, type FaultPolicy, refuse } from '../support/faultProxy.ts'

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

  test('error: UnexpectedReply where the fixed block is not known', async () => {
    const client = createClient([endpointAt(running.chain.url)], MAINNET)
    await expect(readIdentity(client, MAINNET_ID)).rejects.toBeInstanceOf(UnexpectedReply)
  })

  test('error: MethodUnavailable', async () => {
    const proxy = await running.proxy(always(refuse(200, { code: -32_601, message: 'Method not found' })))
    await expect(readIdentity(clientOf(proxy.url), LOCAL_ID)).rejects.toBeInstanceOf(MethodUnavailable)
  })
})
