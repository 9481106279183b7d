import { act, screen, waitFor } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { DeviceOffline, Unreachable } from '../../../src/chain/errors.ts'
import { DAY } from '../../../src/math/fixedPoint.ts'
import { pointsOf, seriesOf } from '../../../src/views/overview/poolFigures.ts'
import { usePoolData } from '../../../src/views/overview/usePoolData.ts'
import type { Range } from '../../../src/views/state/viewState.ts'
import { renderPage } from '../support/render.tsx'
import { createWorld, HEAD, NOW } from '../support/world.ts'

const PAST = { pointsOf, seriesOf } as const

function Probe({ range }: { readonly range: Range }) {
  const { from, series, live } = usePoolData({ range, window: '7d' }, PAST)
  const last = series[0]?.points.at(-1)
  return (
    <p>{`from ${from ?? 'the start'}, ${live.data === undefined ? 'nothing' : 'live'}, last ${last?.block ?? 'none'}`}</p>
  )
}

function Custom({ from, until }: { readonly from: string; readonly until: string }) {
  const data = usePoolData({ range: '30d', window: '7d', from, until }, PAST)
  return data.live.data === undefined ? null : (
    <p>{`${data.from} to ${data.until ?? 'now'}, ${data.isCustom ? 'custom' : 'usual'}`}</p>
  )
}

describe('usePoolData', () => {
  test('default: the chart starts a range before the head, and the head is the last point', async () => {
    renderPage(<Probe range="30d" />)
    expect(screen.getByText('from the start, nothing, last none')).toBeDefined()
    expect(await screen.findByText(`from ${NOW - 30n * DAY}, live, last ${HEAD}`)).toBeDefined()
  })

  test('behavior: a range of one’s own starts at its first midnight, and is asked for in whole days', async () => {
    const { queries } = renderPage(<Custom from="2026-08-01" until="2026-08-10" />)
    const [first, end] = [1_785_542_400n, 1_786_406_400n]
    expect(await screen.findByText(`${first} to ${end}, custom`)).toBeDefined()
    const asked = queries.getQueriesData({ queryKey: ['history'] }).map(([key]) => key[2])
    // Noon of the 27th: twenty-six and a half days.
    expect(asked).toContain(`${27n * DAY}`)
  })

  test.each([
    ['2026-08-32', '2026-08-10'],
    ['2026-08-10', '2026-08-01'],
    ['2026-08-10', '2026-08-10'],
    ['2027-01-01', ''],
    ['', '2026-08-10'],
  ])('behavior: from %j until %j is none, and the usual range stays', async (from, until) => {
    renderPage(<Custom from={from} until={until} />)
    expect(await screen.findByText(`${NOW - 30n * DAY} to now, usual`)).toBeDefined()
  })

  test.each([
    ['of the device is left to the notice', new DeviceOffline('no network'), ''],
    ['of a node on this machine is told', new Unreachable('gone', { operator: 'Test node' }), 'gone'],
  ])('behavior: beside older figures, a failure %s', async (_, failure, said) => {
    const Said = () => {
      const { live } = usePoolData({ range: '30d', window: '7d' }, PAST)
      return (
        <p>{`${live.data === undefined ? 'nothing' : 'live'}, ${live.isError}, ${live.error?.message ?? ''}`}</p>
      )
    }
    const { world, queries } = renderPage(<Said />)
    expect(await screen.findByText('live, false,')).toBeDefined()
    world.refuse = () => failure
    await act(() => queries.refetchQueries({ queryKey: ['live'] }))
    expect(await screen.findByText(new RegExp(`^live, true,.*${said}`))).toBeDefined()
    expect(screen.getByText(/^live/).textContent?.endsWith(', ')).toBe(said === '')
  })

  test('behavior: history is asked for once the first figures are drawn, or have failed', async () => {
    const world = createWorld()
    world.hold = () => true
    renderPage(<Probe range="30d" />, { world })
    await waitFor(() => expect(world.asked.length).toBeGreaterThan(0))
    await act(() => new Promise(resolve => setTimeout(resolve, 50)))
    expect(world.asked).toHaveLength(1)
    world.release()
    expect(await screen.findByText(`from ${NOW - 30n * DAY}, live, last ${HEAD}`)).toBeDefined()
    await waitFor(() => expect(world.asked.length).toBeGreaterThan(20))
  })

  test('behavior: all that there is starts at the first point', async () => {
    const world = createWorld()
    world.head = 40n
    renderPage(<Probe range="all" />, { world })
    await waitFor(() => expect(screen.getByText('from the start, live, last 40')).toBeDefined())
  })
})
