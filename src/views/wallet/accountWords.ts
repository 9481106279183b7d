/** Shorten an address so that it can still be told from others. */
export const shortAddress = (account: string): string => `${account.slice(0, 6)}…${account.slice(-4)}`

/** Name the accounts of a wallet: one by its address, several by their number. */
export const accountsInWords = (accounts: readonly string[]): string =>
  accounts.length === 1 ? accounts.join() : `${accounts.length} addresses`
