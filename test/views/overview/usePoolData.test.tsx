import { screen, waitFor } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { DAY } from '../../../src/math/fixedPoint.ts'
import { seriesOf } from '../../../src/views/overview/poolFigures.ts'
import { usePoolData } from '../../../src/views/overview/usePoolData.ts'
import type { Range } from '../../../src/views/state/viewState.ts'
import { renderPage } from '../support/render.tsx'
import { createWorld, HEAD, NOW } from '../support/world.ts'

function Probe({ range }: { readonly range: Range }) {
  const { from, series, live } = usePoolData({ range, window: '7d' }, seriesOf)
  const last = series[0]?.points.at(-1)
  return (
    <p>{`from ${from ?? 'the start'}, ${live.data === undefined ? 'nothing' : 'live'}, last ${last?.block ?? 'none'}`}</p>
  )
}

describe('usePoolData', () => {
  test('default: the chart starts a range before the head, and the head is the last point', async () => {
    renderPage(<Probe range="30d" />)
    expect(screen.getByText('from the start, nothing, last none')).toBeDefined()
    expect(await screen.findByText(`from ${NOW - 30n * DAY}, live, last ${HEAD}`)).toBeDefined()
  })

  test('behavior: all that there is starts at the first point', async () => {
    const world = createWorld()
    world.head = 40n
    renderPage(<Probe range="all" />, { world })
    await waitFor(() => expect(screen.getByText('from the start, live, last 40')).toBeDefined())
  })
})
