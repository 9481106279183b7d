import { QueryClientProvider, useQuery } from '@tanstack/react-query'
import { render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { describe, expect, test } from 'vitest'
import { NoEndpointServed, RateLimited, Unreachable } from '../../../src/chain/errors.ts'
import { Async } from '../../../src/views/ui/Async.tsx'
import { createTestQueries } from '../support/render.tsx'

type Step = { readonly figures: readonly string[] } | { readonly error: Error } | 'wait'

/** A card whose readings end as the steps say, one after the other. */
function renderCard(...steps: readonly Step[]) {
  const queries = createTestQueries()
  let next = 0
  const read = async (): Promise<readonly string[]> => {
    const step = steps[next] ?? 'wait'
    next += 1
    if (step === 'wait') return new Promise(() => undefined)
    if ('error' in step) throw step.error
    return step.figures
  }
  function Card() {
    const query = useQuery({ queryKey: ['figures'], queryFn: read })
    return (
      <Async
        query={query}
        what="the figures"
        pending={<p>grey lines</p>}
        empty={{ when: figures => figures.length === 0, show: <p>there are none</p> }}
      >
        {figures => <p>figures: {figures.join(' ')}</p>}
      </Async>
    )
  }
  render(
    <QueryClientProvider client={queries}>
      <Card />
    </QueryClientProvider>,
  )
  const again = (): Promise<void> => queries.refetchQueries()
  return { user: userEvent.setup(), again, read: () => next }
}

const retry = () => screen.getByRole('button', { name: 'Try again' })

describe('Async', () => {
  test('default: data', async () => {
    renderCard({ figures: ['1', '2'] })
    expect(await screen.findByText('figures: 1 2')).toBeDefined()
    expect(screen.queryByRole('alert')).toBeNull()
    expect(screen.queryByText('grey lines')).toBeNull()
  })

  test('behavior: pending', () => {
    renderCard('wait')
    expect(screen.getByText('grey lines')).toBeDefined()
    expect(screen.queryByText(/figures/)).toBeNull()
  })

  test('behavior: empty is said in words and is no data', async () => {
    renderCard({ figures: [] })
    expect(await screen.findByText('there are none')).toBeDefined()
    expect(screen.queryByText(/figures:/)).toBeNull()
  })

  test('error: Unreachable without any data, and a retry that helps', async () => {
    const { user } = renderCard({ error: new Unreachable('cannot be reached') }, { figures: ['1'] })
    const note = await screen.findByRole('alert')
    expect(note.textContent).toContain('Could not read the figures. cannot be reached')
    expect(note.textContent).toContain('Unreachable')
    expect(note.textContent).not.toContain('earlier reading')
    await user.click(retry())
    expect(await screen.findByText('figures: 1')).toBeDefined()
    expect(screen.queryByRole('alert')).toBeNull()
  })

  test('behavior: a retry without any data is pending again', async () => {
    const { user } = renderCard({ error: new Unreachable('cannot be reached') }, 'wait')
    await screen.findByRole('alert')
    await user.click(retry())
    expect(await screen.findByText('grey lines')).toBeDefined()
    expect(screen.queryByRole('alert')).toBeNull()
  })

  test('behavior: a retry beside older data says that it is under way and cannot be asked twice', async () => {
    const { user, again, read } = renderCard(
      { figures: ['1'] },
      { error: new Unreachable('is gone') },
      'wait',
    )
    await screen.findByText('figures: 1')
    await again()
    await user.click(await screen.findByRole('button', { name: 'Try again' }))
    const button = await screen.findByRole('button', { name: 'Trying…' })
    // A button that is disabled loses the focus: this one keeps it, and does nothing.
    expect(document.activeElement).toBe(button)
    expect(button.ariaDisabled).toBe('true')
    await user.click(button)
    expect(read()).toBe(3)
    expect(screen.getByText('figures: 1')).toBeDefined()
    // The word on the button is not the failure said once more.
    expect(screen.getByRole('alert').ariaAtomic).toBe('false')
  })

  test('error: RateLimited beside older data keeps the data and says that it is older', async () => {
    const { again } = renderCard({ figures: ['1'] }, { error: new RateLimited('wants fewer requests') })
    await screen.findByText('figures: 1')
    await again()
    const note = await screen.findByRole('alert')
    expect(note.textContent).toContain('Could not read the figures again.')
    expect(note.textContent).toContain('The figures below are from an earlier reading.')
    expect(screen.getByText('figures: 1')).toBeDefined()
  })

  test('error: NoEndpointServed lists what each endpoint said', async () => {
    const failures = [
      new RateLimited('wants fewer requests', { operator: 'dRPC' }),
      new Unreachable('gave no answer', { operator: 'PublicNode' }),
    ]
    renderCard({ error: new NoEndpointServed(failures) })
    await screen.findByRole('alert')
    expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      'dRPC wants fewer requests.',
      'PublicNode gave no answer.',
    ])
  })
})
