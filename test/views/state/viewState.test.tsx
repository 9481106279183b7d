import { screen } from '@testing-library/react'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DAY } from '../../../src/math/fixedPoint.ts'
import { pools } from '../../../src/pools/index.ts'
import {
  formatViewState,
  KIND_LABELS,
  KINDS,
  MEASURES,
  parseViewState,
  RANGES,
  rangeSeconds,
  SHOWN,
  useViewState,
  type ViewState,
  WINDOWS,
  windowSeconds,
} from '../../../src/views/state/viewState.ts'
import { renderPage } from '../support/render.tsx'

const USUAL: ViewState = {
  range: '1y',
  from: '',
  until: '',
  window: '30d',
  shown: 'yield',
  measure: 'apy',
  kind: 'all',
  hidden: [],
}
const parse = (query: string): ViewState => parseViewState(new URLSearchParams(query))

describe('parseViewState', () => {
  test('default', () => {
    expect(parse('')).toEqual(USUAL)
    expect(
      parse(
        'range=90d&from=2026-01-01&until=2026-02-01&window=7d&show=rate&as=apr&kind=exchange&hide=ankr,lido',
      ),
    ).toEqual({
      range: '90d',
      from: '2026-01-01',
      until: '2026-02-01',
      window: '7d',
      shown: 'rate',
      measure: 'apr',
      kind: 'exchange',
      hidden: ['ankr', 'lido'],
    })
  })

  test('behavior: what is unknown falls back and touches nothing else', () => {
    expect(parse('range=5y&window=7d&show=&as=APY&kind=bank&hide=,&x=1')).toEqual({ ...USUAL, window: '7d' })
  })

  test('behavior: any text is a view', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, value) => {
        const query = new URLSearchParams(text)
        query.set('range', value)
        const { range, window, shown, measure } = parseViewState(query)
        expect([RANGES.includes(range), WINDOWS.includes(window)]).toEqual([true, true])
        expect([SHOWN.includes(shown), MEASURES.includes(measure)]).toEqual([true, true])
      }),
    )
  })
})

describe('formatViewState', () => {
  test('default: a plain view is a plain address', () => {
    expect(formatViewState(USUAL).toString()).toBe('')
  })

  test('behavior: every view comes back from its address', () => {
    const view = fc.record({
      range: fc.constantFrom(...RANGES),
      from: fc.string(),
      until: fc.string(),
      window: fc.constantFrom(...WINDOWS),
      shown: fc.constantFrom(...SHOWN),
      measure: fc.constantFrom(...MEASURES),
      kind: fc.constantFrom(...KINDS),
      hidden: fc.uniqueArray(fc.constantFrom('rocket-pool', 'ankr', 'lido')),
    })
    fc.assert(
      fc.property(view, state => {
        expect(parse(formatViewState(state).toString())).toEqual(state)
      }),
    )
  })
})

describe('what others keep in the address', () => {
  test('behavior: it stays, and defaults leave', () => {
    const others = new URLSearchParams('amount=5&range=90d&since=2026-01-01')
    expect(formatViewState(USUAL, others).toString()).toBe('amount=5&since=2026-01-01')
    expect(others.get('range')).toBe('90d')
  })
})

describe('kinds', () => {
  test('default: one for every category of a pool, each with a label of its own, and all', () => {
    expect(new Set(KINDS)).toEqual(new Set(['all', ...pools.map(({ category }) => category)]))
    expect(new Set(KINDS.map(kind => KIND_LABELS[kind])).size).toBe(KINDS.length)
  })
})

describe('lengths', () => {
  test('default', () => {
    expect(RANGES.map(rangeSeconds)).toEqual([30n * DAY, 90n * DAY, 365n * DAY, undefined])
    expect(WINDOWS.map(windowSeconds)).toEqual([7n * DAY, 30n * DAY, 90n * DAY, 365n * DAY])
  })
})

describe('useViewState', () => {
  function Probe() {
    const [{ range, window }, change] = useViewState()
    return (
      <button type="button" onClick={() => change({ window: '7d' })}>
        {range} {window}
      </button>
    )
  }

  test('default: a change replaces the address, so that going back leaves the page', async () => {
    const { user } = renderPage(<Probe />, { path: '/pool/ankr?range=90d&amount=5' })
    const { length } = history
    await user.click(screen.getByRole('button', { name: '90d 30d' }))
    expect(screen.getByRole('button', { name: '90d 7d' })).toBeDefined()
    expect(location.hash).toBe('#/pool/ankr?range=90d&amount=5&window=7d')
    expect(history.length).toBe(length)
  })
})
