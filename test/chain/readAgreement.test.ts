import { describe, expect, test } from 'vitest'
import { createClient } from '../../src/chain/client.ts'
import { readAgreement } from '../../src/chain/readAgreement.ts'
import { readLive } from '../../src/chain/readLive.ts'
import { poolKey } from '../../src/pools/definePool.ts'
import { tokenPools } from '../../src/pools/index.ts'
import { rocketPool } from '../../src/pools/rocketPool.ts'
import { endpointAt, LOCAL, testChain } from '../support/chain.ts'
import type { FaultPolicy } from '../support/faultProxy.ts'
import { lyingRate, staleHead } from '../support/faults.ts'

const running = testChain({ days: 20 })

async function agree(...faults: readonly (FaultPolicy | undefined)[]) {
  const proxies = await Promise.all(faults.map(fault => running.proxy(fault)))
  const client = createClient(
    proxies.map(({ url }, index) => endpointAt(url, 'abcd'.charAt(index))),
    LOCAL,
  )
  const live = await readLive(client, tokenPools, { role: 'head' })
  const agreement = await readAgreement(client, tokenPools, live)
  return { live, agreement, requests: proxies.map(proxy => proxy.count()) }
}

const lie = lyingRate({ factor: [1_010n, 1_000n] })
const key = poolKey(rocketPool)

describe('readAgreement', () => {
  test('default: the same block, number, time and parent, of another operator, in one request more', async () => {
    const { live, agreement, requests } = await agree(undefined, undefined)
    expect(agreement).toMatchObject({
      block: live.block,
      time: live.time,
      verdict: { kind: 'agreed', operators: ['a', 'b'] },
    })
    expect(agreement.doubts.size).toBe(0)
    expect(requests).toEqual([1, 1])
    expect(live.parentHash).toMatch(/^0x[0-9a-f]{64}$/)
  })

  test('behavior: with one operator there is nobody to agree, and nothing is asked', async () => {
    const { agreement, requests } = await agree(undefined)
    expect(agreement.verdict.kind).toBe('alone')
    expect(requests).toEqual([1])
  })

  test('behavior: a lie is a disagreement with both values', async () => {
    const { agreement, live } = await agree(lie, undefined)
    expect([...agreement.doubts.keys()]).toEqual([key])
    const { claims = [], why = '' } = agreement.doubts.get(key) ?? {}
    expect(claims.map(({ operator }) => operator)).toEqual(['a', 'b'])
    const rates = claims.map(({ reading }) => (reading.state === 'known' ? reading.rate : 0n))
    expect(rates[0]).toBe(((rates[1] ?? 0n) * 1_010n) / 1_000n)
    expect(why).toContain(live.block.toString())
  })

  test('behavior: a refuted figure is in doubt until it has been read again', async () => {
    const { agreement } = await agree(lie, undefined, undefined)
    expect(agreement.verdict.kind).toBe('refuted')
    expect([...agreement.doubts.keys()]).toEqual([key])
  })

  test('behavior: an operator that is behind cannot answer for the block, which is no dispute', async () => {
    const { agreement } = await agree(undefined, staleHead({ behind: 5n }))
    expect(agreement.verdict.kind).toBe('alone')
    expect(agreement.doubts.size).toBe(0)
  })
})
