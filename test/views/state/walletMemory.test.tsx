import { act, render, screen, waitFor } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { useHashPath } from '../../../src/views/state/hashLocation.ts'
import { keepLook, useLook } from '../../../src/views/state/walletMemory.ts'
import { visit } from '../support/render.tsx'

let navigate: ReturnType<typeof useHashPath>[1]
function Probe() {
  navigate = useHashPath()[1]
  const look = useLook()
  return <p>{look === undefined ? 'nothing |' : `${look.text} |`}</p>
}
const shown = (): string | null => screen.getByText(/\|/).textContent
const lookAt = (text: string): void => act(() => navigate('/wallet', { state: keepLook(text) }))

describe('walletMemory', () => {
  test('default: a look is shown, and what the browser keeps does not name it', () => {
    visit('/wallet')
    render(<Probe />)
    expect(shown()).toBe('nothing |')
    lookAt('glass.eth')
    expect(shown()).toBe('glass.eth |')
    expect(`${JSON.stringify(history.state)} ${location.href}`).not.toContain('glass')
  })

  test('behavior: back and forward between looks under the same URL', async () => {
    visit('/wallet')
    render(<Probe />)
    lookAt('one.eth')
    lookAt('two.eth')
    act(() => history.back())
    await waitFor(() => expect(shown()).toBe('one.eth |'))
    act(() => history.forward())
    await waitFor(() => expect(shown()).toBe('two.eth |'))
    act(() => history.go(-2))
    await waitFor(() => expect(shown()).toBe('nothing |'))
  })

  test('behavior: each look has a key of its own, also of the same text', () => {
    expect(keepLook('one.eth').look).not.toBe(keepLook('one.eth').look)
  })

  test.each([[null], ['text'], [{ look: 'of another visit-1' }], [{ look: 7 }], [{ other: 'x' }]])(
    'behavior: the state %j shows nothing',
    state => {
      history.replaceState(state, '', '#/wallet')
      render(<Probe />)
      expect(shown()).toBe('nothing |')
    },
  )
})
