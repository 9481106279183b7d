import { act, screen, waitFor } from '@testing-library/react'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { Keeper } from '../../../src/app/Keeper.tsx'
import { Unreachable } from '../../../src/chain/errors.ts'
import { lastFiguresPlace } from '../../../src/queries/lastFigures.ts'
import { liveQuery } from '../../../src/queries/live.ts'
import { AwayNotice } from '../../../src/views/header/AwayNotice.tsx'
import { ClockNotice } from '../../../src/views/header/ClockNotice.tsx'
import { NetworkPill } from '../../../src/views/header/NetworkPill.tsx'
import { OverviewPage } from '../../../src/views/overview/OverviewPage.tsx'
import { renderPage } from '../support/render.tsx'
import { createWorld, NOW, type World } from '../support/world.ts'

const GONE = new Unreachable('cannot be reached', { operator: 'Test node' })

const RANGE = '/?range=30d&window=7d'

const Overview = () => (
  <>
    <Keeper />
    <NetworkPill />
    <OverviewPage />
  </>
)

/** Lose the network, or find it again, as the browser tells it. */
const network = (onLine: boolean): void => {
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(onLine)
  act(() => void dispatchEvent(new Event(onLine ? 'online' : 'offline')))
}

afterEach(() => {
  vi.useRealTimers()
  vi.useRealTimers()
  vi.restoreAllMocks()
  dispatchEvent(new Event('online'))
})

/** A world that was visited and whose last figures were kept; nobody answers any more. */
async function visited(): Promise<World> {
  const world = createWorld()
  const { unmount } = renderPage(<Overview />, { world, path: RANGE })
  await waitFor(async () => {
    const kept = await world.session.last.load(lastFiguresPlace(world.session))
    expect(kept?.identity).toBeDefined()
  })
  unmount()
  world.refuse = () => GONE
  return world
}

describe('AwayNotice', () => {
  test('default: nothing to say while there is a network and figures come', async () => {
    const { queries, world } = renderPage(<AwayNotice />)
    await waitFor(() => expect(queries.getQueryData(liveQuery(world.session).queryKey)).toBeDefined())
    expect(screen.queryByRole('status')).toBeNull()
  })

  test('behavior: without a network and with nothing kept it says that there is nothing', async () => {
    const world = createWorld()
    world.refuse = () => GONE
    renderPage(<AwayNotice />, { world })
    network(false)
    const notice = await screen.findByRole('status')
    expect(notice.textContent).toContain('This device is offline.')
    expect(notice.textContent).toContain('there are no figures to show')
  })

  test('behavior: figures of an earlier visit are named by block, time and operator', async () => {
    const world = await visited()
    network(false)
    renderPage(<AwayNotice />, { world })
    expect(
      await screen.findByText(/those of block 800, 2026-08-27 12:00 UTC, as Test node gave/),
    ).toBeDefined()
  })

  test('behavior: a network that comes back ends it', async () => {
    const world = await visited()
    network(false)
    const { queries } = renderPage(<AwayNotice />, { world })
    await screen.findByRole('status')
    world.refuse = () => undefined
    network(true)
    await queries.invalidateQueries()
    await waitFor(() => expect(screen.queryByRole('status')).toBeNull())
  })
})

describe('figures of an earlier visit', () => {
  test('default: the table stands with each rate’s age, and the pill says that nobody answers', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Number(NOW + 3n * 3_600n) * 1_000 })
    const world = await visited()
    network(false)
    renderPage(<Overview />, { world, path: RANGE })
    const row = await screen.findByRole('row', { name: /^Rocket Pool/ })
    expect(row.textContent).toContain('3 h ago')
    await waitFor(() =>
      expect(screen.getByRole('button', { name: /block 800/ }).textContent).toBe(
        'no answer · block 800, 3 h ago',
      ),
    )
    expect(await screen.findByText(/samples, as kept on this device/)).toBeDefined()
  })

  test('behavior: what stood in for live figures and history is read again as soon as somebody answers', async () => {
    const world = await visited()
    network(false)
    const { queries } = renderPage(<Overview />, { world, path: RANGE })
    await screen.findByText(/samples, as kept on this device/)
    world.refuse = () => undefined
    network(true)
    await queries.invalidateQueries({ queryKey: ['live'] })
    await waitFor(() => expect(screen.queryByText(/samples, as kept on this device/)).toBeNull())
    await waitFor(() =>
      expect(screen.getByRole('row', { name: /^Rocket Pool/ }).textContent).not.toContain(' ago'),
    )
  })
})

describe('ClockNotice', () => {
  test('default: silent where the clock is right', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Number(NOW + 5n) * 1_000 })
    const { queries, world } = renderPage(<ClockNotice />, {
      world: createWorld({ chain: 'mainnet' }),
    })
    await waitFor(() => expect(queries.getQueryData(liveQuery(world.session).queryKey)).toBeDefined())
    expect(screen.queryByRole('status')).toBeNull()
  })

  test('behavior: a clock that is a day behind is told by the first block', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Number(NOW - 86_400n) * 1_000 })
    renderPage(<ClockNotice />, { world: createWorld({ chain: 'mainnet' }) })
    expect((await screen.findByRole('status')).textContent).toContain('lies 24 h in the future')
  })

  test('behavior: on a local chain any time is right', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Number(NOW - 86_400n) * 1_000 })
    const { queries, world } = renderPage(<ClockNotice />, {
      world: createWorld({ chain: 'local' }),
    })
    await waitFor(() => expect(queries.getQueryData(liveQuery(world.session).queryKey)).toBeDefined())
    expect(screen.queryByRole('status')).toBeNull()
  })
})
