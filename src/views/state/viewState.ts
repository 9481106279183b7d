import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'wouter'
import type { YieldMeasure } from '../../math/chartSeries.ts'
import { DAY, type Seconds, YEAR } from '../../math/fixedPoint.ts'
import type { Category } from '../../pools/definePool.ts'
import type { SortKey } from '../overview/sortRows.ts'

export const RANGES = ['30d', '90d', '1y', 'all'] as const
export const WINDOWS = ['7d', '30d', '90d', '1y'] as const
export const SHOWN = ['yield', 'rate', 'growth', 'supply', 'premium'] as const
export const MEASURES = ['apy', 'apr'] as const
export const KINDS = ['all', 'protocol', 'exchange', 'institution', 'restaking', 'wrapper'] as const

export const SORT_KEYS = [
  'yield',
  'name',
  'rate',
  'change',
  'supply',
  'share',
  'fee',
  'premium',
  'age',
] as const satisfies readonly SortKey[]

/** By a column's usual direction, the highest first and names from A, or the other way round. */
export const SORTS = SORT_KEYS.flatMap(key => [key, `${key}-reversed`] as const)

export type Sort = (typeof SORTS)[number]
export type Range = (typeof RANGES)[number]
export type Window = (typeof WINDOWS)[number]
export type Shown = (typeof SHOWN)[number]
export type Kind = 'all' | Category

/** What the reader has chosen. All of it is in the URL, so that a link shows the same. */
export type ViewState = {
  readonly range: Range
  /** First and last day of a range of one's own, as written: `customRange` reads them. Empty where there is none. */
  readonly from: string
  readonly until: string
  readonly window: Window
  readonly shown: Shown
  readonly measure: YieldMeasure
  /** Which sort of pool is listed and drawn. */
  readonly kind: Kind
  /** Ids of pools whose line is hidden. */
  readonly hidden: readonly string[]
  /** By which column the table is sorted. */
  readonly sort: Sort
}

const DEFAULTS: ViewState = {
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

const RANGE_SECONDS: Readonly<Record<Range, Seconds | undefined>> = {
  '30d': 30n * DAY,
  '90d': 90n * DAY,
  '1y': YEAR,
  all: undefined,
}

const WINDOW_SECONDS: Readonly<Record<Window, Seconds>> = {
  '7d': 7n * DAY,
  '30d': 30n * DAY,
  '90d': 90n * DAY,
  '1y': YEAR,
}

/** Read the order of the table out of its word in the address. */
export function orderOf(sort: Sort): { readonly key: SortKey; readonly descending: boolean } {
  const key = SORT_KEYS.find(one => sort.split('-', 1)[0] === one) ?? 'yield'
  return { key, descending: (key === 'name') === (sort !== key) }
}

/** Sort by another column its usual way, or by the same one the other way round. */
export const sortBy = (key: SortKey, before: Sort): Sort => (before === key ? `${key}-reversed` : key)

export const rangeSeconds = (range: Range): Seconds | undefined => RANGE_SECONDS[range]
export const windowSeconds = (window: Window): Seconds => WINDOW_SECONDS[window]

export const RANGE_LABELS: Readonly<Record<Range, string>> = {
  '30d': '30 d',
  '90d': '90 d',
  '1y': '1 y',
  all: 'All',
}
export const WINDOW_LABELS: Readonly<Record<Window, string>> = {
  '7d': '7 d',
  '30d': '30 d',
  '90d': '90 d',
  '1y': '1 y',
}
export const WINDOW_WORDS: Readonly<Record<Window, string>> = {
  '7d': '7 days',
  '30d': '30 days',
  '90d': '90 days',
  '1y': 'year',
}
export const KIND_LABELS: Readonly<Record<Kind, string>> = {
  all: 'All',
  protocol: 'Protocols',
  exchange: 'Exchanges',
  institution: 'Institutions',
  restaking: 'Restaking',
  wrapper: 'Two tokens',
}
export const MEASURE_LABELS: Readonly<Record<YieldMeasure, string>> = { apy: 'APY', apr: 'APR' }

function choice<Option extends string>(
  options: readonly Option[],
  text: string | null,
  otherwise: Option,
): Option {
  return options.find(option => option === text) ?? otherwise
}

/** Read the view state out of a query; what is unknown there falls back to the default. */
export function parseViewState(params: URLSearchParams): ViewState {
  return {
    range: choice(RANGES, params.get('range'), DEFAULTS.range),
    from: params.get('from') ?? '',
    until: params.get('until') ?? '',
    window: choice(WINDOWS, params.get('window'), DEFAULTS.window),
    shown: choice(SHOWN, params.get('show'), DEFAULTS.shown),
    measure: choice(MEASURES, params.get('as'), DEFAULTS.measure),
    kind: choice(KINDS, params.get('kind'), DEFAULTS.kind),
    hidden:
      params
        .get('hide')
        ?.split(',')
        .filter(id => id !== '') ?? [],
    sort: choice(SORTS, params.get('sort'), DEFAULTS.sort),
  }
}

/**
 * Write a view state into a query; defaults are left out, so that the plain URL stays plain.
 * @param others a query whose other entries stay
 */
export function formatViewState(state: ViewState, others?: URLSearchParams): URLSearchParams {
  const entries: readonly (readonly [string, string, string])[] = [
    ['range', state.range, DEFAULTS.range],
    ['from', state.from, ''],
    ['until', state.until, ''],
    ['window', state.window, DEFAULTS.window],
    ['show', state.shown, DEFAULTS.shown],
    ['as', state.measure, DEFAULTS.measure],
    ['kind', state.kind, DEFAULTS.kind],
    ['hide', state.hidden.join(','), ''],
    ['sort', state.sort, DEFAULTS.sort],
  ]
  const params = new URLSearchParams(others)
  for (const [key, value, usual] of entries) {
    if (value === usual) params.delete(key)
    else params.set(key, value)
  }
  return params
}

/** Get the view state and change parts of it. */
export function useViewState(): readonly [ViewState, (change: Partial<ViewState>) => void] {
  const [params, setParams] = useSearchParams()
  const state = useMemo(() => parseViewState(params), [params])
  const change = useCallback(
    (part: Partial<ViewState>) =>
      setParams(current => formatViewState({ ...parseViewState(current), ...part }, current), {
        replace: true,
      }),
    [setParams],
  )
  return [state, change]
}
