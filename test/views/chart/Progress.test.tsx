import { QueryClientProvider, useQuery } from '@tanstack/react-query'
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

describe('Progress', () => {
  test('default: how many were read', async () => {
    renderProgress({ done: 1_200, wanted: 1_200 })
    expect((await screen.findByRole('status')).textContent).toBe('1,200 of 1,200 samples')
  })

  test('behavior: half a history that nobody reads is stopped', async () => {
    renderProgress({ done: 3, wanted: 9, isComplete: false })
    expect(await screen.findByText('3 of 9 samples, stopped')).toBeDefined()
    expect(screen.getByRole('button', { name: 'Go on' })).toBeDefined()
    expect(screen.queryByRole('status')).toBeNull()
  })

  test('behavior: where the endpoints end, it says from when on there is something', async () => {
    renderProgress({ done: 9, wanted: 9, cutAt: 1_785_585_600n })
    expect((await screen.findByRole('status')).textContent).toBe(
      '9 of 9 samples. The endpoints serve no blocks from before Aug 1, 2026.',
    )
  })
})
