import { afterEach, describe, expect, test, vi } from 'vitest'
import type { ChainClient } from '../../../src/chain/client.ts'
import { RateLimited } from '../../../src/chain/errors.ts'
import { NameNotFound } from '../../../src/chain/nameErrors.ts'
import { BadInput } from '../../../src/cli/common/errors.ts'
import { describeAccounts, readWho, type WhoReport } from '../../../src/cli/read/walletWho.ts'
import { parseWallet } from '../../../src/pools/account.ts'
import { tokenPools } from '../../../src/pools/index.ts'
import { createFakeChain, LATE, type Reply } from '../../chain/fakeChain.ts'
import { leadsTo, lookup, notFound, question } from '../../support/names.ts'

const ADDRESS = '0x52908400098527886E0F7030069857D2E4169EE7'
const RETH = '0xae78736Cd615f374D3085123A210448E74Fc6393'
const { signal } = new AbortController()
const asking = { mayAsk: [], signal }

function clientWith(name: string, reply: Reply): ChainClient {
  const chain = createFakeChain(LATE)
  chain.reply(question(name), reply)
  return chain.client
}

afterEach(() => vi.unstubAllGlobals())

describe('readWho', () => {
  test('default: an address is itself, a name leads to one at a block', async () => {
    const client = clientWith('glass.eth', leadsTo(ADDRESS))
    expect(await readWho(client, parseWallet(`${RETH} glass.eth`), asking)).toEqual([
      { address: RETH, name: null, nameBlock: null, nameHosts: [], note: null },
      { address: ADDRESS, name: 'glass.eth', nameBlock: `${LATE.block}`, nameHosts: [], note: null },
    ])
  })

  test('behavior: an address and its name are one account, under its name', async () => {
    const client = clientWith('glass.eth', leadsTo(ADDRESS))
    for (const text of [`${ADDRESS} glass.eth`, `glass.eth ${ADDRESS}`])
      expect(await readWho(client, parseWallet(text), asking)).toMatchObject([
        { address: ADDRESS, name: 'glass.eth' },
      ])
  })

  test('error: NameNotFound', async () => {
    const client = clientWith('nobody.eth', notFound('nobody.eth'))
    await expect(readWho(client, parseWallet('nobody.eth'), asking)).rejects.toBeInstanceOf(NameNotFound)
  })

  test('error: BadInput names all servers that would have to be let, and none is asked', async () => {
    const fetched = vi.fn()
    vi.stubGlobal('fetch', fetched)
    const client = clientWith('far.eth', lookup(['https://a.example/{data}', 'https://b.example/{data}']))
    const failure = await readWho(client, parseWallet('far.eth'), { mayAsk: ['a.example'], signal }).catch(
      (error: unknown) => error,
    )
    expect(failure).toBeInstanceOf(BadInput)
    expect(failure).toMatchObject({ message: expect.stringContaining('--ask-host a.example,b.example ') })
    expect(fetched).not.toHaveBeenCalled()
  })
})

const who = (address: WhoReport['address']): WhoReport => ({
  ...{ address, name: null, nameBlock: null, nameHosts: [], note: null },
})

/** A client whose accounts all have this code. */
const clientOfCode = (answer: () => string): ChainClient =>
  ({
    ask: async ({ read }: { read: (result: unknown) => unknown }) => ({ value: read(answer()) }),
  }) as unknown as ChainClient

describe('describeAccounts', () => {
  const notes = async (client: ChainClient, ...accounts: WhoReport['address'][]) =>
    (await describeAccounts(client, accounts.map(who), { pools: tokenPools, signal })).map(({ note }) => note)

  test('default: of an ordinary account nothing is said, of a contract that it is one', async () => {
    expect(
      await notes(
        clientOfCode(() => '0x'),
        ADDRESS,
      ),
    ).toEqual([null])
    expect(
      await notes(
        clientOfCode(() => '0x6001'),
        ADDRESS,
      ),
    ).toEqual([expect.stringContaining('a contract')])
    // A key that lets a contract act for it is still somebody's own, and that is to be known.
    expect(
      await notes(
        clientOfCode(() => `0xef0100${'12'.repeat(20)}`),
        ADDRESS,
      ),
    ).toEqual([expect.stringContaining('may act for this address')])
  })

  test('behavior: a token, its other form, and the zero address are named', async () => {
    const steth = '0xae7ab96520DE3A18E5e111B5EaAb095312D7fE84'
    const zero = `0x${'0'.repeat(40)}` as const
    expect(
      await notes(
        clientOfCode(() => '0x6001'),
        RETH,
        steth,
        zero,
      ),
    ).toEqual([
      expect.stringContaining('rETH itself'),
      expect.stringContaining('stETH itself'),
      expect.stringContaining('Nobody has the key'),
    ])
  })

  test('behavior: where it is not told, that is said and nothing fails', async () => {
    const client = clientOfCode(() => {
      throw new RateLimited('wants fewer requests', { operator: 'A' })
    })
    expect(await notes(client, ADDRESS)).toEqual([expect.stringContaining('not known: A wants fewer')])
  })
})
