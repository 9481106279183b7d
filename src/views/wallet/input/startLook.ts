import { formatWallet, InvalidWallet, parseWallet } from '../../../pools/account.ts'
import { keepLook } from '../../state/walletMemory.ts'

/** What pasting came to: a look to go to, which names no address, or why there is none. */
export type Start = { readonly state: { readonly look: string } } | { readonly problem: string }

/** Check what was pasted, and keep it in memory to be looked at under `#/wallet`. */
export function startLook(text: string): Start {
  try {
    return { state: keepLook(formatWallet(parseWallet(text))) }
  } catch (error) {
    if (error instanceof InvalidWallet) return { problem: error.message }
    throw error
  }
}
