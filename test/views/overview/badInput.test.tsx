import { screen, waitFor } from '@testing-library/react'
import { beforeEach, describe, expect, test } from 'vitest'
import { WAD } from '../../../src/math/fixedPoint.ts'
import type { TokenPool } from '../../../src/pools/definePool.ts'
import { tokenPools } from '../../../src/pools/index.ts'
import { OverviewPage } from '../../../src/views/overview/OverviewPage.tsx'
import { PoolPage } from '../../../src/views/pool/PoolPage.tsx'
import { stubSize } from '../support/browser.ts'
import { renderPage } from '../support/render.tsx'
import { createWorld, HEAD, type Reply } from '../support/world.ts'

beforeEach(stubSize)

/** What a broken contract may answer instead of its rate, and what is said then on a local chain. */
const FAULTS: readonly (readonly [string, Reply, (pool: TokenPool) => string])[] = [
  ['reverts', 'reverts', ({ rate }) => `The contract refused ${rate.signature}.`],
  [
    'answers nothing',
    '0x',
    () => 'The token has no rate at this block: its contract is not there, or tells of none yet.',
  ],
  [
    'answers 0',
    0n,
    // Where none may have been set yet, a local chain is given the benefit of the doubt.
    ({ zeroUntil }) =>
      zeroUntil === undefined
        ? 'The contract answers a rate of 0, which is none.'
        : 'The token has no rate at this block: its contract is not there, or tells of none yet.',
  ],
  [
    'answers above its bounds',
    3n * WAD,
    () => 'The rate is outside what is possible for this token, so it is not shown.',
  ],
  [
    'answers in another scale',
    1_100_000n,
    () => 'The rate is outside what is possible for this token, so it is not shown.',
  ],
  ['answers half a word', '0x0011', () => 'The answer of 2 bytes is not what this function returns.'],
]

const brokenWorld = ({ rate }: TokenPool, reply: Reply) => {
  const world = createWorld()
  world.record(rate, reply)
  return world
}

/** The cells of a pool's row. Found by hand: roles of a whole table, a hundred times over, take minutes. */
function cellsOf({ id }: TokenPool): (string | null)[] {
  const link = document.querySelector(`tbody th a[href^="#/pool/${id}"]`)
  return [...(link?.closest('tr')?.querySelectorAll('td') ?? [])].map(({ textContent }) => textContent)
}

/** Rate, supply, fee, premium: what a row shows before any history is read, but for the share of the whole. */
const figuresOf = (pool: TokenPool) => [0, 5, 7, 8].map(index => cellsOf(pool)[index])

async function healthyFigures(): Promise<ReadonlyMap<string, ReturnType<typeof figuresOf>>> {
  const world = createWorld()
  world.hold = ({ role }) => role === 'archive'
  const page = renderPage(<OverviewPage />, { world })
  await screen.findByText(/^Staking pools at block/)
  const figures = new Map(tokenPools.map(pool => [pool.id, figuresOf(pool)]))
  page.unmount()
  return figures
}

describe('one broken pool', () => {
  test('behavior: it says why in the table, and the others keep their figures', async () => {
    const healthy = await healthyFigures()
    for (const figures of healthy.values()) expect(figures[0]).toMatch(/^\d\.\d{5}/)
    expect(tokenPools.length).toBeGreaterThanOrEqual(FAULTS.length)
    for (const [index, pool] of tokenPools.entries()) {
      // Each pool with another fault than its neighbour, and each fault with a pool at least.
      const [, reply, why] = FAULTS[index % FAULTS.length] ?? expect.unreachable()
      const world = brokenWorld(pool, reply)
      world.hold = ({ role }) => role === 'archive'
      const page = renderPage(<OverviewPage />, { world })
      await screen.findByText(/^Staking pools at block/)
      const [rate, supply, fee] = figuresOf(pool)
      const said = `–not known: ${why(pool)}`
      expect([rate, supply]).toEqual([said, said])
      await waitFor(() => expect(cellsOf(pool)[6]).toBe('–not known: The supply of this pool is not known.'))
      expect(fee).toBe(healthy.get(pool.id)?.[2])
      for (const other of tokenPools.filter(({ id }) => id !== pool.id))
        expect(figuresOf(other)).toEqual(healthy.get(other.id))
      page.unmount()
    }
  })

  test.each(FAULTS)(
    'behavior: the page of one that %s says why and keeps the rest',
    async (_, reply, why) => {
      for (const pool of tokenPools) {
        const page = renderPage(<PoolPage id={pool.id} />, {
          world: brokenWorld(pool, reply),
          path: '/?range=30d',
        })
        const [term] = await screen.findAllByText('Rate', { selector: 'div > dt' })
        expect(term?.nextElementSibling?.textContent).toBe(`–not known: ${why(pool)}`)
        expect(screen.getByText('Fee', { selector: 'div > dt' }).nextElementSibling?.textContent).toMatch(
          /\w/,
        )
        for (const { label } of pool.exit.figures) expect(screen.getByText(label)).toBeDefined()
        expect(screen.queryByRole('alert')).toBeNull()
        page.unmount()
      }
    },
    60_000,
  )

  test('behavior: a rate that was impossible for a day leaves the yield of the others as it is', async () => {
    const world = createWorld()
    const [broken] = tokenPools
    if (broken === undefined) throw new Error('no pools')
    world.record(broken.rate, block => (block === HEAD ? 40n * WAD : 11n * 10n ** 17n))
    renderPage(<OverviewPage />, { world, path: '/?range=30d' })
    expect(
      await screen.findByRole('heading', {
        level: 1,
        name: / seem to have had the highest yield of 13\spools:\s3\.22\s% a\syear/,
      }),
    ).toBeDefined()
  })
})
