import { MOST_ENTRIES } from '../pools/account.ts'

/** A wallet that the reader asked to be remembered: its entries as typed, addresses and names. */
export type RememberedWallet = readonly string[]

/** What became of a wish to remember or forget: kept, or why the browser did not. */
export type Kept = 'kept' | 'full' | 'forbidden'

export const WALLETS_KEY = 'poolglass:wallets'
const VERSION = 1
/** The newest stay. */
const MOST_WALLETS = 12

/** As much as can be told without a hash function; whoever opens one checks it. */
const isEntry = (value: unknown): value is string =>
  typeof value === 'string' &&
  value.length <= 255 &&
  (/^0x[0-9a-f]{40}$/i.test(value) || /^[^\s,;]+\.[^\s,;]+$/.test(value))

const isWallet = (value: unknown): value is RememberedWallet =>
  Array.isArray(value) && value.length > 0 && value.length <= MOST_ENTRIES && value.every(isEntry)

const identityOf = (wallet: RememberedWallet): string =>
  wallet
    .map(entry => entry.toLowerCase())
    .sort()
    .join()

/** Whether two wallets have the same entries, in whatever order and case. */
export const isSameWallet = (one: RememberedWallet, other: RememberedWallet): boolean =>
  identityOf(one) === identityOf(other)

/** Read the remembered wallets, newest first; what this version did not write is passed over. */
export function loadWallets(): readonly RememberedWallet[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(WALLETS_KEY) ?? 'null')
    const { version, wallets } = (stored ?? {}) as Record<string, unknown>
    if (version !== VERSION || !Array.isArray(wallets)) return []
    return wallets.filter(isWallet).slice(0, MOST_WALLETS)
  } catch {
    // Storage is forbidden, or holds what somebody else put there: nothing is remembered.
    return []
  }
}

function save(wallets: readonly RememberedWallet[]): Kept {
  try {
    // Nothing to remember leaves no trace.
    if (wallets.length === 0) localStorage.removeItem(WALLETS_KEY)
    else localStorage.setItem(WALLETS_KEY, JSON.stringify({ version: VERSION, wallets }))
    return 'kept'
  } catch (error) {
    return error instanceof DOMException && error.name === 'QuotaExceededError' ? 'full' : 'forbidden'
  }
}

/** Remember a wallet in this browser, as the newest; those beyond a dozen are forgotten. */
export const rememberWallet = (wallet: RememberedWallet): Kept =>
  save([[...wallet], ...loadWallets().filter(other => !isSameWallet(wallet, other))].slice(0, MOST_WALLETS))

/** Forget one wallet. */
export const forgetWallet = (wallet: RememberedWallet): Kept =>
  save(loadWallets().filter(other => !isSameWallet(wallet, other)))

/** Forget all wallets, also what another version wrote. */
export const forgetAllWallets = (): Kept => save([])

/** Be told when another page of this site remembers or forgets. @returns the way out */
export function watchWallets(listener: () => void): () => void {
  const hear = ({ key }: StorageEvent): void => {
    if (key === WALLETS_KEY || key === null) listener()
  }
  addEventListener('storage', hear)
  return () => removeEventListener('storage', hear)
}
