import { act, screen } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { YEAR } from '../../../../src/math/fixedPoint.ts'
import type { Sample } from '../../../../src/math/sample.ts'
import { poolKey } from '../../../../src/pools/definePool.ts'
import { rocketPool } from '../../../../src/pools/rocketPool.ts'
import { historyKey } from '../../../../src/queries/history.ts'
import { windowSeconds } from '../../../../src/views/state/viewState.ts'
import { RateDisputes } from '../../../../src/views/wallet/past/RateDisputes.tsx'
import { renderPage } from '../../support/render.tsx'
import { OPERATOR } from '../../support/world.ts'
import { heldOf, holder, milli, timeOf } from './pastSupport.tsx'

const sampleOf = (block: bigint, thousandths: bigint): Sample => ({
  block,
  time: timeOf(block),
  operator: 'another',
  readings: {
    [poolKey(rocketPool)]: { state: 'known', rate: milli(thousandths), supply: 1n, pooled: 1n },
  },
})

/** Render it where the page has read these samples. */
function renderWith(samples: readonly Sample[]) {
  const past = holder()
  const page = renderPage(<RateDisputes past={past} held={heldOf(past)} />)
  const key = historyKey(page.world.session, { range: YEAR, window: windowSeconds('30d') })
  act(() => page.queries.setQueryData(key, { samples, done: 1, wanted: 1, isComplete: true }))
  return page
}

describe('RateDisputes', () => {
  test('default: a rate that another operator gave otherwise is told, with both', async () => {
    renderWith([sampleOf(0n, 1_100n), sampleOf(2n, 1_111n), sampleOf(4n, 1_130n)])
    const alert = await screen.findByRole('alert')
    expect(alert.textContent).toContain(`${OPERATOR} contradicts other operators.`)
    expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      `rETH at block 2: ${OPERATOR} gives 1.11, another gives 1.111 at block 2.`,
    ])
  })

  test('behavior: the first three are listed and the others counted', async () => {
    renderWith([0n, 1n, 2n, 3n, 4n].map(block => sampleOf(block, 1_500n)))
    await screen.findByRole('alert')
    expect(screen.getAllByRole('listitem')).toHaveLength(3)
    expect(screen.getByText('And 2 more.')).toBeDefined()
  })

  test('behavior: nothing is said where all agree, and nothing is asked', () => {
    const { world } = renderWith([sampleOf(0n, 1_100n), sampleOf(4n, 1_130n)])
    expect(screen.queryByRole('alert')).toBeNull()
    expect(screen.queryByRole('list')).toBeNull()
    expect(world.asked).toEqual([])
  })
})
