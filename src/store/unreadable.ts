import { ENDPOINT_FIELDS, endpointsKey, loadEndpointSettings } from './endpointSettings.ts'
import { loadTheme, THEME_KEY } from './theme.ts'
import { loadWallets, WALLETS_KEY } from './walletBook.ts'

/** A part of a stored choice of endpoints. */
type EndpointField = (typeof ENDPOINT_FIELDS)[number]

/** Why the page may be other than its reader left it. */
export type Unreadable =
  /** The browser keeps nothing for this page, or has no room left. */
  | { readonly kind: 'forbidden' | 'full' }
  /** Stored by another version, cut short, or by somebody else. */
  | { readonly kind: 'theme' | 'endpoints' | 'wallets' }
  | { readonly kind: 'fields'; readonly fields: readonly EndpointField[] }

const PROBE = 'poolglass:probe'
const TOLD = 'poolglass:told'

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function endpointProblems(chain: string): Unreadable[] {
  const text = localStorage.getItem(endpointsKey(chain))
  if (text === null) return []
  const stored = parsed(text)
  if (!isRecord(stored)) return [{ kind: 'endpoints' }]
  const loaded = loadEndpointSettings(chain)
  // What was read differs from what is stored: something was left out.
  const fields = ENDPOINT_FIELDS.filter(
    field => stored[field] !== undefined && JSON.stringify(stored[field]) !== JSON.stringify(loaded[field]),
  )
  return fields.length === 0 ? [] : [{ kind: 'fields', fields }]
}

function walletProblems(): Unreadable[] {
  const text = localStorage.getItem(WALLETS_KEY)
  if (text === null) return []
  const stored = parsed(text)
  const isWhole =
    isRecord(stored) && Array.isArray(stored['wallets']) && stored['wallets'].length === loadWallets().length
  return isWhole ? [] : [{ kind: 'wallets' }]
}

function themeProblems(): Unreadable[] {
  const text = localStorage.getItem(THEME_KEY)
  return text === null || text === loadTheme() ? [] : [{ kind: 'theme' }]
}

const isFull = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'QuotaExceededError'

function roomProblems(): Unreadable[] {
  try {
    localStorage.setItem(PROBE, '1')
    localStorage.removeItem(PROBE)
    return []
  } catch (error) {
    return [{ kind: isFull(error) ? 'full' : 'forbidden' }]
  }
}

const signatureOf = (problems: readonly Unreadable[]): string => JSON.stringify(problems)

/** Find what this browser keeps for the page and cannot be read, unless the reader was told of just that. */
export function findUnreadable(chain: string): readonly Unreadable[] {
  try {
    const stored = [...themeProblems(), ...endpointProblems(chain), ...walletProblems()]
    const isTold = localStorage.getItem(TOLD) === signatureOf(stored)
    return [...(isTold ? [] : stored), ...roomProblems()]
  } catch {
    // The mere access throws where storage is forbidden.
    return [{ kind: 'forbidden' }]
  }
}

/**
 * Remember that the reader was told. What cannot be read stays where it is: another version may be able to.
 * @returns whether the browser kept it
 */
export function markTold(problems: readonly Unreadable[]): boolean {
  const stored = problems.filter(({ kind }) => kind !== 'forbidden' && kind !== 'full')
  try {
    if (stored.length > 0) localStorage.setItem(TOLD, signatureOf(stored))
    return true
  } catch {
    // It is told again at the next visit.
    return false
  }
}
