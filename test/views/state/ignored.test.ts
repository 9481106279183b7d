import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pools } from '../../../src/pools/index.ts'
import { ignoredInLink } from '../../../src/views/state/ignored.ts'
import {
  formatViewState,
  KINDS,
  MEASURES,
  RANGES,
  SHOWN,
  SORTS,
  WINDOWS,
} from '../../../src/views/state/viewState.ts'

const IDS = pools.map(({ id }) => id)

const ignored = (query: string, outer = '', path = '/'): readonly string[] =>
  ignoredInLink({
    path,
    params: new URLSearchParams(query),
    outer: new URLSearchParams(outer),
    pools: IDS,
  })

describe('ignoredInLink', () => {
  test.each([
    ['range=10y', 'the range “10y”, so it is 1 y'],
    ['window=-1', 'the window “-1”, so it is 30 d'],
    ['show=__proto__', 'the chart of “__proto__”, so it is the yield'],
    ['as=APY', 'the measure “APY”, so it is APY'],
    ['kind=bank', 'the kind of pool “bank”, so it is All'],
    ['sort=colour', 'the order “colour”, so it is by yield'],
    ['sort=rate-up', 'the order “rate-up”, so it is by yield'],
    ['range=', 'the range “”, so it is 1 y'],
    ['hide=terra', 'the hidden pool “terra”'],
    ['hide=ankr,terra,ankr,lido,luna', 'the hidden pools “terra”, “luna”'],
    ['hide=a,b,c,d,e', 'the hidden pools “a”, “b”, “c” and 2 more'],
    ['colour=red', '“colour”, which the page does not know'],
    ['x=1&y=2', '“x”, “y”, which the page does not know'],
    ['range=90d&range=30d', 'all but the first “range”'],
  ])('default: of %s it is %s', (query, phrase) => {
    expect(ignored(query)).toEqual([phrase])
  })

  test('behavior: everything that is wrong is told together, and what is right is not', () => {
    expect(ignored('range=banana&window=7d&hide=all,lido&x=1')).toEqual([
      'the range “banana”, so it is 1 y',
      'the hidden pool “all”',
      '“x”, which the page does not know',
    ])
  })

  test.each([
    '',
    'range=1y&window=30d&show=yield&as=apy&kind=all&sort=yield',
    'hide=ankr,,lido,staked',
    'range=90d&range=90d',
    // Who passed the link on wants to know of its readers: that is not asked of the page.
    'utm_source=mail&utm_medium=x&fbclid=1&gclid=2&ref=3',
    // These say beside their own fields what is wrong with them.
    'from=nonsense&until=2999-01-01&since=never&amount=all',
  ])('behavior: of %j nothing is told', query => {
    expect(ignored(query)).toEqual([])
  })

  test('behavior: what stands before the # is told where the page knows the word', () => {
    expect(ignored('', 'range=90d&v=3&hide=ankr')).toEqual([
      '“range”, “hide” before the #, where it is not read',
    ])
    expect(ignored('', 'utm_source=mail&v=3')).toEqual([])
  })

  test('behavior: a part of “About the numbers” that there is not is told', () => {
    expect(ignored('', '', '/method/profit')).toEqual(['the part “profit”'])
    expect(ignored('', '', '/method/toString')).toEqual(['the part “toString”'])
    expect(ignored('', '', '/method/yield')).toEqual([])
    expect(ignored('', '', '/method')).toEqual([])
  })

  test('behavior: five hundred hidden pools and a very long word stay a short sentence', () => {
    const many = Array.from({ length: 500 }, (_, index) => `pool-${index}`).join()
    const [phrase = ''] = ignored(`hide=${many}`)
    expect(phrase).toBe('the hidden pools “pool-0”, “pool-1”, “pool-2” and 497 more')
    expect(ignored(`range=${'9'.repeat(100_000)}`).join().length).toBeLessThan(80)
  })

  test('behavior: no link that the page writes itself is told of', () => {
    const view = fc.record({
      range: fc.constantFrom(...RANGES),
      from: fc.string(),
      until: fc.string(),
      window: fc.constantFrom(...WINDOWS),
      shown: fc.constantFrom(...SHOWN),
      measure: fc.constantFrom(...MEASURES),
      kind: fc.constantFrom(...KINDS),
      hidden: fc.uniqueArray(fc.constantFrom(...IDS)),
      sort: fc.constantFrom(...SORTS),
    })
    fc.assert(
      fc.property(view, state => {
        expect(ignored(formatViewState(state).toString())).toEqual([])
      }),
    )
  })
})
