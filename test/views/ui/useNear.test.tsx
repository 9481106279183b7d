import { act, render, screen } from '@testing-library/react'
import { useRef } from 'react'
import { afterEach, expect, test, vi } from 'vitest'
import { useNear } from '../../../src/views/ui/useNear.ts'

afterEach(() => void vi.unstubAllGlobals())

/** Give jsdom an observer that a test moves by hand. */
function stubObserver() {
  let tell: (isIntersecting: boolean) => void = () => undefined
  const disconnect = vi.fn()
  const observe = vi.fn()
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      constructor(listener: (entries: { isIntersecting: boolean }[]) => void) {
        tell = isIntersecting => listener([{ isIntersecting }])
      }
      observe = observe
      disconnect = disconnect
    },
  )
  return { move: (isNear: boolean) => act(() => tell(isNear)), observe, disconnect }
}

function Place() {
  const place = useRef<HTMLParagraphElement>(null)
  return <p ref={place}>{useNear(place) ? 'near' : 'far'}</p>
}

test('default: an element that has come near once stays so, and is watched no more', () => {
  const { move, observe, disconnect } = stubObserver()
  render(<Place />)
  const place = screen.getByText('far')
  expect(observe).toHaveBeenCalledWith(place)
  move(false)
  expect(place.textContent).toBe('far')
  move(true)
  expect(place.textContent).toBe('near')
  expect(disconnect).toHaveBeenCalled()
})

test('behavior: where the browser cannot tell, everything is near', () => {
  render(<Place />)
  expect(screen.getByText('near')).toBeDefined()
})

test('behavior: nobody is watched for a page that is gone', () => {
  const { disconnect } = stubObserver()
  render(<Place />).unmount()
  expect(disconnect).toHaveBeenCalledTimes(1)
})
