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
  orderOf,
  parseViewState,
  RANGES,
  rangeSeconds,
  SHOWN,
  SORT_KEYS,
  SORTS,
  sortBy,
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
  sort: 'yield',
}
const parse = (query: string): ViewState => parseViewState(new URLSearchParams(query))

describe('parseViewState', () => {
  test('default', () => {
    expect(parse('')).toEqual(USUAL)
    expect(
      parse(
        'range=90d&from=2026-01-01&until=2026-02-01&window=7d&show=rate&as=apr&kind=exchange&hide=ankr,lido&sort=name-reversed',
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
      sort: 'name-reversed',
    })
  })

  test('behavior: what is unknown falls back and touches nothing else', () => {
    expect(parse('range=5y&window=7d&show=&as=APY&kind=bank&hide=,&sort=rate-up&x=1')).toEqual({
      ...USUAL,
      window: '7d',
    })
  })

  test('behavior: any text is a view', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, value) => {
        const query = new URLSearchParams(text)
        query.set('range', value)
        query.set('sort', value)
        const { range, window, shown, measure, sort } = parseViewState(query)
        expect([RANGES.includes(range), WINDOWS.includes(window)]).toEqual([true, true])
        expect([SHOWN.includes(shown), MEASURES.includes(measure)]).toEqual([true, true])
        expect(SORTS).toContain(sort)
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
      hidden: fc.uniqueArray(fc.constantFrom(...pools.map(({ id }) => id))),
      sort: fc.constantFrom(...SORTS),
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

describe('order', () => {
  test('default: the highest first, names from A', () => {
    expect(orderOf('yield')).toEqual({ key: 'yield', descending: true })
    expect(orderOf('name')).toEqual({ key: 'name', descending: false })
    expect(orderOf('age-reversed')).toEqual({ key: 'age', descending: false })
    expect(orderOf('name-reversed')).toEqual({ key: 'name', descending: true })
  })

  test('behavior: a column chosen again is turned round, another begins its usual way', () => {
    for (const key of SORT_KEYS) {
      for (const before of SORTS) {
        const [was, is] = [orderOf(before), orderOf(sortBy(key, before))]
        expect(is.key).toBe(key)
        expect(is.descending).toBe(was.key === key ? !was.descending : key !== 'name')
      }
    }
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
