import { act, screen, waitFor } from '@testing-library/react'
import { type ReactNode, useState } from 'react'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { Keeper } from '../../../src/app/Keeper.tsx'
import { Unreachable } from '../../../src/chain/errors.ts'
import { readBlockTime } from '../../../src/pools/infrastructure.ts'
import { lastFiguresPlace } from '../../../src/queries/lastFigures.ts'
import { liveQuery } from '../../../src/queries/live.ts'
import { SessionContext, useSession } from '../../../src/queries/session.ts'
import { AwayNotice } from '../../../src/views/header/AwayNotice.tsx'
import { ClockNotice } from '../../../src/views/header/ClockNotice.tsx'
import { NetworkPill } from '../../../src/views/header/NetworkPill.tsx'
import { OverviewPage } from '../../../src/views/overview/OverviewPage.tsx'
import { renderPage } from '../support/render.tsx'
import { createWorld, NOW, type World } from '../support/world.ts'

const GONE = new Unreachable('cannot be reached', { operator: 'Test node' })

/** What every notice of these says of the figures, or of the newest block. */
const SAID = /^(The figures are|Nothing was kept|By it,)/

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
    expect(screen.queryByText(SAID)).toBeNull()
  })

  test('behavior: without a network and with nothing kept it says that there is nothing', async () => {
    const world = createWorld()
    world.refuse = () => GONE
    renderPage(<AwayNotice />, { world })
    network(false)
    const notice = await screen.findByText(SAID)
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

  test('behavior: without a network, a node that answers is none that is away until it fails', async () => {
    network(false)
    const { queries, world } = renderPage(<AwayNotice />)
    await waitFor(() => expect(queries.getQueryData(liveQuery(world.session).queryKey)).toBeDefined())
    await waitFor(() => expect(screen.queryByText('This device is offline.')).toBeNull())
    world.head += 1n
    await act(() => queries.invalidateQueries({ queryKey: ['live'] }))
    expect(screen.queryByText('This device is offline.')).toBeNull()
    world.refuse = () => GONE
    await act(() => queries.invalidateQueries({ queryKey: ['live'] }))
    expect((await screen.findByText('This device is offline.')).parentElement?.textContent).toContain(
      'The figures are those of block 801',
    )
  })

  test('behavior: a network that comes back ends it', async () => {
    const world = await visited()
    network(false)
    const { queries } = renderPage(<AwayNotice />, { world })
    await screen.findByText(SAID)
    world.refuse = () => undefined
    network(true)
    await queries.invalidateQueries()
    await waitFor(() => expect(screen.queryByText(SAID)).toBeNull())
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
    expect(screen.queryByText(SAID)).toBeNull()
  })

  test('behavior: a clock that is a day behind is told by the first block', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Number(NOW - 86_400n) * 1_000 })
    renderPage(<ClockNotice />, { world: createWorld({ chain: 'mainnet' }) })
    expect((await screen.findByText(SAID)).textContent).toContain('lies 24 h in the future')
  })

  /** What was read is told to the page in a task of its own. */
  const drawn = (): Promise<void> => act(() => new Promise<void>(resolve => setTimeout(resolve)))

  /** Watch blocks of 12 s by a clock, each with its time and the second at which it is read. */
  async function watched(off: bigint, ui: ReactNode) {
    let [time, at] = [NOW, NOW + off]
    vi.useFakeTimers({ toFake: ['Date'], now: Number(at) * 1_000 })
    const world = createWorld({ chain: 'mainnet' })
    world.record(readBlockTime, () => time)
    const { queries, user } = renderPage(ui, { world })
    await waitFor(() => expect(queries.getQueryData(liveQuery(world.session).queryKey)).toBeDefined())
    await drawn()
    const passes = async (seconds: bigint, late = 0n): Promise<void> => {
      time += seconds
      at += seconds
      vi.setSystemTime(Number(at + late) * 1_000)
      await act(() => queries.invalidateQueries({ queryKey: ['live'] }))
      await drawn()
    }
    const says = (): string | null | undefined => screen.queryByText(/^By it, /)?.textContent
    return { passes, says, user, world }
  }

  test('behavior: a verdict is told once, though each block is read a little later or sooner', async () => {
    const { passes, says } = await watched(-35n, <ClockNotice />)
    await screen.findByText('Check this device’s clock.')
    const first = says()
    expect(first).toContain('lies 35 s in the future')
    for (const late of [4n, -3n, 11n, 0n]) {
      await passes(12n, late)
      expect(says()).toBe(first)
    }
  })

  test('behavior: what other endpoints said before says nothing of those that are asked now', async () => {
    function Choosing() {
      const session = useSession()
      const [id, setId] = useState(session.id)
      return (
        <SessionContext value={{ ...session, id }}>
          <button type="button" onClick={() => setId('http://other 1')}>
            Ask others
          </button>
          <ClockNotice />
        </SessionContext>
      )
    }
    const { passes, says, user, world } = await watched(86_400n, <Choosing />)
    for (let block = 0; block < 9; block += 1) await passes(12n)
    expect(says()).toBeUndefined()
    await passes(12n)
    expect(says()).toContain('the newest block is 24 h old')
    world.hold = () => true
    await user.click(screen.getByRole('button', { name: 'Ask others' }))
    expect(says()).toBeUndefined()
    act(() => world.release())
    await passes(12n)
    await passes(12n)
    expect(says()).toBeUndefined()
  })

  test('behavior: on a local chain any time is right', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Number(NOW - 86_400n) * 1_000 })
    const { queries, world } = renderPage(<ClockNotice />, {
      world: createWorld({ chain: 'local' }),
    })
    await waitFor(() => expect(queries.getQueryData(liveQuery(world.session).queryKey)).toBeDefined())
    expect(screen.queryByText(SAID)).toBeNull()
  })
})
