import { afterEach, describe, expect, test } from 'vitest'
import { createClient } from '../../src/chain/client.ts'
import { NoEndpointServed, UnexpectedReply } from '../../src/chain/errors.ts'
import { readCode } from '../../src/chain/readCode.ts'
import { clientOf, endpointAt, testChain } from '../support/chain.ts'
import { always } from '../support/faultProxy.ts'

const running = testChain({ days: 20 })
const ACCOUNT = '0x52908400098527886E0F7030069857D2E4169EE7'
const DELEGATION = `0xef0100${'ab'.repeat(20)}`

describe('readCode', () => {
  afterEach(async () => void (await running.rpc('anvil_setCode', [ACCOUNT, '0x'])))

  test('default: nothing, a contract', async () => {
    const client = clientOf(running.chain.url)
    expect(await readCode(client, ACCOUNT)).toBe('none')
    expect(await readCode(client, running.chain.places.reth)).toBe('contract')
  })

  test.each([
    ['a key that lets a contract act for it', DELEGATION, 'delegated'],
    ['the same in capitals', DELEGATION.toUpperCase().replace('0X', '0x'), 'delegated'],
    ['code that only begins so', `${DELEGATION}00`, 'contract'],
    ['less than an address behind it', DELEGATION.slice(0, -2), 'contract'],
  ])('behavior: %s', async (_, code, kind) => {
    const proxy = await running.proxy(always({ kind: 'result', change: () => code }))
    expect(await readCode(clientOf(proxy.url), ACCOUNT)).toBe(kind)
  })

  test('behavior: only the endpoint that sees the wallet is asked', async () => {
    const [heads, wallets] = [await running.proxy(), await running.proxy()]
    const endpoints = [
      endpointAt(heads.url, 'a', ['head', 'archive', 'logs']),
      endpointAt(wallets.url, 'b', ['wallet']),
    ]
    await readCode(createClient(endpoints, clientOf(heads.url).network), ACCOUNT)
    expect([heads.count(), wallets.count()]).toEqual([0, 1])
  })

  test('error: NoEndpointServed', async () => {
    const client = createClient([endpointAt(running.chain.url, 'a', ['head'])], clientOf('http://a').network)
    await expect(readCode(client, ACCOUNT)).rejects.toBeInstanceOf(NoEndpointServed)
  })

  test('error: UnexpectedReply', async () => {
    const proxy = await running.proxy(always({ kind: 'result', change: () => 5 }))
    await expect(readCode(clientOf(proxy.url), ACCOUNT)).rejects.toBeInstanceOf(UnexpectedReply)
  })
})
