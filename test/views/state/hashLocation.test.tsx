import { act, render, screen } from '@testing-library/react'
import { beforeEach, describe, expect, test } from 'vitest'
import { useHashPath, useHashSearch } from '../../../src/views/state/hashLocation.ts'
import { visit } from '../support/render.tsx'

let navigate: ReturnType<typeof useHashPath>[1]
function Probe() {
  const [path, go] = useHashPath()
  navigate = go
  return <p>{`${path} | ${useHashSearch()}`}</p>
}
const shown = (): string | null => screen.getByText(/\|/).textContent
const renderAt = (hash: string): void => {
  visit(hash)
  render(<Probe />)
}

beforeEach(() => visit('/'))

describe('hashLocation', () => {
  test.each([
    ['', '/ | '],
    ['/', '/ | '],
    ['pool/ankr', '/pool/ankr | '],
    ['/pool/ankr?range=90d&as=apr', '/pool/ankr | range=90d&as=apr'],
    ['/?range=90d', '/ | range=90d'],
    ['?range=90d', '/ | range=90d'],
  ])('default: #%s is %s', (hash, expected) => {
    renderAt(hash)
    expect(shown()).toBe(expected)
  })

  test('behavior: going somewhere makes a step in the history, replacing makes none', () => {
    renderAt('/')
    const { length } = history
    act(() => navigate('/pool/ankr?as=apr'))
    expect(shown()).toBe('/pool/ankr | as=apr')
    expect(location.hash).toBe('#/pool/ankr?as=apr')
    expect(history.length).toBe(length + 1)
    act(() => navigate('/method', { replace: true }))
    expect(shown()).toBe('/method | ')
    expect(history.length).toBe(length + 1)
  })

  test('behavior: a step may have a state, which replacing keeps unless it has one of its own', () => {
    renderAt('/')
    act(() => navigate('/wallet', { state: { look: 'a' } }))
    act(() => navigate('/wallet?range=90d', { replace: true }))
    expect(history.state).toEqual({ look: 'a' })
    act(() => navigate('/wallet', { replace: true, state: { look: 'b' } }))
    expect(history.state).toEqual({ look: 'b' })
    act(() => navigate('/wallet'))
    expect(history.state).toBeNull()
  })

  test('behavior: an address typed by hand or left by the back button is followed', () => {
    renderAt('/')
    act(() => {
      visit('/method?window=7d')
      dispatchEvent(new HashChangeEvent('hashchange'))
    })
    expect(shown()).toBe('/method | window=7d')
  })

  test('behavior: the part before the fragment is left alone, and links stay within the page', () => {
    renderAt('/')
    const before = location.href.split('#')[0]
    act(() => navigate('//pool/lido'))
    expect(location.href).toBe(`${before}#/pool/lido`)
    expect(useHashPath.hrefs('/method')).toBe('#/method')
  })
})
