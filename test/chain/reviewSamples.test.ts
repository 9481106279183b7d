import { describe, expect, test } from 'vitest'
import { createClient } from '../../src/chain/client.ts'
import { Disagreement } from '../../src/chain/errors.ts'
import { readSnapshot, sampleOf } from '../../src/chain/readSnapshot.ts'
import { reviewSamples } from '../../src/chain/reviewSamples.ts'
import type { BlockNumber } from '../../src/math/fixedPoint.ts'
import type { Sample } from '../../src/math/sample.ts'
import { poolKey } from '../../src/pools/definePool.ts'
import { tokenPools } from '../../src/pools/index.ts'
import { rocketPool } from '../../src/pools/rocketPool.ts'
import { endpointAt, LOCAL, testChain } from '../support/chain.ts'
import type { FaultPolicy } from '../support/faultProxy.ts'
import { lyingRate } from '../support/faults.ts'

const running = testChain({ days: 20 })
const lie = lyingRate({ factor: [1_010n, 1_000n] })
const key = poolKey(rocketPool)
const BLOCKS = [20n, 22n, 24n, 26n, 28n, 30n]

/** Samples of six days by the operators given, of whom the first may lie about some blocks only. */
async function setUp(liar: FaultPolicy | undefined, operators: number, lyingAt: readonly BlockNumber[]) {
  const proxies = await Promise.all(Array.from({ length: operators }, () => running.proxy()))
  const client = createClient(
    proxies.map(({ url }, index) => endpointAt(url, 'abcd'.charAt(index))),
    LOCAL,
  )
  const samples = new Map<BlockNumber, Sample>()
  for (const block of BLOCKS) {
    const isLie = lyingAt.includes(block)
    proxies[0]?.imitate(isLie ? liar : undefined)
    const only = proxies[isLie ? 0 : block % 4n === 0n ? 0 : 1]?.url
    const options = { block, role: 'archive', only } as const
    samples.set(block, sampleOf(await readSnapshot(client, tokenPools, options)))
  }
  proxies[0]?.imitate(liar)
  for (const proxy of proxies) proxy.forget()
  const reviewed: bigint[] = []
  const review = async () => {
    for await (const { sample } of reviewSamples(client, tokenPools, samples, undefined))
      reviewed.push(sample.block)
  }
  const rateAt = (block: BlockNumber): bigint | string | undefined => {
    const reading = samples.get(block)?.readings[key]
    return reading?.state === 'known' ? reading.rate : reading?.state
  }
  return { client, proxies, samples, reviewed, review, rateAt }
}

const truth = async (block: BlockNumber): Promise<bigint> =>
  BigInt(
    String(
      await running.rpc('eth_call', [
        { to: rocketPool.rate.address, data: rocketPool.rate.callData },
        `0x${block.toString(16)}`,
      ]),
    ),
  )

describe('reviewSamples', () => {
  test('default: an ordinary series asks nothing', async () => {
    const { review, proxies, reviewed } = await setUp(undefined, 3, [])
    await review()
    expect(proxies.map(proxy => proxy.count())).toEqual([0, 0, 0])
    expect(reviewed).toEqual([])
  })

  test('behavior: one wrong answer among right ones is replaced, and all else that its operator gave is looked at', async () => {
    const { review, client, rateAt, reviewed, samples } = await setUp(lie, 3, [24n])
    expect(rateAt(24n)).not.toBe(await truth(24n))
    await review()
    for (const block of BLOCKS) expect(rateAt(block)).toBe(await truth(block))
    expect(client.standings.map(({ setAside }) => setAside() instanceof Disagreement)).toEqual([
      true,
      false,
      false,
    ])
    const byLiar = BLOCKS.filter(block => block % 4n === 0n)
    expect(reviewed).toEqual(expect.arrayContaining(byLiar))
    expect(samples.get(24n)?.operator).not.toBe('a')
  })

  test('behavior: where nobody can say who is right, the pool is not known at that block, and the reason stands there', async () => {
    const { review, rateAt, samples } = await setUp(lie, 2, [24n])
    await review()
    expect(rateAt(24n)).toBe('unknown')
    expect(samples.get(24n)?.readings[key]).toMatchObject({ why: expect.stringContaining('24') })
    const others = Object.entries(samples.get(24n)?.readings ?? {}).filter(([name]) => name !== key)
    expect(others.every(([, { state }]) => state !== 'unknown')).toBe(true)
  })
})
