import { act, screen } from '@testing-library/react'
import { beforeEach, describe, expect, test } from 'vitest'
import { tokenPools } from '../../../src/pools/index.ts'
import { OverviewPage } from '../../../src/views/overview/OverviewPage.tsx'
import { stubSize } from '../support/browser.ts'
import { renderPage } from '../support/render.tsx'
import { createWorld } from '../support/world.ts'

beforeEach(stubSize)

const MANY = 60

/** A world of sixty pools: those that there are, again and again under other names. */
function worldOfMany() {
  const world = createWorld()
  const pools = Array.from({ length: MANY }, (_, index) => {
    const pool = tokenPools[index % tokenPools.length] ?? expect.unreachable()
    return { ...pool, id: `${pool.id}-${index}`, name: `${pool.name} ${index}` }
  })
  return { ...world, session: { ...world.session, pools, tokenPools: pools } }
}

/** By hand: roles of a whole table take seconds. */
const names = (): (string | null)[] =>
  [...document.querySelectorAll('tbody th a')].map(({ textContent }) => textContent)

describe('many pools', () => {
  test('default: sixty have a place each before they are read, and a row each after', async () => {
    const world = worldOfMany()
    world.hold = () => true
    renderPage(<OverviewPage />, { world, path: '/?range=30d&sort=name' })
    const waiting = await screen.findByText('Reading the pools')
    expect(waiting.parentElement?.querySelectorAll('[aria-hidden="true"]')).toHaveLength(MANY)
    act(() => world.release())
    await screen.findByText(/^Staking pools at block/)
    expect(new Set(names()).size).toBe(MANY)
    const inOrder = names()
    act(() => document.querySelector<HTMLButtonElement>('thead th button')?.click())
    expect(location.hash).toBe('#/?range=30d&sort=name-reversed')
    expect(names()).toEqual(inOrder.toReversed())
  })
})
