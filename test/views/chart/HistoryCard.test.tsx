import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { ArchiveUnavailable } from '../../../src/chain/errors.ts'
import { tokenPools } from '../../../src/pools/index.ts'
import { HistoryCard } from '../../../src/views/chart/HistoryCard.tsx'
import { pointsOf, seriesOf } from '../../../src/views/overview/poolFigures.ts'
import { usePoolData } from '../../../src/views/overview/usePoolData.ts'
import { useViewState } from '../../../src/views/state/viewState.ts'
import { stubSize } from '../support/browser.ts'
import { renderPage } from '../support/render.tsx'
import { type Asked, createWorld, HEAD, rateOf } from '../support/world.ts'

const COUNT = tokenPools.length
/** A rate of 18 decimals with four of them. */
const fixed = (rate: bigint): string =>
  `${rate / 10n ** 18n}.${`${rate % 10n ** 18n}`.padStart(18, '0').slice(0, 4)}`

const isSample = ({ role, method }: Asked): boolean => role === 'archive' && method === 'eth_call'
/** All but the head: the figures come, and nothing of the history. */
const isHistory = ({ role, method }: Asked): boolean => role === 'archive' || method !== 'eth_call'

const FIGURES = { pointsOf, seriesOf }

function Card() {
  const [state] = useViewState()
  const { isCustom, live, read, session, ...asked } = usePoolData(state, FIGURES)
  return <HistoryCard {...asked} view={state} />
}

const renderCard = ({ world = createWorld(), path = '/?range=30d' } = {}) =>
  renderPage(<Card />, { world, path })
const complete = () => screen.findByText(/^(\d+) of \1 samples/)
const drawn = (): number => document.querySelectorAll('path[data-line]').length

/** What never comes near the screen. */
class FarAway {
  observe = vi.fn()
  disconnect = vi.fn()
}

beforeEach(stubSize)

describe('HistoryCard', () => {
  test('default: complete, with a line for each pool', async () => {
    renderCard()
    expect((await complete()).getAttribute('role')).toBe('status')
    await waitFor(() => expect(drawn()).toBe(COUNT))
    await waitFor(() => expect(screen.queryByRole('progressbar')).toBeNull())
    expect(screen.getByRole('heading', { name: 'Implied APY, 30 d window' })).toBeDefined()
  })

  test('behavior: looking, then partial with a bar, stopped, gone on, complete', async () => {
    const world = createWorld()
    world.hold = isHistory
    const { user } = renderCard({ world })
    expect(await screen.findByText('Looking for the blocks…')).toBeDefined()
    expect(screen.getByRole('progressbar').getAttribute('value')).toBe('0')
    expect(screen.getByText('Reading the history')).toBeDefined()

    world.release()
    world.hold = isSample
    const partial = await screen.findByText(/^\d+ of \d+ samples$/)
    const [, done, wanted] = /^(\d+) of (\d+)/.exec(partial.textContent) ?? []
    expect(Number(done)).toBeLessThan(Number(wanted))
    const bar = screen.getByRole('progressbar', { name: 'Samples read' })
    expect([bar.getAttribute('value'), bar.getAttribute('max')]).toEqual([done, wanted])

    await user.click(screen.getByRole('button', { name: 'Cancel' }))
    expect(await screen.findByText(`${done} of ${wanted} samples, stopped`)).toBeDefined()
    expect(screen.queryByRole('progressbar')).toBeNull()
    expect(screen.queryByRole('alert')).toBeNull()

    world.release()
    await user.click(screen.getByRole('button', { name: 'Go on' }))
    expect(await complete()).toBeDefined()
    expect(screen.queryByRole('button', { name: /Cancel|Go on/ })).toBeNull()
  })

  test('behavior: another range keeps the old chart until its own samples come, and counts anew', async () => {
    const { world, user } = renderCard()
    await complete()
    await waitFor(() => expect(drawn()).toBe(COUNT))
    world.hold = isHistory
    const ranges = screen.getByRole('group', { name: 'Range' })
    await user.click(within(ranges).getByRole('radio', { name: '90 d' }))
    expect(await screen.findByText('Looking for the blocks…')).toBeDefined()
    expect(drawn()).toBe(COUNT)
    world.release()
    expect(await complete()).toBeDefined()
  })

  test('error: ArchiveUnavailable beside what was read before it', async () => {
    const world = createWorld()
    let answered = 0
    world.refuse = question => {
      if (!isSample(question)) return undefined
      answered += 1
      return answered > 20 ? new ArchiveUnavailable('does not keep state this old') : undefined
    }
    renderCard({ world, path: '/?range=30d&show=rate' })
    const note = await screen.findByRole('alert')
    expect(note.textContent).toContain('ArchiveUnavailable')
    expect(screen.getByText(/samples, stopped$/)).toBeDefined()
    await waitFor(() => expect(drawn()).toBe(COUNT))
  })

  test('behavior: a pool is hidden and shown again, and the address says so', async () => {
    const { user } = renderCard()
    await complete()
    await waitFor(() => expect(drawn()).toBe(COUNT))
    await user.click(screen.getByRole('checkbox', { name: 'Ankr' }))
    await waitFor(() => expect(drawn()).toBe(COUNT - 1))
    expect(location.hash).toBe('#/?range=30d&hide=ankr')
    await user.click(screen.getByRole('checkbox', { name: 'Ankr' }))
    await waitFor(() => expect(drawn()).toBe(COUNT))
    expect(location.hash).toBe('#/?range=30d')
  })

  test('behavior: with every pool hidden there is no chart of nothing', async () => {
    renderCard({ path: `/?range=all&hide=${tokenPools.map(({ id }) => id).join()}` })
    await complete()
    expect(await screen.findByText('No pool is chosen.')).toBeDefined()
    expect(drawn()).toBe(0)
  })

  test('behavior: where no rate was read at all, it says so and draws no axis of nothing', async () => {
    const world = createWorld()
    for (const { rate } of world.session.tokenPools) world.record(rate, 'reverts')
    renderCard({ world })
    await complete()
    expect(await screen.findByText('No rate has been read in this range.')).toBeDefined()
  })

  test('behavior: a table with the same points behind one button', async () => {
    const { user } = renderCard()
    await complete()
    const button = screen.getByRole('button', { name: 'Table', pressed: false })
    expect(await screen.findByRole('button', { name: 'PNG' })).toBeDefined()
    await user.click(button)
    expect(screen.queryByRole('button', { name: 'PNG' })).toBeNull()
    const table = await screen.findByRole('table')
    expect(screen.getByRole('button', { name: 'Table', pressed: true })).toBe(button)
    const [, newest, ...others] = within(table).getAllByRole('row')
    expect(newest?.textContent).toMatch(/^2026-08-27 12:00 UTC3\.37 %1\.53 %3\.22 %/)
    // Thirty days and the one that the range starts with.
    expect(others).toHaveLength(30)
  })

  test('behavior: what the chart shows is said once: by the chart where it is drawn, else by the sentence', async () => {
    const { user } = renderCard()
    await complete()
    await waitFor(() => expect(drawn()).toBe(COUNT))
    const sentence = () => screen.getByText(/^Implied APY, 30 d window of \d+ pools/, { selector: 'p' })
    expect(sentence().getAttribute('aria-hidden')).toBe('true')
    await user.click(screen.getByRole('button', { name: 'Table' }))
    await screen.findByRole('table')
    expect(sentence().getAttribute('aria-hidden')).not.toBe('true')
    await user.click(screen.getByRole('button', { name: 'Table' }))
    await waitFor(() => expect(sentence().getAttribute('aria-hidden')).toBe('true'))
  })

  test('behavior: a chart that is not near yet is not said to be loading, and its sentence is heard', async () => {
    vi.stubGlobal('IntersectionObserver', FarAway)
    renderCard()
    await complete()
    const sentence = await screen.findByText(/^Implied APY, 30 d window of \d+ pools/)
    expect(sentence.getAttribute('aria-hidden')).not.toBe('true')
    const loading = screen.getByText('Loading the chart')
    expect(screen.queryAllByRole('status').filter(one => one.contains(loading))).toEqual([])
    expect(drawn()).toBe(0)
  })

  test('behavior: the rate instead of the yield', async () => {
    const { user } = renderCard()
    await complete()
    await user.click(screen.getByRole('radio', { name: 'Rate' }))
    expect(screen.getByRole('heading', { name: 'Exchange rate' })).toBeDefined()
    await user.click(screen.getByRole('button', { name: 'Table' }))
    const [, newest] = within(await screen.findByRole('table')).getAllByRole('row')
    expect(newest?.textContent).toBe(
      `2026-08-27 12:00 UTC${tokenPools.map(pool => fixed(rateOf(pool)(HEAD))).join('')}`,
    )
  })

  test.each([
    ['Growth', 'Growth of 1 ETH', /^2026-08-27 12:00 UTC1\.0027/],
    ['Supply', 'Supply in ETH', /^2026-08-27 12:00 UTC441\.2K/],
    ['Premium', 'Market price over the rate', /^2026-08-27 12:00 UTC−?\d\.\d\d %/],
  ])('behavior: %s, with a table of the same points', async (label, heading, first) => {
    const { user } = renderCard()
    await complete()
    await user.click(screen.getByRole('radio', { name: label }))
    expect(screen.getByRole('heading', { name: heading })).toBeDefined()
    await waitFor(() => expect(drawn()).toBeGreaterThan(1))
    await user.click(screen.getByRole('button', { name: 'Table' }))
    const [, newest] = within(await screen.findByRole('table')).getAllByRole('row')
    expect(newest?.textContent).toMatch(first)
    expect(document.body.textContent).not.toMatch(/NaN|Infinity|undefined/)
  })

  test('behavior: the window is asked for only where it matters', async () => {
    const { user } = renderCard()
    expect(await screen.findByRole('group', { name: /^Window of the yield/ })).toBeDefined()
    await user.click(screen.getByRole('radio', { name: 'Rate' }))
    expect(screen.queryByRole('group', { name: /^Window of the yield/ })).toBeNull()
  })

  test('behavior: pools without a market are named, and not drawn', async () => {
    renderCard({ path: '/?range=30d&show=premium' })
    const note = await screen.findByText(/^No contract tells a market’s price of/)
    const without = tokenPools.filter(({ market }) => market.kind === 'none')
    for (const { name } of without) expect(note.textContent).toContain(name)
    await waitFor(() => expect(drawn()).toBe(COUNT - without.length))
  })

  test('behavior: a range of one’s own by its two days, said in the address, and taken back', async () => {
    const { user } = renderCard()
    await complete()
    await user.click(screen.getByRole('radio', { name: 'Custom' }))
    expect(location.hash).toBe('#/?range=30d&from=2026-07-28')
    const [from, until] = [screen.getByLabelText('From'), screen.getByLabelText('Until')]
    fireEvent.change(from, { target: { value: '2026-08-01' } })
    fireEvent.change(until, { target: { value: '2026-08-10' } })
    expect(location.hash).toBe('#/?range=30d&from=2026-08-01&until=2026-08-10')
    expect(await complete()).toBeDefined()
    await user.click(screen.getByRole('button', { name: 'Table' }))
    await waitFor(() => {
      const [, newest, ...others] = within(screen.getByRole('table')).getAllByRole('row')
      expect(newest?.textContent).toMatch(/^2026-08-11 00:00 UTC/)
      expect(others.at(-1)?.textContent).toMatch(/^2026-08-01 00:00 UTC/)
    })
    await user.click(screen.getByRole('button', { name: 'Reset' }))
    expect(location.hash).toBe('#/?range=30d')
    expect(screen.queryByLabelText('From')).toBeNull()
  })

  test('behavior: dates that are no range are said beside them and change nothing', async () => {
    renderCard({ path: '/?range=30d&from=2026-08-01&until=2026-08-10' })
    await complete()
    const [from, until] = [screen.getByLabelText('From'), screen.getByLabelText('Until')]
    for (const [field, value, words] of [
      [until, '2026-07-20', 'The last day lies before the first.'],
      [until, '2026-08-01', 'Both days are the same: choose a range of at least two.'],
      [until, '2026-09-20', 'The last day lies in the future.'],
      [from, '2026-09-01', 'The first day lies in the future.'],
      [from, '', 'Write the first day of the range.'],
    ] as const) {
      fireEvent.change(field, { target: { value } })
      expect(screen.getByText(words)).toBeDefined()
      expect(field.getAttribute('aria-invalid')).toBe('true')
      expect(location.hash).toBe('#/?range=30d&from=2026-08-01&until=2026-08-10')
    }
  })

  test.each([
    ['from=yesterday', 'The first day in the address is no day of the calendar, so it is ignored.'],
    ['from=2027-01-01', 'The first day in the address lies in the future, so it is ignored.'],
    [
      'from=2026-08-02&until=2026-08-01',
      'The last day in the address lies before the first, so both are ignored.',
    ],
    [
      'from=2026-08-02&until=2026-08-02',
      'Both days in the address are the same: between them lies no time, so both are ignored.',
    ],
    [
      'from=2026-08-02&until=2027-01-01',
      'The last day in the address lies in the future: shown is until now.',
    ],
    ['from=1815-06-18', /^Nothing is known from before .*, so the chart starts there\.$/],
  ])('behavior: an address with %s gets a sentence and what can be shown', async (query, words) => {
    renderCard({ path: `/?range=30d&${query}` })
    expect(await screen.findByText(words)).toBeDefined()
    await complete()
    await waitFor(() => expect(drawn()).toBe(COUNT))
    expect(document.body.textContent).not.toMatch(/NaN|Infinity|undefined/)
  })

  test('behavior: a range before there was any rate is a sentence', async () => {
    renderCard({ path: '/?range=30d&from=1815-06-18&until=1815-06-20' })
    await complete()
    expect(await screen.findByText('No rate has been read in this range.')).toBeDefined()
  })

  test('behavior: the points are saved as files that say what is in them', async () => {
    const saved: { name: string; blob: Blob }[] = []
    let last: Blob | undefined
    vi.stubGlobal(
      'URL',
      Object.assign(URL, {
        createObjectURL: (blob: Blob) => {
          last = blob
          return 'blob:here'
        },
        revokeObjectURL: () => undefined,
      }),
    )
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function click(
      this: HTMLAnchorElement,
    ) {
      if (last !== undefined) saved.push({ name: this.download, blob: last })
    })
    const { user } = renderCard({ path: '/?range=30d&show=rate' })
    await complete()
    await user.click(await screen.findByRole('button', { name: 'CSV' }))
    await user.click(screen.getByRole('button', { name: 'JSON with receipts' }))
    await waitFor(() => expect(saved).toHaveLength(2))
    expect(saved.map(({ name }) => name)).toEqual([
      `poolglass-${COUNT}-pools-rate-2026-07-28-to-2026-08-27.csv`,
      `poolglass-${COUNT}-pools-rate-2026-07-28-to-2026-08-27.json`,
    ])
    const [csv, json] = await Promise.all(saved.map(({ blob }) => blob.text()))
    expect(csv?.split('\n')).toHaveLength(33)
    expect(csv).toContain('\n2026-08-27T12:00:00.000Z,1.103,1.2015,1.153,')
    expect(JSON.parse(json ?? '')).toMatchObject({
      schema: 'poolglass.history',
      chain: 'local',
      shown: 'rate',
    })
  })
})
