import { QueryClientProvider, type UseQueryResult, useQuery } from '@tanstack/react-query'
import { render, screen } from '@testing-library/react'
import { describe, expect, test, vi } from 'vitest'
import type { History } from '../../../src/queries/history.ts'
import { Progress } from '../../../src/views/chart/Progress.tsx'
import { createTestQueries } from '../support/render.tsx'

function renderProgress(history: Partial<History>) {
  const queries = createTestQueries()
  const data: History = { samples: [], done: 0, wanted: 0, isComplete: true, ...history }
  const cancel = vi.fn()
  function Card() {
    return <Progress history={useQuery({ queryKey: ['history'], queryFn: () => data })} cancel={cancel} />
  }
  render(
    <QueryClientProvider client={queries}>
      <Card />
    </QueryClientProvider>,
  )
}

/** Draw a reading as it goes on, in the same place. */
function watchProgress() {
  const at = (isFetching: boolean, history: Partial<History>) => {
    const data: History = { samples: [], done: 0, wanted: 0, isComplete: false, ...history }
    const query = { data, isFetching, isPlaceholderData: false, isError: false, refetch: vi.fn() }
    return <Progress history={query as unknown as UseQueryResult<History>} cancel={vi.fn()} />
  }
  const { rerender } = render(at(true, {}))
  return { draw: (...args: Parameters<typeof at>) => rerender(at(...args)) }
}

describe('Progress', () => {
  test('default: how many were read', async () => {
    renderProgress({ done: 1_200, wanted: 1_200 })
    expect((await screen.findByText('1,200 of 1,200 samples')).getAttribute('role')).toBe('status')
  })

  test('behavior: half a history that nobody reads is stopped', async () => {
    renderProgress({ done: 3, wanted: 9, isComplete: false })
    expect(await screen.findByText('3 of 9 samples, stopped')).toBeDefined()
    expect(screen.getByRole('button', { name: 'Go on' })).toBeDefined()
  })

  test('behavior: one region tells how it ended, and no count before', () => {
    const { draw } = watchProgress()
    const region = screen.getByRole('status')
    for (const done of [0, 3, 6]) {
      draw(true, { done, wanted: 9 })
      expect(region.textContent).toBe('')
      expect(screen.getByText(`${done} of 9 samples`)).toBeDefined()
    }
    draw(false, { done: 6, wanted: 9 })
    expect(region.textContent).toBe('6 of 9 samples, stopped')
    draw(true, { done: 6, wanted: 9 })
    expect(region.textContent).toBe('')
    draw(false, { done: 9, wanted: 9, isComplete: true })
    expect(region.textContent).toBe('9 of 9 samples')
    expect(screen.getByRole('status')).toBe(region)
  })

  test('behavior: where the endpoints end, it says from when on there is something', async () => {
    renderProgress({ done: 9, wanted: 9, cutAt: 1_785_585_600n })
    const words = '9 of 9 samples. The endpoints serve no blocks from before Aug 1, 2026.'
    expect((await screen.findByText(words)).getAttribute('role')).toBe('status')
  })
})
