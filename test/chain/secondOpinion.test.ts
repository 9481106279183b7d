import { describe, expect, test } from 'vitest'
import { createClient } from '../../src/chain/client.ts'
import { Disagreement, NoEndpointServed, UnexpectedReply } from '../../src/chain/errors.ts'
import { readSnapshot, sampleOf } from '../../src/chain/readSnapshot.ts'
import { askSecondOpinion } from '../../src/chain/secondOpinion.ts'
import { poolKey } from '../../src/pools/definePool.ts'
import { tokenPools } from '../../src/pools/index.ts'
import { rocketPool } from '../../src/pools/rocketPool.ts'
import { endpointAt, LOCAL, testChain } from '../support/chain.ts'
import type { FaultPolicy } from '../support/faultProxy.ts'
import { lyingRate, resets } from '../support/faults.ts'

const running = testChain({ days: 20 })

const lie = (times: bigint): FaultPolicy => lyingRate({ factor: [times, 1_000n] })

/** Operators a, b, c with these faults, and the sample that the first of them gives. */
async function setUp(...faults: readonly (FaultPolicy | undefined)[]) {
  const proxies = await Promise.all(faults.map(fault => running.proxy(fault)))
  const client = createClient(
    proxies.map(({ url }, index) => endpointAt(url, 'abcd'.charAt(index))),
    LOCAL,
  )
  const first = sampleOf(
    await readSnapshot(client, tokenPools, { block: 30n, role: 'archive', only: proxies[0]?.url }),
  )
  for (const proxy of proxies) proxy.forget()
  const ask = (parentHash?: `0x${string}`) =>
    askSecondOpinion(client, first, { pools: tokenPools, role: 'archive', parentHash })
  return { client, proxies, first, ask }
}

const key = poolKey(rocketPool)

describe('askSecondOpinion', () => {
  test('default: two operators say the same, in one request', async () => {
    const { ask, proxies } = await setUp(undefined, undefined, undefined)
    expect(await ask()).toEqual({ kind: 'agreed', operators: ['a', 'b'] })
    expect(proxies.map(proxy => proxy.count())).toEqual([0, 1, 0])
  })

  test('behavior: the first is refuted by two others, and not asked again', async () => {
    const { ask, client, proxies, first } = await setUp(lie(1_010n), undefined, undefined)
    const verdict = await ask()
    expect(verdict).toMatchObject({ kind: 'refuted', operators: ['b', 'c'] })
    const [lied, right] = [first.readings[key], verdict.kind === 'refuted' && verdict.sample.readings[key]]
    if (lied?.state !== 'known' || right === false || right?.state !== 'known') return expect.unreachable()
    expect(lied.rate).toBe((right.rate * 1_010n) / 1_000n)
    proxies[0]?.forget()
    expect(client.standings[0]?.setAside()).toBeInstanceOf(Disagreement)
    const { operator } = await readSnapshot(client, tokenPools, { block: 31n, role: 'archive' })
    expect(operator).not.toBe('a')
    expect(proxies[0]?.count()).toBe(0)
  })

  test('behavior: a second who lies is outvoted, and the first stands', async () => {
    const { ask, client } = await setUp(undefined, lie(1_010n), undefined)
    expect(await ask()).toEqual({ kind: 'agreed', operators: ['a', 'c'] })
    expect(client.standings.map(({ setAside }) => setAside() instanceof Disagreement)).toEqual([
      false,
      true,
      false,
    ])
  })

  test('behavior: where two differ and nobody else can say, both claims stand beside each other', async () => {
    const { ask, client, first } = await setUp(undefined, lie(1_010n), resets())
    const verdict = await ask()
    if (verdict.kind !== 'disputed') return expect.unreachable(verdict.kind)
    expect(verdict.operators).toEqual(['a', 'b'])
    expect(verdict.disputes.map(({ poolKey: name }) => name)).toEqual([key])
    const [a, b] = verdict.disputes[0]?.claims ?? []
    expect(a).toEqual({ operator: 'a', reading: first.readings[key] })
    expect(b?.operator).toBe('b')
    expect(b?.reading).not.toEqual(a?.reading)
    expect(client.standings.every(({ setAside }) => setAside() === undefined)).toBe(true)
  })

  test('behavior: three who all differ settle nothing', async () => {
    const { ask } = await setUp(undefined, lie(1_010n), lie(990n))
    const verdict = await ask()
    expect(verdict).toMatchObject({ kind: 'disputed', operators: ['a', 'b', 'c'] })
  })

  test('behavior: nobody else is there, or nobody else answers', async () => {
    const { ask } = await setUp(undefined)
    expect(await ask()).toMatchObject({ kind: 'alone', why: expect.any(NoEndpointServed) })
    const dead = await setUp(undefined, resets())
    expect((await dead.ask()).kind).toBe('alone')
  }, 20_000)

  test('behavior: another block of the same number is no answer', async () => {
    const { ask } = await setUp(undefined, undefined)
    const header = await running.rpc('eth_getBlockByNumber', ['0x1d', false])
    const { hash } = header as { hash: `0x${string}` }
    expect((await ask(hash)).kind).toBe('agreed')
    expect(await ask(`0x${'ab'.repeat(32)}`)).toMatchObject({
      kind: 'alone',
      why: expect.any(UnexpectedReply),
    })
  })
})
