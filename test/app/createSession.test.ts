import { describe, expect, test } from 'vitest'
import { createSession } from '../../src/app/createSession.ts'
import type { PageConfig } from '../../src/app/pageConfig.ts'
import { InvalidEndpoint, PUBLIC_ENDPOINTS } from '../../src/chain/endpoints.ts'
import { tokenPools as all, pools } from '../../src/pools/index.ts'

const plain: PageConfig = { chain: 'mainnet', rpc: undefined, grid: undefined, exampleWallet: undefined }
const own: PageConfig = { ...plain, chain: 'local', rpc: ['http://127.0.0.1:8545'] }

describe('createSession', () => {
  test('default: public endpoints, which must be mainnet, a sample a day', () => {
    const { client, chain, pools: read, tokenPools } = createSession(plain)
    expect(client.endpoints).toEqual(PUBLIC_ENDPOINTS)
    expect(client.network).toEqual({ chainIds: [1n], grid: 7_200n })
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
    expect(session.client.network.grid).toBe(1n)
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
