import type { UseQueryResult } from '@tanstack/react-query'
import { render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { describe, expect, test, vi } from 'vitest'
import { MethodUnavailable, NoEndpointServed, RangeTooWide } from '../../../src/chain/errors.ts'
import { DAY } from '../../../src/math/fixedPoint.ts'
import type { Reports } from '../../../src/queries/reports.ts'
import { ReportsProgress } from '../../../src/views/chart/ReportsProgress.tsx'
import { JULY, reported } from './pastSupport.ts'

const NOW = JULY + 100n * DAY
const READ: Reports = {
  reports: new Map(),
  blockTimes: new Map(),
  covered: [],
  done: 720_000n,
  wanted: 720_000n,
  doubts: [],
  confirmed: [],
  malformed: [],
  timesMissing: 0,
  isComplete: true,
  from: JULY,
}

const queryOf = (query: Partial<UseQueryResult<Reports>>) =>
  ({
    data: undefined,
    error: null,
    isFetching: false,
    isPlaceholderData: false,
    refetch: vi.fn(),
    ...query,
  }) as unknown as UseQueryResult<Reports>

function show(query: Partial<UseQueryResult<Reports>>, readAll?: () => void) {
  const reports = queryOf(query)
  const { container, rerender } = render(<ReportsProgress reports={reports} readAll={readAll} now={NOW} />)
  const draw = (next: Partial<UseQueryResult<Reports>>): void =>
    rerender(<ReportsProgress reports={queryOf(next)} readAll={readAll} now={NOW} />)
  return { text: () => container.textContent, reports, draw }
}

describe('ReportsProgress', () => {
  test('default: how far they reach, and the way to the rest', async () => {
    const readAll = vi.fn()
    const { text } = show({ data: READ }, readAll)
    expect(text()).toBe(
      'Reports of the last 100 d read: exact where both ends of a window are reports.Read those of the whole range',
    )
    await userEvent.click(screen.getByRole('button', { name: 'Read those of the whole range' }))
    expect(readAll).toHaveBeenCalledOnce()
  })

  test('behavior: where all are read, nothing is offered', () => {
    show({ data: READ })
    expect(screen.queryByRole('button')).toBeNull()
  })

  test('behavior: a bar while they come', () => {
    const { text } = show({ data: { ...READ, done: 180_000n, isComplete: false }, isFetching: true })
    expect(screen.getByRole('progressbar', { name: 'Reports read' }).getAttribute('value')).toBe('0.25')
    expect(text()).toBe('Reports of 25 % of the blocks')
  })

  test('behavior: one region tells how it ended, and no part before', () => {
    const { draw } = show({})
    const region = screen.getByRole('status')
    for (const done of [0n, 180_000n, 360_000n]) {
      draw({ data: { ...READ, done, isComplete: false }, isFetching: true })
      expect(screen.getByRole('progressbar')).toBeDefined()
      expect(region.textContent).toBe('')
    }
    draw({ error: new RangeTooWide('asks for more blocks than are served') })
    expect(region.textContent).toMatch(/^The reports could not be read, so samples are used\./)
    draw({ data: { ...READ, isComplete: false }, isFetching: true })
    expect(region.textContent).toBe('')
    draw({ data: READ })
    expect(region.textContent).toMatch(/^Reports of the last 100 d read: exact/)
    expect(screen.queryByRole('progressbar')).toBeNull()
    expect(screen.getByRole('status')).toBe(region)
  })

  test('behavior: those of another span say nothing about this one', () => {
    const { text } = show({ data: READ, isPlaceholderData: true, isFetching: true })
    expect(text()).toBe('Looking for reports…')
  })

  test('behavior: before the samples are there, nothing is said', () => {
    expect(show({}).text()).toBe('')
  })

  test('error: RangeTooWide in words, with what is used instead, and a way to try again', async () => {
    const { text, reports } = show({ error: new RangeTooWide('asks for more blocks than are served') })
    expect(text()).toMatch(/^The reports could not be read, so samples are used\. .+\./)
    await userEvent.click(screen.getByRole('button', { name: 'Read the reports again' }))
    expect(reports.refetch).toHaveBeenCalledOnce()
  })

  test('error: NoEndpointServed with what each endpoint said', () => {
    show({
      error: new NoEndpointServed([
        new MethodUnavailable('does not offer this', { operator: 'one.example' }),
      ]),
    })
    const said = screen.getAllByRole('listitem').map(({ textContent }) => textContent)
    expect(said).toEqual(['one.example does not offer this.'])
  })

  test('behavior: what is not as sure as the rest is counted', () => {
    const { log } = reported(1n, 1n).report ?? expect.unreachable()
    const { text } = show({
      data: {
        ...READ,
        doubts: [
          { from: 10n, to: 19n, why: 'silence' },
          { from: 30n, to: 30n, why: 'silence' },
          { from: 50n, to: 59n, why: 'A and B tell different events in blocks 50 to 59.', isDisputed: true },
        ],
        malformed: [{ log, poolId: 'rocket-pool', why: 'bounds' }],
        timesMissing: 2,
      },
    })
    expect(text()).toContain(
      'But A and B tell different events in blocks 50 to 59, so samples are used there; 11 blocks were found empty by one operator only; 1 event is none that its pool sends and is left out; 2 reports name blocks whose times nobody gave.',
    )
  })
})
