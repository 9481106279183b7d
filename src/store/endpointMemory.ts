import type { EndpointMemory, Learned } from '../math/endpointMemory.ts'

const KEY = 'poolglass:learned'
/** Milliseconds. Limits of public endpoints move from month to month; a few days are safe. */
const LASTING = 3 * 86_400_000

type Kept = {
  readonly at: number
  readonly spacing?: number
  readonly span?: string
  readonly isStated?: boolean
}

function isKept(value: unknown): value is Kept {
  const { at, spacing, span, isStated } = (value ?? {}) as Record<string, unknown>
  return (
    typeof at === 'number' &&
    (spacing === undefined || typeof spacing === 'number') &&
    (span === undefined || (typeof span === 'string' && /^[1-9]\d{0,9}$/.test(span))) &&
    (isStated === undefined || typeof isStated === 'boolean')
  )
}

function load(): Record<string, Kept> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    const entries = typeof stored === 'object' && stored !== null ? Object.entries(stored) : []
    const fresh = Date.now() - LASTING
    return Object.fromEntries(
      entries.filter((entry): entry is [string, Kept] => isKept(entry[1]) && entry[1].at > fresh),
    )
  } catch {
    // Storage is forbidden, or holds what somebody else put there: limits are learned again.
    return {}
  }
}

function learnedOf({ spacing, span, isStated }: Kept): Learned {
  return {
    ...(spacing === undefined ? {} : { spacing }),
    ...(span === undefined ? {} : { span: BigInt(span) }),
    ...(isStated === undefined ? {} : { isStated }),
  }
}

/** Remember what was learned of endpoints for three days, in this browser; where it keeps nothing, for this visit. */
export function createEndpointMemory(): EndpointMemory {
  const kept = load()
  return {
    recall: url => {
      const known = kept[url]
      return known === undefined ? {} : learnedOf(known)
    },
    remember: (url, { span, ...learned }) => {
      const before = kept[url]
      kept[url] = {
        ...before,
        ...learned,
        ...(span === undefined ? {} : { span: span.toString() }),
        at: Date.now(),
      }
      try {
        localStorage.setItem(KEY, JSON.stringify(kept))
      } catch {
        // Storage is forbidden or full: it is remembered for as long as the page is open.
      }
    },
  }
}
