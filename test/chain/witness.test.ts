import { describe, expect, test } from 'vitest'
import { createClient } from '../../src/chain/client.ts'
import type { Endpoint } from '../../src/chain/endpoints.ts'
import { readSnapshot, sampleOf } from '../../src/chain/readSnapshot.ts'
import { createWitness } from '../../src/chain/witness.ts'
import { poolKey } from '../../src/pools/definePool.ts'
import { tokenPools } from '../../src/pools/index.ts'
import { rocketPool } from '../../src/pools/rocketPool.ts'
import { endpointAt, LOCAL, testChain } from '../support/chain.ts'
import type { FaultPolicy } from '../support/faultProxy.ts'
import { lyingRate, resets } from '../support/faults.ts'

const running = testChain({ days: 20 })
const lie = lyingRate({ factor: [1_010n, 1_000n] })

async function setUp(privacy: Endpoint['privacy'], ...faults: readonly (FaultPolicy | undefined)[]) {
  const proxies = await Promise.all(faults.map(fault => running.proxy(fault)))
  const client = createClient(
    proxies.map(({ url }, index) => ({ ...endpointAt(url, 'abcd'.charAt(index)), privacy })),
    LOCAL,
  )
  const from = async (index: number, block = 30n) =>
    sampleOf(await readSnapshot(client, tokenPools, { block, role: 'archive', only: proxies[index]?.url }))
  const samples = await Promise.all(
    proxies.map((_, index) => (faults[index] === DEAD ? undefined : from(index))),
  )
  for (const proxy of proxies) proxy.forget()
  const witness = createWitness(client, tokenPools)
  const worthOf = async (index: number) => {
    const sample = samples[index]
    return sample === undefined ? expect.unreachable() : witness.worthOf(sample, undefined)
  }
  const requests = (): number => proxies.reduce((sum, proxy) => sum + proxy.count(), 0)
  return { client, witness, worthOf, requests }
}

const DEAD = resets()

describe('createWitness', () => {
  test('default: n operators are confirmed with n − 1 calls, even at once', async () => {
    const { worthOf, requests, witness } = await setUp('none', undefined, undefined, undefined)
    expect(witness.hasOthers).toBe(true)
    const worths = await Promise.all([worthOf(0), worthOf(1), worthOf(2)])
    expect(worths.map(({ isConfirmed, isRefuted }) => [isConfirmed, isRefuted])).toEqual([
      [true, false],
      [true, false],
      [true, false],
    ])
    expect(requests()).toBe(2)
    await worthOf(1)
    expect(requests()).toBe(2)
  })

  test('behavior: one that two others contradict is refuted', async () => {
    const { worthOf } = await setUp('none', lie, undefined, undefined)
    expect(await worthOf(0)).toMatchObject({ isConfirmed: false, isRefuted: true })
    expect(await worthOf(1)).toMatchObject({ isConfirmed: true, isRefuted: false })
  })

  test('behavior: two that differ are both in doubt about that pool, and neither is confirmed', async () => {
    const { worthOf, requests } = await setUp('none', lie, undefined)
    for (const index of [0, 1]) {
      const worth = await worthOf(index)
      expect(worth).toMatchObject({ isConfirmed: false, isRefuted: false })
      expect([...worth.disputed.keys()]).toEqual([poolKey(rocketPool)])
    }
    expect(requests()).toBe(1)
  })

  test('behavior: a public operator that nobody can confirm is not, the reader’s own node is', async () => {
    const alone = await setUp('none', undefined, DEAD)
    expect(await alone.worthOf(0)).toMatchObject({ isConfirmed: false, isRefuted: false })
    const own = await setUp('own', undefined, DEAD)
    expect(await own.worthOf(0)).toMatchObject({ isConfirmed: true })
  }, 30_000)

  test.each([
    ['none', false],
    ['own', true],
  ] as const)('behavior: a single endpoint (%s) is asked nothing more', async (privacy, isConfirmed) => {
    const { worthOf, requests, witness } = await setUp(privacy, undefined)
    expect(witness.hasOthers).toBe(false)
    expect((await worthOf(0)).isConfirmed).toBe(isConfirmed)
    expect(requests()).toBe(0)
  })
})
