import { type Address, encodeErrorResult, encodeFunctionData, type Hex } from 'viem'
import { describe, expect, test, vi } from 'vitest'
import { createClient } from '../../src/chain/client.ts'
import { ChainError, RateLimited } from '../../src/chain/errors.ts'
import {
  GatewayFailed,
  InvalidName,
  NameNotFound,
  NameOffChain,
  NamesUnavailable,
  NameWithoutAddress,
} from '../../src/chain/nameErrors.ts'
import { normalName, readName, UNIVERSAL_RESOLVER } from '../../src/chain/readName.ts'
import type { Read } from '../../src/pools/read.ts'
import { endpointAt, LOCAL } from '../support/chain.ts'
import {
  CALLBACK,
  callback,
  leadsTo,
  lookup,
  nameRead,
  notFound,
  question,
  RESOLVER,
  resolved,
  resolverAbi,
} from '../support/names.ts'
import { createFakeChain, LATE, LOCAL_BLOCK, type Reply } from './fakeChain.ts'

const ADDRESS: Address = '0x52908400098527886E0F7030069857D2E4169EE7'
const GATEWAY = 'https://names.example.com/{sender}/{data}.json'

const resolverError = (data: Hex): Reply => ({
  reverts: encodeErrorResult({ abi: resolverAbi, errorName: 'ResolverError', args: [data] }),
})

/** A chain on which names lead where the test says. */
function chainWith(replies: readonly (readonly [Read, Reply])[], at = LATE) {
  const chain = createFakeChain(at)
  for (const [read, reply] of replies) chain.reply(read, reply)
  return chain
}

type Fetched = { readonly url: string; readonly init: RequestInit }

/** Let the servers outside the chain answer; by default with bytes in JSON. */
function stubGateways(answer: (url: string) => Response | Error = () => Response.json({ data: '0xbeef' })) {
  const fetched: Fetched[] = []
  vi.stubGlobal('fetch', async (input: URL | string, init: RequestInit) => {
    const { href: url } = new URL(input)
    fetched.push({ url, init })
    const given = answer(url)
    if (given instanceof Error) throw given
    return given
  })
  return fetched
}

describe('readName', () => {
  test('default: the address, the block and who said it, in one call to the wallet’s endpoint', async () => {
    const { client, asked } = chainWith([[question('glass.eth'), leadsTo(ADDRESS)]])
    expect(await readName(client, 'glass.eth')).toEqual({
      name: 'glass.eth',
      address: ADDRESS,
      block: LATE.block,
      time: LATE.time,
      operator: 'Test node',
      hosts: [],
    })
    expect(asked).toMatchObject([{ method: 'eth_call', role: 'wallet' }])
  })

  test.each([
    ['Glass.ETH', 'glass.eth'],
    ['💩.eth', '💩.eth'],
    ['Bücher.example', 'bücher.example'],
  ])('behavior: %s is asked for as the standard writes it', async (text, name) => {
    const { client } = chainWith([[question(name), leadsTo(ADDRESS)]])
    expect(await readName(client, text)).toMatchObject({ name, address: ADDRESS })
  })

  test('error: NameNotFound for a name that nobody has set up', async () => {
    const { client } = chainWith([[question('nobody.eth'), notFound('nobody.eth')]])
    await expect(readName(client, 'nobody.eth')).rejects.toBeInstanceOf(NameNotFound)
  })

  test.each<[string, Reply]>([
    ['nothing', resolved('0x')],
    ['the zero address', leadsTo('0x0000000000000000000000000000000000000000')],
    ['a resolver that refuses', resolverError('0x08c379a0')],
    [
      'a resolver that is no contract',
      {
        reverts: encodeErrorResult({
          abi: resolverAbi,
          errorName: 'ResolverNotContract',
          args: ['0x00', RESOLVER],
        }),
      },
    ],
    [
      'a resolver that tells no addresses',
      {
        reverts: encodeErrorResult({
          abi: resolverAbi,
          errorName: 'UnsupportedResolverProfile',
          args: ['0x3b3b57de'],
        }),
      },
    ],
  ])('error: NameWithoutAddress for %s', async (_, reply) => {
    const { client } = chainWith([[question('bare.eth'), reply]])
    await expect(readName(client, 'bare.eth')).rejects.toBeInstanceOf(NameWithoutAddress)
  })

  test('error: NamesUnavailable where a local chain has no such contract, UnexpectedReply where mainnet has it', async () => {
    const local = chainWith([[question('glass.eth'), '0x']], LOCAL_BLOCK)
    await expect(readName(local.client, 'glass.eth')).rejects.toBeInstanceOf(NamesUnavailable)
    const mainnet = chainWith([[question('glass.eth'), '0x']])
    await expect(readName(mainnet.client, 'glass.eth')).rejects.toMatchObject({ name: 'UnexpectedReply' })
  })

  test.each<[string, Reply, string]>([
    ['a reason that nobody knows', { reverts: '0x12345678' }, 'UnexpectedReply'],
    ['half an answer', '0x1234', 'UnexpectedReply'],
    ['a refusal without a reason', 'reverts', 'CallReverted'],
  ])('error: %s is the endpoint’s failure', async (_, reply, kind) => {
    const { client } = chainWith([[question('glass.eth'), reply]])
    await expect(readName(client, 'glass.eth')).rejects.toMatchObject({ name: kind, operator: 'Test node' })
    await expect(readName(client, 'glass.eth')).rejects.toBeInstanceOf(ChainError)
  })

  test('error: the endpoint’s own refusal stays what it is', async () => {
    const { client } = chainWith([])
    const failure = new RateLimited('wants fewer requests', { operator: 'Test node' })
    const refusing = { ...client, ask: () => Promise.reject(failure) }
    await expect(readName(refusing, 'glass.eth')).rejects.toBe(failure)
  })

  test('behavior: an abort stays an abort', async () => {
    const { client } = chainWith([])
    const { signal } = AbortSignal.abort(new DOMException('left', 'AbortError')) && {
      signal: AbortSignal.abort(),
    }
    const aborting = { ...client, ask: () => Promise.reject(signal.reason) }
    await expect(readName(aborting, 'glass.eth', { signal })).rejects.toBe(signal.reason)
  })

  test('behavior: only the wallet’s endpoint is asked, even where it is dead', async () => {
    const fetched = stubGateways(() => new TypeError('no network'))
    const client = createClient(
      [endpointAt('http://one.test', 'one'), endpointAt('http://two.test', 'two')],
      LOCAL,
      { walletUrl: 'http://two.test' },
    )
    await expect(readName(client, 'glass.eth')).rejects.toBeInstanceOf(ChainError)
    expect(new Set(fetched.map(({ url }) => url))).toEqual(new Set(['http://two.test/']))
  })
})

describe('normalName', () => {
  test.each([
    ['a label that is empty', 'a..eth', 'empty label'],
    ['letters of two scripts', 'аpple.eth', 'illegal mixture'],
    ['a sign that writes backwards', 'x\u202ey.eth', 'disallowed character'],
    ['an underscore inside', 'foo_bar.eth', 'underscore'],
    ['punycode', 'xn--ls8h.eth', 'xn--'],
  ])('error: InvalidName for %s, with the reason, and nothing is asked', async (_, text, reason) => {
    expect(() => normalName(text)).toThrow(InvalidName)
    expect(() => normalName(text)).toThrow(reason)
    expect(() => normalName(text)).not.toThrow(/\u202e/)
    const { client, asked } = chainWith([])
    await expect(readName(client, text)).rejects.toBeInstanceOf(InvalidName)
    expect(asked).toEqual([])
  })
})

describe('names kept outside the chain', () => {
  const far = (urls: readonly string[] = [GATEWAY]) =>
    chainWith([
      [question('far.eth'), lookup(urls)],
      [callback('0xbeef'), leadsTo(ADDRESS)],
    ])
  const mayAsk = ['names.example.com']

  test('error: NameOffChain names the servers, and none is asked', async () => {
    const fetched = stubGateways()
    const { client } = far([GATEWAY, 'https://other.example:8443/{data}', 'https://names.example.com/again'])
    const failure = await readName(client, 'far.eth').catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(NameOffChain)
    expect(failure).toMatchObject({ hosts: ['names.example.com', 'other.example:8443'] })
    expect(fetched).toEqual([])
  })

  test('default: agreed to, the server is asked and its answer taken back to the chain', async () => {
    const fetched = stubGateways()
    const { client, asked } = far()
    expect(await readName(client, 'far.eth', { mayAsk })).toMatchObject({ address: ADDRESS, hosts: mayAsk })
    expect(fetched.map(({ url }) => url)).toEqual([
      `https://names.example.com/${UNIVERSAL_RESOLVER.toLowerCase()}/0x1234.json`,
    ])
    expect(fetched[0]?.init).toMatchObject({ method: 'GET', credentials: 'omit', redirect: 'error' })
    expect(asked.every(({ role }) => role === 'wallet')).toBe(true)
    expect(asked).toHaveLength(2)
  })

  test('error: NameOffChain where only some servers were agreed to', async () => {
    const fetched = stubGateways()
    const { client } = far([GATEWAY, 'https://other.example/{data}'])
    await expect(readName(client, 'far.eth', { mayAsk })).rejects.toMatchObject({
      name: 'NameOffChain',
      hosts: ['other.example'],
    })
    expect(fetched).toEqual([])
  })

  test('error: NameOffChain also where the contract would go on without the answer', async () => {
    stubGateways()
    const inner = encodeFunctionData({
      abi: resolverAbi,
      functionName: 'query',
      args: [[{ sender: RESOLVER, urls: [GATEWAY], data: '0x77' }]],
    })
    const chain = chainWith([[question('far.eth'), lookup(['x-batch-gateway:true'], inner)]])
    const client = {
      ...chain.client,
      ask: (given: Parameters<typeof chain.client.ask>[0]) => {
        const { data } = given.params[0] as { data: Hex }
        // Whatever the callback is given, it makes an address of it.
        if (data.includes(CALLBACK.slice(2))) {
          const selector = data.indexOf(CALLBACK.slice(2))
          const length = Number(BigInt(`0x${data.slice(selector - 64, selector)}`))
          chain.reply(nameRead(`0x${data.slice(selector, selector + 2 * length)}`), leadsTo(ADDRESS))
        }
        return chain.client.ask(given)
      },
    } as typeof chain.client
    await expect(readName(client, 'far.eth')).rejects.toBeInstanceOf(NameOffChain)
    expect(await readName(client, 'far.eth', { mayAsk })).toMatchObject({ address: ADDRESS })
  })

  test('error: GatewayFailed where the server refuses and the contract then too', async () => {
    stubGateways(() => new Response('gone', { status: 410 }))
    const { client } = far()
    await expect(readName(client, 'far.eth', { mayAsk })).rejects.toBeInstanceOf(GatewayFailed)
  })

  test('error: GatewayFailed where the contract refuses the answer', async () => {
    stubGateways()
    const chain = chainWith([
      [question('far.eth'), lookup([GATEWAY])],
      [callback('0xbeef'), resolverError('0x')],
    ])
    await expect(readName(chain.client, 'far.eth', { mayAsk })).rejects.toBeInstanceOf(GatewayFailed)
  })

  test('error: NameNotFound said by the contract after the server’s answer', async () => {
    stubGateways()
    const chain = chainWith([
      [question('far.eth'), lookup([GATEWAY])],
      [callback('0xbeef'), notFound('far.eth')],
    ])
    await expect(readName(chain.client, 'far.eth', { mayAsk })).rejects.toBeInstanceOf(NameNotFound)
  })

  test('behavior: a lookup in the name of another contract is not followed', async () => {
    const fetched = stubGateways()
    const { client } = chainWith([[question('far.eth'), lookup([GATEWAY], '0x1234', RESOLVER)]])
    await expect(readName(client, 'far.eth', { mayAsk })).rejects.toThrow()
    expect(fetched).toEqual([])
  })
})
