import { afterAll, beforeAll } from 'vitest'
import { type ChainClient, createClient, LOCAL_ID, type Network } from '../../src/chain/client.ts'
import type { Endpoint } from '../../src/chain/endpoints.ts'
import { createRpc, type Rpc } from '../../src/embedded/rpc.ts'
import {
  type EmbeddedChain,
  type EmbeddedChainOptions,
  startEmbeddedChain,
} from '../../src/embedded/start.ts'
import { type FaultPolicy, type FaultProxy, startFaultProxy } from './faultProxy.ts'

export const LOCAL: Network = { chainIds: [LOCAL_ID], grid: 1n }

/** A fixed end of history, so that every run has the same blocks. */
export const NOW = 1_790_000_000n

export type TestChain = {
  /** Valid once the tests run. */
  readonly chain: EmbeddedChain
  readonly rpc: Rpc
  /** A proxy in front of the chain; stopped with it. */
  readonly proxy: (policy?: FaultPolicy) => Promise<FaultProxy>
}

/** Start an embedded chain for the tests of a file, and stop it and its proxies after them. */
export function testChain(
  options: Pick<EmbeddedChainOptions, 'days' | 'now' | 'seed' | 'scenario' | 'wallets'> = {},
): TestChain {
  const running: { chain?: EmbeddedChain; rpc?: Rpc } = {}
  const proxies: FaultProxy[] = []
  beforeAll(async () => {
    running.chain = await startEmbeddedChain({ days: 40, now: NOW, live: false, ...options })
    running.rpc = createRpc(running.chain.url)
  })
  afterAll(async () => {
    await Promise.all(proxies.map(proxy => proxy.stop()))
    await running.chain?.stop()
  })
  const started = <Value>(value: Value | undefined): Value => {
    if (value === undefined) throw new TypeError('The chain runs inside tests only.')
    return value
  }
  return {
    get chain() {
      return started(running.chain)
    },
    get rpc() {
      return started(running.rpc)
    },
    proxy: async policy => {
      const proxy = await startFaultProxy(started(running.chain).url, policy)
      proxies.push(proxy)
      return proxy
    },
  }
}

/** An endpoint that may be asked everything, run by an operator of its own. */
export const endpointAt = (url: string, operator = 'test', roles?: Endpoint['roles']): Endpoint => ({
  url,
  operator,
  roles: roles ?? ['head', 'archive', 'logs', 'wallet'],
  privacy: 'own',
})

/** A client of the embedded chain behind these URLs, operators named a, b, c in order. */
export const clientOf = (...urls: readonly string[]): ChainClient =>
  createClient(
    urls.map((url, index) => endpointAt(url, 'abcdefgh'.charAt(index))),
    LOCAL,
  )
