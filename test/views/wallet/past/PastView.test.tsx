import { screen } from '@testing-library/react'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { ArchiveUnavailable } from '../../../../src/chain/errors.ts'
import type { WalletPast } from '../../../../src/math/walletPast.ts'
import type { WalletPastReading } from '../../../../src/queries/walletPast.ts'
import { NO_SETTINGS } from '../../../../src/store/endpointSettings.ts'
import { PastView } from '../../../../src/views/wallet/past/PastView.tsx'
import { endpointAt } from '../../../support/chain.ts'
import { stubSize } from '../../support/browser.ts'
import { renderPage } from '../../support/render.tsx'
import { ACCOUNT, createWorld } from '../../support/world.ts'
import { DAYS, holder, pastOf, readingOf, timeOf } from './pastSupport.tsx'

const OTHER = endpointAt('http://127.0.0.1:2', 'B')
const FAILURE = new ArchiveUnavailable('keeps no state so old', { operator: 'A' })

function renderPast(past: WalletPast | undefined, over: Partial<WalletPastReading> = {}) {
  const world = createWorld()
  const choose = vi.fn(() => true)
  const session = { ...world.session, choice: { ...world.session.choice, choose } }
  const { reading, ...buttons } = readingOf(past, over)
  const page = renderPage(<PastView accounts={[ACCOUNT]} reading={reading} />, {
    world: { ...world, session },
  })
  return { ...page, ...buttons, choose }
}

const titles = (): (string | null)[] =>
  screen.queryAllByRole('heading', { level: 2 }).map(({ textContent }) => textContent)
/** What is said aloud of the reading. */
const said = (): string | null | undefined => screen.getAllByRole('status')[0]?.textContent
const EMPTY = pastOf([{ units: {}, rates: {} }], { courses: [] })

beforeEach(stubSize)

describe('PastView', () => {
  test('default: what was earned, over time, lots, and the comparison', async () => {
    renderPast(holder())
    expect(titles()).toEqual(['Earned', 'Over time', 'Lots', 'The same ETH on the same dates'])
    expect(said()).toBe('The wallet’s past has been read.')
    expect(await screen.findByRole('application')).toBeDefined()
  })

  test('behavior: an endpoint without old state is not asked; those that have it are offered by name', async () => {
    const { user, choose, start } = renderPast(undefined, {
      state: 'idle',
      isOffered: false,
      others: [OTHER],
    })
    expect(screen.getByText(/keeps no old state, so what was earned cannot be read from it/)).toBeDefined()
    expect(start).not.toHaveBeenCalled()
    await user.click(screen.getByRole('button', { name: 'Show it to B instead' }))
    expect(choose).toHaveBeenCalledWith({ ...NO_SETTINGS, wallet: OTHER.url })
  })

  test('behavior: with nobody to offer, an own node is', () => {
    renderPast(undefined, { state: 'idle', isOffered: false })
    expect(screen.getByText(/add an own archive node among the endpoints/)).toBeDefined()
    expect(screen.queryByRole('button')).toBeNull()
  })

  test('behavior: what has not started though it could, can be started', async () => {
    const { user, start } = renderPast(undefined, { state: 'idle', now: timeOf(4n) })
    await user.click(screen.getByRole('button', { name: 'Read the past' }))
    expect(start).toHaveBeenCalledWith('auto')
  })

  test('behavior: until the holdings are read there is nothing to start from, and nothing is offered', () => {
    renderPast(undefined, { state: 'idle' })
    expect(screen.queryByRole('button', { name: 'Read the past' })).toBeNull()
    expect(screen.queryByText(/has not been read yet/)).toBeNull()
  })

  test('behavior: before the first answer there is a place for it, and nothing is said aloud', () => {
    renderPast(undefined, { state: 'reading' })
    expect(screen.getByText('Looking for the first blocks…')).toBeDefined()
    expect(screen.getByText('Reading the wallet’s past')).toBeDefined()
    expect(said()).toBe('')
    expect(titles()).toEqual([])
  })

  test('behavior: partial figures are shown while more is read', () => {
    renderPast(holder({ isOver: false }), { state: 'reading' })
    expect(titles()).toContain('Earned')
    expect(screen.getByRole('button', { name: 'Stop' })).toBeDefined()
    expect(said()).toBe('')
  })

  test('behavior: nothing ever held is said once all is read, and not before', () => {
    const first = renderPast(EMPTY, { state: 'reading' })
    expect(screen.queryByText(/nothing that could have earned/)).toBeNull()
    first.unmount()
    const second = renderPast({ ...EMPTY, isPaused: true })
    expect(screen.queryByText(/nothing that could have earned/)).toBeNull()
    expect(screen.getByRole('button', { name: 'Go on' })).toBeDefined()
    second.unmount()
    renderPast(EMPTY)
    expect(screen.getByText(/nothing that could have earned/)).toBeDefined()
  })

  test('error: ArchiveUnavailable says what to do, keeps what is known, and can be tried again', async () => {
    const { user, goOn } = renderPast(holder({ isOver: false }), {
      state: 'failed',
      error: FAILURE,
      others: [OTHER],
    })
    // The days of this test tell of one token only, which is an alert of its own.
    const [note] = screen.getAllByRole('alert')
    expect(note?.textContent).toContain('Could not read the wallet’s past again. A keeps no state so old')
    expect(note?.textContent).toContain('ArchiveUnavailable')
    expect(titles()).toContain('Earned')
    expect(screen.getByRole('button', { name: 'Show it to B instead' })).toBeDefined()
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(goOn).toHaveBeenCalledTimes(1)
  })

  test('behavior: a failure before anything was read claims no earlier figures', () => {
    renderPast(undefined, { state: 'failed', error: FAILURE })
    expect(screen.getByRole('alert').textContent).not.toContain('earlier')
    expect(titles()).toEqual([])
  })

  test('behavior: a wallet that is only watched since it held something has no first purchase', () => {
    renderPast(pastOf(DAYS.slice(1)))
    expect(screen.getByText(/^Earned since Dec 30, 2025, the first day that could be read/)).toBeDefined()
  })
})
