import { describe, expect, test } from 'vitest'
import { createClient, LOCAL_ID } from '../../src/chain/client.ts'
import type { Endpoint, Pace } from '../../src/chain/endpoints.ts'
import { readAgreement } from '../../src/chain/readAgreement.ts'
import { readHistory } from '../../src/chain/readHistory.ts'
import { readLive } from '../../src/chain/readLive.ts'
import { DAY } from '../../src/math/fixedPoint.ts'
import type { Sample } from '../../src/math/sample.ts'
import { tokenPools } from '../../src/pools/index.ts'
import { testChain } from '../support/chain.ts'
import { rateLimit } from '../support/faultLimits.ts'
import type { FaultPolicy, FaultProxy } from '../support/faultProxy.ts'
import { isOldCall, watchedArchive } from './histories.ts'

const running = testChain({ days: 380 })

type Place = { readonly pace: Pace; readonly policy?: FaultPolicy }

async function connect(...places: readonly Place[]) {
  const proxies: FaultProxy[] = []
  for (const { policy } of places) proxies.push(await running.proxy(policy))
  const endpoints = places.map(
    ({ pace }, index): Endpoint => ({
      url: proxies[index]?.url ?? '',
      operator: 'abc'.charAt(index),
      roles: ['head', 'archive', 'logs', 'wallet'],
      privacy: 'none',
      pace,
    }),
  )
  // Two blocks a day, of which every other is a sample: a spacing of a day, as on mainnet.
  const client = createClient(endpoints, { chainIds: [LOCAL_ID], grid: 2n })
  return { client, proxies }
}

async function readYear({ client }: Awaited<ReturnType<typeof connect>>) {
  const { archive, load } = watchedArchive()
  const head = await readLive(client, tokenPools, { role: 'head' })
  const agreement = await readAgreement(client, tokenPools, head)
  let samples: readonly Sample[] = []
  const request = { pools: tokenPools, head, span: 365n * DAY, windows: [30n * DAY] }
  for await (const progress of readHistory(client, archive, request)) samples = progress.samples
  return { samples, agreement, kept: await load() }
}

const oldCalls = (proxies: readonly FaultProxy[]): number =>
  proxies.reduce((sum, { requests }) => sum + requests.filter(isOldCall).length, 0)

describe('requests, counted where they arrive', () => {
  test('default: live figures take one, and one more for the agreement of another operator', async () => {
    const { client, proxies } = await connect(
      { pace: { atOnce: 2, spacing: 0 } },
      { pace: { atOnce: 2, spacing: 0 } },
      { pace: { atOnce: 2, spacing: 0 } },
    )
    const live = await readLive(client, tokenPools, { role: 'head' })
    expect(proxies.map(proxy => proxy.count())).toEqual([1, 0, 0])
    const { verdict } = await readAgreement(client, tokenPools, live)
    expect(verdict.kind).toBe('agreed')
    expect(proxies.map(proxy => proxy.count())).toEqual([1, 1, 0])
  })

  test('behavior: a year of samples takes at most 366 calls over all endpoints, each at its own pace', async () => {
    const spacings = [20, 30, 60]
    const connected = await connect(...spacings.map(spacing => ({ pace: { atOnce: 2, spacing } })))
    const { samples, agreement, kept } = await readYear(connected)
    expect(agreement.verdict.kind).toBe('agreed')
    expect(samples.length).toBeGreaterThanOrEqual(360)
    expect(kept.length).toBeGreaterThanOrEqual(samples.length - 40)
    const { proxies } = connected
    // The call that agrees on the live figures is one of a block by number too, and is no part of the history.
    const calls = oldCalls(proxies) - 1
    console.log(
      `A year: ${samples.length} samples, ${calls} calls, ${proxies.map(proxy => proxy.count()).join(' + ')} requests`,
    )
    expect(calls).toBeLessThanOrEqual(366)
    for (const [index, spacing] of spacings.entries()) {
      const proxy = proxies[index]
      expect(proxy?.count()).toBeGreaterThan(20)
      // Starts are spaced; arrivals jitter by a request or two.
      expect(proxy?.busiest(1_000)).toBeLessThanOrEqual(1_000 / spacing + 3)
    }
  }, 60_000)

  test('behavior: refusals for being too fast cost at most a tenth more, and the year is whole', async () => {
    const fast = { atOnce: 4, spacing: 0 }
    const connected = await connect(
      { pace: fast, policy: rateLimit({ calls: 12 }) },
      { pace: fast, policy: rateLimit({ calls: 20 }) },
      { pace: fast },
    )
    const { samples, agreement } = await readYear(connected)
    const { proxies, client } = connected
    const refused = client.ledger.entries().filter(({ outcome }) => outcome === 'RateLimited').length
    const calls = oldCalls(proxies) - (agreement.verdict.kind === 'agreed' ? 1 : 0)
    console.log(`Limited: ${samples.length} samples, ${calls} calls, ${refused} refused`)
    expect(samples.length).toBeGreaterThanOrEqual(360)
    expect(refused).toBeGreaterThan(0)
    expect(refused).toBeLessThanOrEqual(36)
    expect(calls - refused).toBeLessThanOrEqual(366)
  }, 60_000)
})
