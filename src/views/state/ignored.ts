import { quoted } from '../../format/quoted.ts'
import { METHOD_PARTS } from '../method/parts.ts'
import {
  KIND_LABELS,
  KINDS,
  MEASURE_LABELS,
  MEASURES,
  orderOf,
  parseViewState,
  RANGE_LABELS,
  RANGES,
  SHOWN,
  SORTS,
  type ViewState,
  WINDOW_LABELS,
  WINDOWS,
} from './viewState.ts'

/** What a link asks for, as the address has it. */
export type Asked = {
  readonly path: string
  /** The query behind the #, which is the page's own. */
  readonly params: URLSearchParams
  /** The query before the #, which belongs to the host. */
  readonly outer: URLSearchParams
  /** Ids of the pools that there are. */
  readonly pools: readonly string[]
}

type Choice = {
  readonly key: string
  readonly what: string
  readonly options: readonly string[]
  /** What is shown instead. */
  readonly instead: (state: ViewState) => string
}

const SHOWN_WORDS: Readonly<Record<ViewState['shown'], string>> = {
  yield: 'the yield',
  rate: 'the rate',
  growth: 'the growth',
  supply: 'the supply',
  premium: 'the premium',
}

const CHOICES: readonly Choice[] = [
  { key: 'range', what: 'range', options: RANGES, instead: ({ range }) => RANGE_LABELS[range] },
  { key: 'window', what: 'window', options: WINDOWS, instead: ({ window }) => WINDOW_LABELS[window] },
  { key: 'show', what: 'chart of', options: SHOWN, instead: ({ shown }) => SHOWN_WORDS[shown] },
  { key: 'as', what: 'measure', options: MEASURES, instead: ({ measure }) => MEASURE_LABELS[measure] },
  { key: 'kind', what: 'kind of pool', options: KINDS, instead: ({ kind }) => KIND_LABELS[kind] },
  { key: 'sort', what: 'order', options: SORTS, instead: ({ sort }) => `by ${orderOf(sort).key}` },
]

/** Days and amounts say beside their own fields what is wrong with them. */
const OTHERS = ['hide', 'from', 'until', 'since', 'amount']
const KEYS = [...CHOICES.map(({ key }) => key), ...OTHERS]

/** Who passes links on adds these to follow their readers; they ask nothing of the page, and it reads none of them. */
const FOLLOWERS = /^(utm_\w*|mc_\w*|\w*clid|igshid|si|ref)$/i

/** More would bury the rest. */
const MOST_NAMED = 3

/** Name a few of many. */
function named(texts: readonly string[]): string {
  const first = texts.slice(0, MOST_NAMED).map(quoted).join(', ')
  return texts.length > MOST_NAMED ? `${first} and ${texts.length - MOST_NAMED} more` : first
}

function wrongChoices(params: URLSearchParams): string[] {
  const state = parseViewState(params)
  return CHOICES.flatMap(({ key, what, options, instead }) => {
    const text = params.get(key)
    return text === null || options.includes(text)
      ? []
      : [`the ${what} ${quoted(text)}, so it is ${instead(state)}`]
  })
}

function wrongPools(params: URLSearchParams, pools: readonly string[]): string[] {
  const unknown = [...new Set(parseViewState(params).hidden)].filter(id => !pools.includes(id))
  if (unknown.length === 0) return []
  return [`${unknown.length === 1 ? 'the hidden pool' : 'the hidden pools'} ${named(unknown)}`]
}

function wrongKeys(params: URLSearchParams): string[] {
  const keys = [...new Set(params.keys())]
  const unknown = keys.filter(key => !KEYS.includes(key) && !FOLLOWERS.test(key))
  const twice = keys.filter(key => KEYS.includes(key) && new Set(params.getAll(key)).size > 1)
  return [
    ...(unknown.length === 0 ? [] : [`${named(unknown)}, which the page does not know`]),
    ...twice.map(key => `all but the first ${quoted(key)}`),
  ]
}

function wrongPart(path: string): string[] {
  const [, part] = /^\/method\/([^/]+)$/.exec(path) ?? []
  return part === undefined || Object.hasOwn(METHOD_PARTS, part) ? [] : [`the part ${quoted(part)}`]
}

/** Say what of a link the page does not follow, phrase by phrase; nothing where it follows all of it. */
export function ignoredInLink({ path, params, outer, pools }: Asked): readonly string[] {
  const misplaced = KEYS.filter(key => outer.has(key))
  return [
    ...wrongPart(path),
    ...wrongChoices(params),
    ...wrongPools(params, pools),
    ...wrongKeys(params),
    ...(misplaced.length === 0 ? [] : [`${named(misplaced)} before the #, where it is not read`]),
  ]
}
