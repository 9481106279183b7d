import { describe, expect, test } from 'vitest'
import { readLive } from '../../src/chain/readLive.ts'
import type { Claim } from '../../src/math/compareSamples.ts'
import { poolKey } from '../../src/pools/definePool.ts'
import { tokenPools } from '../../src/pools/index.ts'
import { rocketPool } from '../../src/pools/rocketPool.ts'
import type { Agreement } from '../../src/queries/agreement.ts'
import { settle } from '../../src/queries/settledLive.ts'
import { createFakeChain } from '../chain/fakeChain.ts'

const live = await readLive(createFakeChain().client, tokenPools, { role: 'head' })

const claims: readonly Claim[] = [
  { operator: 'A', reading: { state: 'known', rate: 1n, supply: 1n, pooled: 1n } },
  { operator: 'B', reading: { state: 'known', rate: 2n, supply: 1n, pooled: 1n } },
]

const agreement = (doubts: Agreement['doubts']): Agreement => ({
  block: live.block,
  time: live.time,
  verdict: { kind: 'agreed', operators: ['A', 'B'] },
  doubts,
})

describe('settle', () => {
  test('default: what nobody doubts stays as it is, and is the same object', () => {
    expect(settle(live, undefined)).toBe(live)
    expect(settle(live, null)).toBe(live)
    expect(settle(live, agreement(new Map()))).toBe(live)
  })

  test('behavior: what operators differ about is not known, with what each says, and the rest stands', () => {
    const doubts = new Map([[poolKey(rocketPool), { why: 'A and B differ.', claims }]])
    const settled = settle(live, agreement(doubts))
    const own = settled.pools.find(({ pool }) => pool.id === rocketPool.id)
    expect(own).toMatchObject({ reading: { state: 'unknown', why: 'A and B differ.' }, claims })
    const rest = settled.pools.filter(({ pool }) => pool.id !== rocketPool.id)
    expect(rest).toEqual(live.pools.filter(({ pool }) => pool.id !== rocketPool.id))
    expect(rest.every(({ claims: none }) => none === undefined)).toBe(true)
  })
})
