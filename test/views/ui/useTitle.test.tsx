import { render } from '@testing-library/react'
import { beforeEach, describe, expect, test } from 'vitest'
import { useTitle } from '../../../src/views/ui/useTitle.ts'

function Page({ title }: { readonly title: string }) {
  useTitle(title, `All about ${title}.`)
  return null
}

const words = (): (string | undefined)[] => [
  document.title,
  document.querySelector<HTMLMetaElement>('meta[name="description"]')?.content,
]

beforeEach(() => {
  document.head.innerHTML = '<title>Poolglass: pools</title><meta name="description" content="Pools.">'
})

describe('useTitle', () => {
  test('default: a page has its own words, and leaves the first page’s behind', () => {
    const { rerender, unmount } = render(<Page title="Ankr" />)
    expect(words()).toEqual(['Ankr · Poolglass', 'All about Ankr.'])
    rerender(<Page title="Lido" />)
    expect(words()).toEqual(['Lido · Poolglass', 'All about Lido.'])
    unmount()
    expect(words()).toEqual(['Poolglass: pools', 'Pools.'])
  })

  test('behavior: from one page to the next', () => {
    const { rerender } = render(<Page key="a" title="Ankr" />)
    rerender(<Page key="b" title="Wallet" />)
    expect(words()).toEqual(['Wallet · Poolglass', 'All about Wallet.'])
    rerender(<p>the overview</p>)
    expect(words()).toEqual(['Poolglass: pools', 'Pools.'])
  })

  test('behavior: a document without a description has a title all the same', () => {
    document.head.innerHTML = '<title>Poolglass</title>'
    render(<Page title="Ankr" />)
    expect(words()).toEqual(['Ankr · Poolglass', undefined])
  })
})
