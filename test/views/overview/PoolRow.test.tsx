import { act, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, test, vi } from 'vitest'
import { WAD } from '../../../src/math/fixedPoint.ts'
import type { TokenPool } from '../../../src/pools/definePool.ts'
import { tokenPools } from '../../../src/pools/index.ts'
import { readBlockTime, readEtherPrice } from '../../../src/pools/infrastructure.ts'
import { lido } from '../../../src/pools/lido.ts'
import { rocketPool } from '../../../src/pools/rocketPool.ts'
import { OverviewPage } from '../../../src/views/overview/OverviewPage.tsx'
import { stubDialog, stubSize } from '../support/browser.ts'
import { factReplies, priceWords } from '../support/facts.ts'
import { renderPage } from '../support/render.tsx'
import { createWorld, HEAD, NOW, rateOf, timeOf, type World } from '../support/world.ts'

const drawn = vi.hoisted((): string[] => [])

// A row draws its rate whenever it is drawn itself, and nothing else of the table does.
vi.mock(import('../../../src/views/overview/RateFigure.tsx'), async original => {
  const { RateFigure } = await original()
  return {
    RateFigure: props => {
      drawn.push(props.own.pool.id)
      return RateFigure(props)
    },
  }
})

const ids = (pools: readonly { readonly id: string }[]): string[] => pools.map(({ id }) => id).sort()
/** Time passing moves the yield of these: their window ends with every block. */
const CONTINUOUS = ids(tokenPools.filter(({ accrual }) => accrual === 'continuous'))

/** A chain that goes on after its head in blocks of 12 s, in which everybody says what they said before. */
function createStillWorld(): World {
  const world = createWorld()
  world.record(readBlockTime, block => (block <= HEAD ? timeOf(block) : NOW + 12n * (block - HEAD)))
  world.record(readEtherPrice, priceWords(2_000n * 10n ** 8n, NOW - 600n))
  const until = (block: bigint): bigint => (block < HEAD ? block : HEAD)
  for (const pool of tokenPools) {
    world.record(pool.rate, block => rateOf(pool)(until(block)))
    for (const [read, reply] of factReplies(pool))
      world.record(read, block =>
        reply({ block: until(block), time: timeOf(until(block)), rate: rateOf(pool)(until(block)) }),
      )
  }
  return world
}

async function renderOverview() {
  stubDialog()
  stubSize()
  const world = createStillWorld()
  const page = renderPage(<OverviewPage />, { world, path: '/?range=30d' })
  await screen.findByText(/samples$/)
  await waitFor(() => expect(share(lido)).toMatch(/%$/))
  const nextBlock = async (): Promise<string[]> => {
    await act(() => new Promise(resolve => setTimeout(resolve, 50)))
    drawn.length = 0
    world.head += 1n
    await act(() => page.queries.refetchQueries({ queryKey: ['live'] }))
    await screen.findByText(new RegExp(`^Staking pools at block ${world.head}:`))
    return [...new Set(drawn)].sort()
  }
  // The oldest day of the lines stands at the very edge of the range and leaves it with this block.
  await nextBlock()
  return { ...page, world, nextBlock }
}

/** A pool's row, without working out the names of all rows: that would take longer than the tests themselves. */
const row = ({ id }: TokenPool): HTMLTableRowElement =>
  document.querySelector<HTMLElement>(`a[href^="#/pool/${id}"]`)?.closest('tr') ?? expect.unreachable(id)
const cell = (pool: TokenPool, place: number) => row(pool).querySelectorAll('td')[place]
/** The exact share, as the pointer that rests on it is told. */
const share = (pool: TokenPool) => cell(pool, 6)?.querySelector('button')?.title

describe('PoolRow', () => {
  test('default: a block that says the same draws no row whose figures stand still', async () => {
    const { nextBlock } = await renderOverview()
    expect(await nextBlock()).toEqual(CONTINUOUS)
    expect(await nextBlock()).toEqual(CONTINUOUS)
  })

  test('behavior: a rate that changes draws its own row, and the shares of all follow', async () => {
    const { world, nextBlock } = await renderOverview()
    const before = share(lido)
    const raised = rateOf(rocketPool)(HEAD) + WAD / 10_000n
    world.record(rocketPool.rate, block =>
      block > HEAD + 1n ? raised : rateOf(rocketPool)(block < HEAD ? block : HEAD),
    )
    expect(await nextBlock()).toEqual([...CONTINUOUS, rocketPool.id].sort())
    expect(cell(rocketPool, 0)?.textContent).toBe('1.10310ETH')
    expect(share(lido)).not.toBe(before)
  })

  test('behavior: the receipt of a figure that stands is of the newest block', async () => {
    const { world, user, nextBlock } = await renderOverview()
    await nextBlock()
    await nextBlock()
    await user.click(within(row(lido)).getByText('1.15300'))
    const dialog = await screen.findByRole('dialog')
    expect(await within(dialog).findByText(new RegExp(`--block ${world.head}$`))).toBeDefined()
    expect(world.head).toBe(HEAD + 3n)
  })

  test('behavior: the age of the last report goes on in a row that stands', async () => {
    const { world, nextBlock } = await renderOverview()
    const age = () => cell(rocketPool, 9)?.textContent
    expect(age()).toBe('3 h')
    world.record(readBlockTime, block => (block <= HEAD ? timeOf(block) : NOW + 7_200n))
    expect(await nextBlock()).toEqual(CONTINUOUS)
    expect(age()).toBe('5 h')
  })

  test('behavior: a report that becomes late marks the name', async () => {
    const { world, nextBlock } = await renderOverview()
    expect(within(row(rocketPool)).queryByText('late')).toBeNull()
    world.record(readBlockTime, block => (block <= HEAD ? timeOf(block) : NOW + 40n * 3_600n))
    expect(await nextBlock()).toContain(rocketPool.id)
    expect(within(row(rocketPool)).getByText('late')).toBeDefined()
  })
})
