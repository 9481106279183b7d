import { render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { describe, expect, test, vi } from 'vitest'
import { Boundary } from '../../../src/views/ui/Boundary.tsx'

/** React reports what a boundary caught to the console; here it is wanted. */
const silence = () => vi.spyOn(console, 'error').mockImplementation(() => undefined)

let thrown: unknown
function Fragile() {
  if (thrown !== undefined) throw thrown
  return <p>drawn</p>
}

const renderBoundary = () =>
  render(
    <>
      <Boundary what="the chart">
        <Fragile />
      </Boundary>
      <p>the rest</p>
    </>,
  )

describe('Boundary', () => {
  test('default: nothing in the way', () => {
    thrown = undefined
    renderBoundary()
    expect(screen.getByText('drawn')).toBeDefined()
    expect(screen.queryByRole('alert')).toBeNull()
  })

  test('error: RangeError stays inside its card, and a retry draws again', async () => {
    const reported = silence()
    thrown = new RangeError('Invalid array length')
    renderBoundary()
    expect(screen.getByRole('alert').textContent).toContain(
      'Could not read the chart on the screen. Invalid array length',
    )
    expect(screen.getByText('RangeError')).toBeDefined()
    expect(screen.getByText('the rest')).toBeDefined()
    expect(reported).toHaveBeenCalled()
    thrown = undefined
    await userEvent.setup().click(screen.getByRole('button', { name: 'Try again' }))
    expect(screen.getByText('drawn')).toBeDefined()
  })

  test('behavior: what was thrown and is no error is told too', () => {
    silence()
    thrown = 'out of paper'
    renderBoundary()
    expect(screen.getByRole('alert').textContent).toContain('out of paper')
  })
})
