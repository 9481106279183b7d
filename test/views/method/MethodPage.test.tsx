import { render, screen, waitFor } from '@testing-library/react'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { App } from '../../../src/app/App.tsx'
import { MethodPage } from '../../../src/views/method/MethodPage.tsx'
import { METHOD_PARTS } from '../../../src/views/method/parts.ts'
import { methodExamples } from '../../support/methodExamples.ts'
import { createTestQueries, renderPage, visit } from '../support/render.tsx'
import { createWorld } from '../support/world.ts'

const scrolled = vi.fn<(this: Element) => void>()

beforeEach(() => {
  scrolled.mockReset()
  // jsdom has no layout to scroll.
  Element.prototype.scrollIntoView = function (this: Element) {
    scrolled.call(this)
  }
})

const textOf = (): string => {
  const { container } = renderPage(<MethodPage />, { path: '/method' })
  return container.textContent ?? ''
}

/** The section under a heading, in words. */
const wordsOf = (id: string): string => document.getElementById(id)?.parentElement?.textContent ?? ''

const lineOf = (section: string, start: RegExp): string => {
  const line = methodExamples[section]?.find(one => start.test(one))
  expect(line, `${section}: ${start}`).toBeDefined()
  return line?.trim() ?? ''
}

/** What a line says after a word. */
const rest = (line: string, word: string): string => line.slice(line.indexOf(word) + word.length)

/** A number, and an ellipsis where it is cut. */
const NUMBER = /\d[\d,]*(?:\.\d+)?…?/g
const known: readonly string[] = Object.values(methodExamples).flat().join('\n').match(NUMBER) ?? []
const isKnown = (number: string): boolean =>
  number.endsWith('…') ? known.some(one => one.startsWith(number.slice(0, -1))) : known.includes(number)
/** Numbers that nobody writes without having computed them. */
const isComputed = (number: string): boolean => /\.\d\d|,\d{3}/.test(number)

describe('MethodPage', () => {
  test('default: every part has its heading, its id and a link', () => {
    renderPage(<MethodPage />, { path: '/method?range=90d' })
    const headings = screen.getAllByRole('heading', { level: 2 })
    expect(headings.map(({ id, textContent }) => [id, textContent])).toEqual(
      expect.arrayContaining(Object.entries(METHOD_PARTS)),
    )
    expect(new Set(headings.map(({ id }) => id)).size).toBe(headings.length)
    expect(headings).toHaveLength(Object.keys(METHOD_PARTS).length)
    const links = screen.getAllByRole('link').map(link => link.getAttribute('href'))
    expect(links).toEqual(Object.keys(METHOD_PARTS).map(id => `#/method/${id}?range=90d`))
    expect(headings.map(({ id }) => id).sort()).toEqual(Object.keys(METHOD_PARTS).sort())
  })

  test('default: without a part it starts at the top', () => {
    renderPage(<MethodPage />, { path: '/method' })
    expect(scrolled).not.toHaveBeenCalled()
    expect(document.activeElement).toBe(document.body)
  })

  test('behavior: a link to a part leads to its heading, for the keyboard too', () => {
    renderPage(<MethodPage part="sureness" />, { path: '/method/sureness' })
    const heading = screen.getByRole('heading', { name: 'How sure' })
    expect(scrolled.mock.contexts).toEqual([heading])
    expect(document.activeElement).toBe(heading)
  })

  test('behavior: an address names the part', async () => {
    visit('/method/yield')
    render(<App session={createWorld().session} queries={createTestQueries()} />)
    const heading = await screen.findByRole('heading', { name: 'Implied APY and APR' })
    // The page is loaded late, and moves once it is there.
    await waitFor(() => expect(scrolled.mock.contexts).toEqual([heading]))
  })

  test('behavior: an unknown part leads to the top', () => {
    renderPage(
      <>
        <p id="nowhere" />
        <MethodPage part="nowhere" />
      </>,
    )
    expect(scrolled).not.toHaveBeenCalled()
  })

  test('behavior: every number on it is one that METHOD.md has', () => {
    const numbers = (textOf().match(NUMBER) ?? []).filter(isComputed)
    expect(numbers.length).toBeGreaterThan(40)
    expect(numbers.filter(number => !isKnown(number))).toEqual([])
  })

  test('behavior: the examples say what METHOD.md says', () => {
    textOf()
    const inSection: readonly (readonly [string, string])[] = [
      ['rate', rest(lineOf('Rate', /that is 1\.109/), 'that is ').replace(' ETH', '')],
      ['reports', rest(lineOf('Reports', /^Rocket Pool, block 20,123,856/), 'landed 2024-06-19 06:13:23, ')],
      ['reports', rest(lineOf('Reports', /^Rocket Pool, block 20,682,453/), 'landed 2024-09-05 06:12:47, ')],
      ['yield', lineOf('Implied APR and APY', /^APR = 2/)],
      ['yield', rest(lineOf('Implied APR and APY', /^R₁/), '337 ').replace('= ', 'R₁ = ')],
      ['yield', rest(lineOf('Implied APR and APY', /^R₂/), '409 ').replace('= ', 'R₂ = ')],
      ['ends', rest(lineOf('The two ends of a window', /^7 d/), 'steps: ')],
      ['ends', rest(lineOf('The two ends of a window', /^30 d/), 'steps: ')],
      ['ends', rest(lineOf('The two ends of a window', /^90 d/), 'steps: ')],
      ['sureness', rest(lineOf('How sure: the ±', /by reports/), '1760198435, ').replace(':', ',')],
      ['sureness', rest(lineOf('How sure: the ±', /by samples/), '1760232791, ').replace(':', ',')],
      ['sureness', rest(lineOf('How sure: the ±', /shown/), 'shown:        ')],
      ['single', lineOf('Single reports', /mean/).replace(/ though .*;/, '')],
      ['chart', rest(lineOf('The chart', /^rETH/), ': ')],
      ['what-if', rest(lineOf('What if', /tokens =/), 'tokens = 10 ÷ ')],
      ['what-if', rest(lineOf('What if', /worth =/), 'worth = ')],
      ['what-if', rest(lineOf('What if', /^a year/), ') = ').replace(', a projection', '')],
      ['earned', rest(lineOf('What a wallet earned', /came {3}=/), 'came   = ')],
      ['earned', rest(lineOf('What a wallet earned', /went {3}=/), 'went   = ')],
      ['earned', rest(lineOf('What a wallet earned', /worth {2}=/), 'worth  = ')],
      ['earned', rest(lineOf('What a wallet earned', /earned = worth/), 'earned = ')],
      [
        'lots',
        lineOf('Lots', /realised 0\.034182/)
          .replace(/, together.*/, '')
          .trim(),
      ],
      [
        'lots',
        lineOf('Lots', /realised 0\.034049/)
          .replace(/, together.*/, '')
          .trim(),
      ],
    ]
    for (const [id, words] of inSection) {
      expect(words.length).toBeGreaterThan(6)
      expect(wordsOf(id), id).toContain(words)
    }
  })

  test('behavior: the ± of samples and what it comes from', () => {
    textOf()
    const words = wordsOf('sureness')
    for (const line of methodExamples['How sure: the ±']?.filter(one => /over (?:7|90) d/.test(one)) ?? [])
      for (const [off] of line.matchAll(/±\d\.\d\d/g)) expect(words).toContain(off)
    const most = rest(lineOf('How sure: the ±', /^ *at least/), 'APY = ')
    const least = rest(lineOf('How sure: the ±', /^ *at most/), 'APY = ')
    expect([most, least]).toEqual(['3.5388 %', '3.0924 %'])
    expect(words).toContain(`at least 1,218,060 s: ${most}, at most 1,390,860 s: ${least}`)
  })
})
