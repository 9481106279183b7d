import { describe, expect, test } from 'vitest'
import { type Live, readLive } from '../../src/chain/readLive.ts'
import { keptFigures, recallLive } from '../../src/chain/recallLive.ts'
import { isLastFigures, type LastFigures } from '../../src/math/lastFigures.ts'
import { poolKey } from '../../src/pools/definePool.ts'
import { tokenPools } from '../../src/pools/index.ts'
import { lido } from '../../src/pools/lido.ts'
import { rocketPool } from '../../src/pools/rocketPool.ts'
import { createFakeChain } from './fakeChain.ts'

const readNow = (): Promise<Live> => readLive(createFakeChain().client, tokenPools, { role: 'head' })

/** Keep figures and take them out again, as a database does. */
const through = (figures: LastFigures): LastFigures => structuredClone(figures)

const readingOf = (live: Live, { id }: { readonly id: string }) =>
  live.pools.find(({ pool }) => pool.id === id)?.reading

describe('recallLive', () => {
  test('default: every figure as it was read, marked as recalled', async () => {
    const live = await readNow()
    const figures = through(keptFigures(live, 'chain'))
    expect(isLastFigures(figures)).toBe(true)
    expect(figures.identity).toBe('chain')
    expect(live.pools.every(({ reading }) => reading.state === 'known')).toBe(true)
    const known = new Set(live.outcomes.map(({ read }) => read))
    const recalled = recallLive(figures, tokenPools)
    expect(recalled).toEqual({
      ...live,
      isRecalled: true,
      outcomes: expect.arrayContaining([...live.outcomes]),
    })
    expect(recalled.outcomes).toHaveLength(known.size)
  })

  test('behavior: what operators differed about is still not known, and for the same reason', async () => {
    const live = await readNow()
    const disputed: Live = {
      ...live,
      pools: live.pools.map(own =>
        own.pool === lido
          ? { ...own, reading: { state: 'unknown', why: 'A and B differ.' }, claims: [] }
          : own,
      ),
    }
    const figures = through(keptFigures(disputed, undefined))
    expect(figures.doubts).toEqual({ [poolKey(lido)]: 'A and B differ.' })
    const recalled = recallLive(figures, tokenPools)
    expect(readingOf(recalled, lido)).toEqual({ state: 'unknown', why: 'A and B differ.' })
    expect(readingOf(recalled, rocketPool)).toEqual(readingOf(live, rocketPool))
  })

  test('behavior: a pool that was not asked then, or whose bytes are none, is not known', async () => {
    const figures = keptFigures(await readNow(), undefined)
    const of = (address: string) => address.toLowerCase() === rocketPool.token.address.toLowerCase()
    const without = { ...figures, answers: figures.answers.filter(({ address }) => !of(address)) }
    const spoilt = {
      ...figures,
      answers: figures.answers.map(answer =>
        of(answer.address) ? { ...answer, returnData: '0xnothing' } : answer,
      ),
    }
    for (const kept of [without, spoilt]) {
      const recalled = recallLive(through(kept), tokenPools)
      expect(readingOf(recalled, rocketPool)?.state).toBe('unknown')
      expect(readingOf(recalled, lido)?.state).toBe('known')
      expect(recalled.outcomes.some(({ read }) => of(read.address))).toBe(false)
    }
  })
})
