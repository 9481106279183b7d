import { describe, expect, test } from 'vitest'
import { createClient, LOCAL_ID } from '../../src/chain/client.ts'
import type { Endpoint } from '../../src/chain/endpoints.ts'
import { readHistory } from '../../src/chain/readHistory.ts'
import { readSnapshot } from '../../src/chain/readSnapshot.ts'
import { isSameReading } from '../../src/math/compareSamples.ts'
import { DAY } from '../../src/math/fixedPoint.ts'
import type { Sample } from '../../src/math/sample.ts'
import { poolKey } from '../../src/pools/definePool.ts'
import { tokenPools } from '../../src/pools/index.ts'
import { rocketPool } from '../../src/pools/rocketPool.ts'
import { clientOf, testChain } from '../support/chain.ts'
import type { FaultPolicy } from '../support/faultProxy.ts'
import { lyingRate, resets } from '../support/faults.ts'
import { watchedArchive } from './histories.ts'

const running = testChain({ days: 60 })
const key = poolKey(rocketPool)
const lie = (times = 1_010n, every = 1): FaultPolicy => lyingRate({ factor: [times, 1_000n], every })

/** Read 45 days over public endpoints with these faults, the head from a healthy one. */
async function readOver(faults: readonly (FaultPolicy | undefined)[], until = Number.POSITIVE_INFINITY) {
  const proxies = await Promise.all(faults.map(fault => running.proxy(fault)))
  const endpoints = proxies.map(
    ({ url }, index): Endpoint => ({
      url,
      operator: 'abc'.charAt(index),
      roles: ['head', 'archive', 'logs', 'wallet'],
      privacy: 'none',
      pace: { atOnce: 2, spacing: 0 },
    }),
  )
  const client = createClient(endpoints, { chainIds: [LOCAL_ID], grid: 2n })
  const direct = clientOf(running.chain.url)
  const head = await readSnapshot(direct, tokenPools, { block: 'latest', role: 'head' })
  const { archive, load } = watchedArchive()
  let samples: readonly Sample[] = []
  const request = { pools: tokenPools, head, span: 45n * DAY, windows: [] }
  for await (const progress of readHistory(client, archive, request)) {
    samples = progress.samples
    if (samples.length >= until) break
  }
  return { samples, kept: await load(), client, direct, proxies }
}

/** The pools about which samples say something that is not so. */
async function falsehoods(
  direct: ReturnType<typeof clientOf>,
  samples: readonly Sample[],
): Promise<string[]> {
  const found: string[] = []
  for (const { block, readings } of samples) {
    const { pools } = await readSnapshot(direct, tokenPools, { block, role: 'archive' })
    for (const { pool, reading } of pools) {
      const said = readings[poolKey(pool)]
      const isTold = said !== undefined && said.state !== 'unknown'
      if (isTold && !isSameReading(said, reading)) found.push(`${pool.id} at ${block}`)
    }
  }
  return found
}

const LONG = 30_000

describe('readHistory, several operators', () => {
  test(
    'default: three honest ones share the work, and all that is final is kept',
    async () => {
      const { samples, kept, proxies, direct } = await readOver([undefined, undefined, undefined])
      expect(samples.length).toBeGreaterThan(40)
      expect(proxies.every(proxy => proxy.count('eth_call') > 3)).toBe(true)
      expect(new Set(samples.map(({ operator }) => operator)).size).toBeGreaterThan(1)
      expect(kept.length).toBeGreaterThan(10)
      expect(await falsehoods(direct, kept)).toEqual([])
    },
    LONG,
  )

  test(
    'behavior: a liar is found out by two others before anything of it is shown, and not asked again',
    async () => {
      const { samples, kept, client, direct } = await readOver([lie(), undefined, undefined])
      expect(client.standings[0]?.setAside()?.name).toBe('Disagreement')
      expect(samples.slice(0, -1).some(({ operator }) => operator === 'a')).toBe(false)
      expect(samples.every(({ readings }) => readings[key]?.state === 'known')).toBe(true)
      expect(await falsehoods(direct, [...samples, ...kept])).toEqual([])
    },
    LONG,
  )

  test(
    'behavior: one that lies now and then stands out among its neighbours, and nothing of it remains',
    async () => {
      const { samples, kept, client, direct } = await readOver([lie(1_010n, 5), undefined, undefined])
      expect(client.standings[0]?.setAside()?.name).toBe('Disagreement')
      expect(await falsehoods(direct, [...samples, ...kept])).toEqual([])
    },
    LONG,
  )

  test(
    'behavior: where two differ and nobody else can say, that pool is not known and nothing of it is kept',
    async () => {
      const { samples, kept, direct } = await readOver([lie(), undefined, resets()])
      const history = samples.slice(0, -1)
      expect(history.length).toBeGreaterThan(40)
      expect(history.every(({ readings }) => readings[key]?.state === 'unknown')).toBe(true)
      const others = history.flatMap(({ readings }) =>
        Object.entries(readings).filter(([name]) => name !== key),
      )
      expect(others.some(([, { state }]) => state === 'known')).toBe(true)
      expect(kept).toEqual([])
      expect(await falsehoods(direct, samples)).toEqual([])
    },
    LONG,
  )

  test(
    'behavior: what one public operator says and nobody confirms is shown and not kept',
    async () => {
      const { samples, kept } = await readOver([undefined, resets(), resets()])
      expect(samples.length).toBeGreaterThan(40)
      expect(kept).toEqual([])
    },
    LONG,
  )

  test(
    'behavior: a reader who turns away keeps what near neighbours speak for',
    async () => {
      const { samples, kept, direct } = await readOver([undefined, undefined], 30)
      expect(samples.length).toBeLessThan(45)
      expect(kept.length).toBeGreaterThan(0)
      expect(kept.length).toBeLessThan(samples.length)
      expect(await falsehoods(direct, kept)).toEqual([])
    },
    LONG,
  )
})
