import { beforeEach, describe, expect, test, vi } from 'vitest'
import { createSession, createVisit } from '../../src/app/createSession.ts'
import type { PageConfig } from '../../src/app/pageConfig.ts'
import { InvalidEndpoint, PUBLIC_ENDPOINTS } from '../../src/chain/endpoints.ts'
import { Disagreement } from '../../src/chain/errors.ts'
import type { LedgerEntry } from '../../src/chain/ledger.ts'
import { tokenPools as all, pools } from '../../src/pools/index.ts'
import { type EndpointSettings, loadEndpointSettings, NO_SETTINGS } from '../../src/store/endpointSettings.ts'

const plain: PageConfig = { chain: 'mainnet', rpc: undefined, grid: undefined, exampleWallet: undefined }
const own: PageConfig = { ...plain, chain: 'local', rpc: ['http://127.0.0.1:8545'] }

beforeEach(() => localStorage.clear())

describe('createSession', () => {
  test('default: public endpoints that do not track, which must be mainnet and fresh, a sample a day', () => {
    const { client, chain, pools: read, tokenPools, choice } = createSession(plain)
    expect(client.endpoints).toEqual(PUBLIC_ENDPOINTS.filter(({ privacy }) => privacy !== 'tracks'))
    expect(choice.known).toEqual(PUBLIC_ENDPOINTS)
    expect(choice.walletUrl).toBe(PUBLIC_ENDPOINTS[0]?.url)
    expect(client.network).toEqual({ chainIds: [1n], grid: 7_200n, mostHeadAge: 60n })
    expect(chain).toBe('mainnet')
    expect(read).toBe(pools)
    expect(tokenPools).toBe(all)
    expect(pools.filter(({ kind }) => kind === 'token')).toEqual(all)
  })

  test('behavior: an own node is asked alone and may be a local chain', () => {
    const { client } = createSession(own)
    expect(client.endpoints.map(({ url }) => url)).toEqual(['http://127.0.0.1:8545'])
    expect(client.network).toEqual({ chainIds: [1n, 31_337n], grid: 7_200n })
  })

  test('behavior: the embedded chain has its own grid and a wallet to show', () => {
    const session = createSession({ ...own, chain: 'embedded', grid: 1n, exampleWallet: '0xabc' })
    expect(session.client.network).toEqual({ chainIds: [31_337n], grid: 1n, mostHeadAge: 60n })
    expect(session).toMatchObject({ chain: 'embedded', exampleWallet: '0xabc' })
  })

  test('behavior: other endpoints or another grid are another identity', () => {
    const ids = [
      createSession(plain).id,
      createSession(own).id,
      createSession({ ...own, rpc: ['http://127.0.0.1:9545'] }).id,
      createSession({ ...own, grid: 1n }).id,
    ]
    expect(new Set(ids).size).toBe(4)
    expect(createSession(own).id).toBe(ids[1])
  })

  test.each(['nonsense', 'ftp://127.0.0.1', 'http://example.org'])('error: InvalidEndpoint for %s', url => {
    expect(() => createSession({ ...own, rpc: [url] })).toThrow(InvalidEndpoint)
  })
})

const [A, B] = ['http://127.0.0.1:8545', 'http://127.0.0.1:9545']
const two: PageConfig = { ...own, rpc: [A, B] }

function sessionWith(settings: Partial<EndpointSettings>, visit = createVisit()) {
  const onChoice = vi.fn()
  const session = createSession(two, { settings: { ...NO_SETTINGS, ...settings }, onChoice, visit })
  return { session, onChoice, urls: session.client.endpoints.map(({ url }) => url) }
}

const entry: LedgerEntry = {
  at: 1_790_000_000_000,
  operator: 'x',
  url: A,
  method: 'eth_call',
  bytesOut: 1,
  bytesIn: 1,
  took: 1,
  outcome: 'answered',
  carriesAddress: false,
}

describe('the choice of the reader', () => {
  test('default: who is asked, in which order, and who sees the wallet', () => {
    expect(sessionWith({}).urls).toEqual([A, B])
    expect(sessionWith({ order: [B] }).urls).toEqual([B, A])
    const { session, urls } = sessionWith({ switched: { [A]: false } })
    expect(urls).toEqual([B])
    expect(session.choice.known.map(({ url }) => url)).toEqual([A, B])
    expect(session.choice.walletUrl).toBe(B)
    expect(sessionWith({ wallet: B }).session.choice.walletUrl).toBe(B)
  })

  test('behavior: another set or order is another identity, the wallet alone is not', () => {
    const ids = [{}, { order: [B] }, { switched: { [A]: false } }].map(one => sessionWith(one).session.id)
    expect(new Set(ids).size).toBe(3)
    expect(sessionWith({ wallet: B }).session.id).toBe(ids[0])
  })

  test('behavior: a choice is kept for this chain, and handed on', () => {
    const { session, onChoice } = sessionWith({})
    const next = { ...NO_SETTINGS, wallet: B }
    expect(session.choice.choose(next)).toBe(true)
    expect(onChoice).toHaveBeenCalledExactlyOnceWith(next)
    expect(loadEndpointSettings('local')).toEqual(next)
    expect(loadEndpointSettings('mainnet')).toEqual(NO_SETTINGS)
  })

  test('behavior: where the browser keeps nothing the choice holds all the same', () => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('The quota has been exceeded.', 'QuotaExceededError')
    })
    const { session, onChoice } = sessionWith({})
    expect(session.choice.choose({ ...NO_SETTINGS, wallet: B })).toBe(false)
    expect(onChoice).toHaveBeenCalledTimes(1)
  })
})

describe('a visit that connects anew', () => {
  test('default: it has one ledger, one store and one memory', () => {
    const visit = createVisit()
    const { session: first } = sessionWith({}, visit)
    const { session: second } = sessionWith({ order: [B] }, visit)
    visit.ledger.add(entry)
    expect(first.client.ledger.entries()).toEqual([entry])
    expect(second.client.ledger.entries()).toEqual([entry])
    expect(second.store).toBe(first.store)
    expect(second.logs).toBe(first.logs)
    expect(second.times).toBe(first.times)
    first.client.memory.remember(A, { spacing: 700 })
    expect(second.client.memory.recall(A)).toEqual({ spacing: 700 })
    expect(sessionWith({}).session.client.ledger.entries()).toEqual([])
  })

  test('behavior: the requests of all its connections are in that ledger', async () => {
    vi.stubGlobal('fetch', async () => new Response('{"jsonrpc":"2.0","id":1,"result":"0x1"}'))
    const visit = createVisit()
    for (const settings of [{}, { order: [B] }]) {
      const { session } = sessionWith(settings, visit)
      const question = { method: 'eth_chainId', params: [], role: 'head', signal: undefined } as const
      await session.client.ask({ ...question, read: result => result })
    }
    expect(visit.ledger.entries().map(({ url, outcome }) => [url, outcome])).toEqual([
      [A, 'answered'],
      [B, 'answered'],
    ])
  })

  test('behavior: who was set aside stays so, also over a while of being off', () => {
    const visit = createVisit()
    const { session } = sessionWith({}, visit)
    const failure = new Disagreement('gave other figures', { operator: '127.0.0.1:8545' })
    session.client.setAside('127.0.0.1:8545', failure)
    session.client.standings[0]?.noteRung('archive', false)
    sessionWith({ switched: { [A]: false } }, visit)
    const [first, second] = sessionWith({}, visit).session.client.standings
    expect(first?.setAside()).toBe(failure)
    expect(first?.lastRefusal()?.failure).toBe(failure)
    expect(first?.rungs.get('archive')).toBe(false)
    expect(second?.setAside()).toBeUndefined()
  })
})
