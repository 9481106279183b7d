import { readFileSync } from 'node:fs'
import { render, screen, within } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { tokenPools } from '../../../src/pools/index.ts'
import { YieldScale } from '../../../src/views/overview/YieldScale.tsx'
import { UnknownFigure } from '../../../src/views/ui/Figure.tsx'
import { lineSymbol, poolColour, poolDash } from '../../../src/views/ui/poolColour.ts'
import { Skeleton } from '../../../src/views/ui/Skeleton.tsx'
import { Sparkline } from '../../../src/views/ui/Sparkline.tsx'
import { stubDialog } from '../support/browser.ts'
import { renderPage } from '../support/render.tsx'

const pathOf = (values: readonly (number | null)[]): string | null | undefined =>
  render(<Sparkline values={values} colour="red" />)
    .container.querySelector('path')
    ?.getAttribute('d')

describe('Sparkline', () => {
  test('default: from the lowest to the highest within its box', () => {
    expect(pathOf([1, 3, 2])).toBe('M0.0 20.0L46.0 2.0L92.0 11.0')
  })

  test('behavior: a value that is not known leaves a gap', () => {
    expect(pathOf([1, 2, null, 2, 3])).toMatch(/^M[^M]+L[^M]+M[^M]+L[^M]+$/)
  })

  test('behavior: a flat line lies in the middle', () => {
    expect(pathOf([2, 2])).toBe('M0.0 11.0L92.0 11.0')
  })

  test('behavior: one value or none is no line', () => {
    expect(pathOf([])).toBeUndefined()
    expect(pathOf([null, 1])).toBeUndefined()
  })
})

describe('YieldScale', () => {
  const draw = (value: bigint, band?: { readonly low: bigint; readonly high: bigint }) => {
    const { container } = render(<YieldScale value={value} band={band} scale={[0, 4]} colour="red" />)
    const lines = [...container.querySelectorAll('line')].slice(1)
    return {
      dot: container.querySelector('circle')?.getAttribute('cx'),
      ends: lines.map(line => [line.getAttribute('x1'), line.getAttribute('x2')]),
    }
  }
  const percent = (value: bigint): bigint => value * 10n ** 16n

  test('default: a dot in its place with its band', () => {
    expect(draw(percent(2n), { low: percent(1n), high: percent(3n) })).toEqual({
      dot: '60',
      ends: [['33', '87']],
    })
  })

  test('behavior: nothing leaves the scale, and no band is drawn where none is known', () => {
    expect(draw(percent(9n))).toEqual({ dot: '114', ends: [] })
    expect(draw(percent(-9n))).toEqual({ dot: '6', ends: [] })
  })
})

describe('small parts', () => {
  test('default: each pool has a colour and a dash of its own, as far as there are fifteen', () => {
    expect(new Set(tokenPools.map(poolColour)).size).toBe(tokenPools.length)
    const dashes = [...tokenPools].sort((one, other) => one.colour - other.colour).map(poolDash)
    expect(
      new Set(
        tokenPools.map(pool => lineSymbol(poolDash(pool))).map(JSON.stringify as (one: unknown) => string),
      ).size,
    ).toBe(tokenPools.length)
    const distinct = dashes.slice(0, 15)
    expect(new Set(distinct).size).toBe(distinct.length)
  })

  test('behavior: every colour of a pool is a token of the theme', () => {
    const tokens = readFileSync('src/styles/tokens.css', 'utf8')
    const definitions = [...tokens.matchAll(/(--pool-\d+):/g)].map(([, name]) => name)
    for (const { colour } of tokenPools) expect(definitions).toContain(`--pool-${colour}`)
  })

  test('behavior: what is not known says why to the pointer and to a screen reader', () => {
    render(<UnknownFigure why="The contract refused it." />)
    expect(screen.getByTitle('The contract refused it.').textContent).toBe(
      '–not known: The contract refused it.',
    )
  })

  test('behavior: a skeleton says what is awaited and hides its lines', () => {
    const { container } = render(<Skeleton rows={4} height={54} label="Reading the pools" />)
    expect(screen.getByRole('status').textContent).toBe('Reading the pools')
    expect(container.querySelectorAll('[aria-hidden="true"]')).toHaveLength(4)
  })
})

describe('UnknownFigure', () => {
  test.each(['{Enter}', ' '])(
    'default: opens its reason by the key %j, and gives the focus back',
    async key => {
      stubDialog()
      const { user } = renderPage(<UnknownFigure why="The feed is stale." />)
      await user.tab()
      const figure = screen.getByTitle('The feed is stale.')
      expect(document.activeElement).toBe(figure)
      await user.keyboard(key)
      const dialog = await screen.findByRole('dialog', { name: 'Not known' })
      expect(await within(dialog).findByText('The feed is stale.')).toBeDefined()
      expect(dialog.textContent).toContain('It is never taken for 0.')
      expect(dialog.textContent).not.toContain('Read from')
      await user.click(within(dialog).getByRole('button', { name: 'Close' }))
      expect(document.activeElement).toBe(figure)
    },
  )
})
