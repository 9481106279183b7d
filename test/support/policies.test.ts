import { describe, expect, test } from 'vitest'
import { rocketPool } from '../../src/pools/rocketPool.ts'
import { refusals } from '../chain/refusals.ts'
import { testChain } from './chain.ts'
import { hex } from './faultBlocks.ts'
import { ask, preflight, send } from './faultClient.ts'
import type { FaultPolicy } from './faultProxy.ts'
import { imitate } from './policies.ts'

const running = testChain({ days: 20 })
const { address, callData } = rocketPool.rate

const bodyOf = (name: string) => {
  const refusal = refusals.find(one => one.name === name)
  return { status: refusal?.status, error: refusal?.error }
}

/** Ask for the logs of so many blocks, up to a block so far behind the head. */
const logs = (url: string, span: bigint, back = 0n, more: object = {}) => {
  const to = running.chain.headBlock - back
  return ask(url, 'eth_getLogs', [{ fromBlock: hex(to - span + 1n), toBlock: hex(to), ...more }])
}
const rate = (url: string, back = 0n) =>
  ask(url, 'eth_call', [{ to: address, data: callData }, hex(running.chain.headBlock - back)])
const urlOf = async (policy: FaultPolicy) => (await running.proxy(policy)).url

const SERVED = { status: 200, result: expect.anything() }
const fast = { calls: 1_000_000 }

describe('each endpoint', () => {
  test.each(Object.entries(imitate))(
    'default: %s serves a live rate, with its own and with other limits',
    async (_, policy) => {
      expect(await rate(await urlOf(policy()))).toMatchObject(SERVED)
      expect(policy().name).toMatch(/^[0-9a-z]+$/)
    },
  )

  test('behavior: each has a name of its own', () => {
    const names = Object.values(imitate).map(policy => policy().name)
    expect(new Set(names).size).toBe(names.length)
  })

  test.each<[string, FaultPolicy, bigint, string]>([
    ['publicnode', imitate.publicnode({ span: 6n }), 6n, 'exceed maximum block range: 6'],
    ['mevblocker', imitate.mevblocker({ ...fast, span: 6n }), 6n, 'range 7 exceeds limit of 6'],
    [
      'drpc',
      imitate.drpc({ ...fast, span: 6n, says: 10_000n }),
      6n,
      String(bodyOf('drpc range').error?.message),
    ],
    ['blockrazor', imitate.blockrazor(), 25n, String(bodyOf('blockrazor').error?.message)],
    ['blastapi', imitate.blastapi(), 10n, 'up to a 10 block range'],
    ['alchemy', imitate.alchemy({ span: 6n }), 6n, 'up to a 6 block range'],
    ['1rpc', imitate.oneRpc({ ...fast, span: 6n }), 6n, 'limited to 0 - 6 blocks range'],
    ['nodies', imitate.nodies({ span: 6n }), 6n, 'maximum allowed is 6 blocks'],
    ['thirdweb', imitate.thirdweb({ span: 6n }), 6n, 'requested blocks is 6'],
    ['blockmachine', imitate.blockmachine({ ...fast, span: 6n }), 6n, 'range too large.'],
    ['tenderly', imitate.tenderly({ ...fast, span: 6n }), 6n, 'range too large.'],
    ['onfinality', imitate.onfinality({ ...fast, span: 6n }), 6n, 'range too large.'],
  ])('behavior: %s refuses one block of logs too many', async (_, policy, span, words) => {
    const url = await urlOf(policy)
    expect(await logs(url, span)).toMatchObject(SERVED)
    expect((await logs(url, span + 1n)).error?.message).toContain(words)
  })

  test.each<[string, FaultPolicy, string]>([
    ['publicnode', imitate.publicnode({ depth: 30n }), 'publicnode archive'],
    ['blockrazor', imitate.blockrazor({ depth: 30n }), 'geth'],
    ['1rpc', imitate.oneRpc({ ...fast, depth: 30n }), '1rpc state'],
    ['onfinality', imitate.onfinality({ ...fast, depth: 30n }), 'geth'],
  ])('behavior: %s has no archive', async (_, policy, refusal) => {
    const url = await urlOf(policy)
    expect(await rate(url, 30n)).toMatchObject(SERVED)
    expect(await rate(url, 31n)).toMatchObject(bodyOf(refusal))
  })

  test.each<[string, FaultPolicy]>([
    ['mevblocker', imitate.mevblocker()],
    ['drpc', imitate.drpc()],
    ['blockmachine', imitate.blockmachine()],
    ['tenderly', imitate.tenderly()],
    ['blastapi', imitate.blastapi()],
    ['pocket', imitate.pocket()],
    ['nodies', imitate.nodies()],
  ])('behavior: %s has an archive', async (_, policy) => {
    expect(await rate(await urlOf(policy), 80n)).toMatchObject(SERVED)
  })
})

describe('pace', () => {
  const statuses = async (policy: FaultPolicy, count: number) => {
    const url = await urlOf(policy)
    const replies: Awaited<ReturnType<typeof send>>[] = []
    for (let time = 0; time < count; time++)
      replies.push(await send(url, { jsonrpc: '2.0', id: 1, method: 'eth_chainId', params: [] }))
    return replies
  }
  const per = 60_000

  test.each<[string, FaultPolicy, number, string]>([
    ['drpc', imitate.drpc({ calls: 2, per }), 2, String(bodyOf('drpc rate').error?.message)],
    ['1rpc', imitate.oneRpc({ calls: 2, per }), 2, 'Too Many Requests'],
    ['blockmachine', imitate.blockmachine({ calls: 2, per }), 2, 'Too Many Requests'],
    ['tenderly', imitate.tenderly({ calls: 2, per }), 2, 'Too Many Requests'],
    ['onfinality', imitate.onfinality({ calls: 2, per }), 2, 'Too Many Requests'],
    ['pocket', imitate.pocket({ calls: 2, per }), 2, 'Too Many Requests'],
  ])('behavior: %s refuses what comes faster', async (_, policy, calls, words) => {
    const replies = await statuses(policy, calls + 2)
    expect(replies.map(({ text }) => text.includes(words))).toEqual([false, false, true, true])
  })

  test('behavior: mevblocker is out of order for every second call beyond one', async () => {
    const replies = await statuses(imitate.mevblocker({ per }), 5)
    expect(replies.map(({ text }) => text.includes('"code":-32603'))).toEqual([
      false,
      false,
      true,
      false,
      true,
    ])
  })
})

describe('what is its own', () => {
  test('behavior: publicnode blocks long filters and has pruned old logs', async () => {
    const url = await urlOf(imitate.publicnode({ depth: 30n }))
    const filter = (length: number) => ({ address: Array.from({ length }, () => address) })
    expect(await logs(url, 2n, 0n, filter(9))).toMatchObject(SERVED)
    expect(await logs(url, 2n, 0n, filter(10))).toMatchObject(bodyOf('publicnode addr'))
    expect(await logs(url, 2n, 40n)).toMatchObject(bodyOf('publicnode pruned'))
  })

  test('behavior: dRPC takes three in a batch, and finds a provider for old logs every second time', async () => {
    const url = await urlOf(imitate.drpc({ ...fast, routed: 30n }))
    const batch = Array.from({ length: 4 }, (_, id) => ({
      jsonrpc: '2.0',
      id,
      method: 'eth_chainId',
      params: [],
    }))
    expect((await send(url, batch)).status).toBe(500)
    expect((await send(url, batch.slice(1))).status).toBe(200)
    const statuses: number[] = []
    for (let time = 0; time < 4; time++) statuses.push((await logs(url, 2n, 40n)).status)
    expect(statuses).toEqual([200, 400, 200, 400])
    expect(await logs(url, 2n, 0n)).toMatchObject(SERVED)
    // The first of the next two; the second finds none.
    await logs(url, 2n, 40n)
    expect(await logs(url, 2n, 40n)).toMatchObject(bodyOf('drpc route'))
  })

  test('behavior: Pocket loses logs every third time, and caps them', async () => {
    const url = await urlOf(imitate.pocket({ ...fast, results: 1_000_000 }))
    const counts: number[] = []
    const all = running.chain.headBlock + 1n
    for (let time = 0; time < 3; time++) counts.push(((await logs(url, all)).result as unknown[]).length)
    const [count = 0] = counts
    expect(counts).toEqual([count, count, 0])
    expect(count).toBeGreaterThan(5)
    const capped = await urlOf(imitate.pocket({ ...fast, results: 5 }))
    expect((await logs(capped, all)).error?.message).toBe('query exceeds max results 5')
  })

  test('behavior: Nodies answers pages but lets none ask; MEV Blocker and Blast name the page', async () => {
    const originOf = async (policy: FaultPolicy) => {
      const { headers } = await preflight(await urlOf(policy))
      return headers.get('access-control-allow-origin')
    }
    expect(await originOf(imitate.nodies())).toBeNull()
    expect(await originOf(imitate.publicnode())).toBe('*')
    for (const policy of [imitate.mevblocker(), imitate.blastapi()])
      expect(await originOf(policy)).toBe('http://127.0.0.1:4173')
  })
})
