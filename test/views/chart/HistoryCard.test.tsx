import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, test } from 'vitest'
import { ArchiveUnavailable } from '../../../src/chain/errors.ts'
import { tokenPools } from '../../../src/pools/index.ts'
import { HistoryCard } from '../../../src/views/chart/HistoryCard.tsx'
import { seriesOf } from '../../../src/views/overview/poolFigures.ts'
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

function Card() {
  const [state] = useViewState()
  const { history, inputs, series, from } = usePoolData(state, seriesOf)
  return <HistoryCard history={history} inputs={inputs} series={series} from={from} view={state} />
}

const renderCard = ({ world = createWorld(), path = '/?range=30d' } = {}) =>
  renderPage(<Card />, { world, path })
const complete = () => screen.findByText(/^(\d+) of \1 samples/)
const drawn = (): number => document.querySelectorAll('.recharts-line path').length

beforeEach(stubSize)

describe('HistoryCard', () => {
  test('default: complete, with a line for each pool', async () => {
    renderCard()
    expect((await complete()).getAttribute('role')).toBe('status')
    await waitFor(() => expect(drawn()).toBe(COUNT))
    expect(screen.queryByRole('progressbar')).toBeNull()
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
    await user.click(button)
    const table = await screen.findByRole('table')
    expect(screen.getByRole('button', { name: 'Table', pressed: true })).toBe(button)
    const [, newest, ...others] = within(table).getAllByRole('row')
    expect(newest?.textContent).toMatch(/^Aug 27, 20263\.37 %1\.53 %3\.22 %/)
    // Thirty days and the one that the range starts with.
    expect(others).toHaveLength(30)
  })

  test('behavior: the rate instead of the yield', async () => {
    const { user } = renderCard()
    await complete()
    await user.click(screen.getByRole('radio', { name: 'Rate' }))
    expect(screen.getByRole('heading', { name: 'Exchange rate' })).toBeDefined()
    await user.click(screen.getByRole('button', { name: 'Table' }))
    const [, newest] = within(await screen.findByRole('table')).getAllByRole('row')
    expect(newest?.textContent).toBe(
      `Aug 27, 2026${tokenPools.map(pool => fixed(rateOf(pool)(HEAD))).join('')}`,
    )
  })
})
