import { useSyncExternalStore } from 'react'
import {
  forgetAllWallets,
  forgetWallet,
  isSameWallet,
  type Kept,
  loadWallets,
  type RememberedWallet as Remembered,
  rememberWallet,
  watchWallets,
} from '../store/walletBook.ts'

export type RememberedWallet = Remembered

type Book = {
  /** Newest first. */
  readonly wallets: readonly RememberedWallet[]
  /** Why the last wish could not be met. */
  readonly problem: string | undefined
}

const PROBLEMS: Readonly<Record<Kept, string | undefined>> = {
  kept: undefined,
  full: 'The browser’s storage for this page is full, so nothing was changed in it.',
  forbidden: 'This browser keeps nothing for this page, so nothing was changed in it.',
}

let book: Book | undefined
let leave: (() => void) | undefined
const listeners = new Set<() => void>()

function renew(problem?: string): void {
  book = { wallets: loadWallets(), problem }
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    // What was stored while nobody listened is read again.
    book = undefined
    leave = watchWallets(renew)
  }
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) leave?.()
  }
}

function snapshot(): Book {
  book ??= { wallets: loadWallets(), problem: undefined }
  return book
}

/** Get the wallets that this browser remembers at the reader's wish, and how to change that. */
export function useRemembered() {
  const { wallets, problem } = useSyncExternalStore(subscribe, snapshot)
  return {
    wallets,
    problem,
    has: (wallet: RememberedWallet): boolean => wallets.some(other => isSameWallet(wallet, other)),
    remember: (wallet: RememberedWallet): void => renew(PROBLEMS[rememberWallet(wallet)]),
    forget: (wallet: RememberedWallet): void => renew(PROBLEMS[forgetWallet(wallet)]),
    forgetAll: (): void => renew(PROBLEMS[forgetAllWallets()]),
  }
}
