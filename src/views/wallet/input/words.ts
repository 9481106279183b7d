import type { Entry } from '../../../pools/account.ts'

/** An entry as it is remembered, linked and told: the address, or the name as typed. */
export const textOf = (entry: Entry): string => ('address' in entry ? entry.address : entry.name)

/** Shorten an address where another place has it whole; a name stays. */
export const shortOf = (entry: string): string =>
  /^0x[0-9a-f]{40}$/i.test(entry) ? `${entry.slice(0, 6)}…${entry.slice(-4)}` : entry

/** List things in a sentence: `one`, `one and two`, `one, two and three`. */
export const listed = (things: readonly string[]): string =>
  things.length < 2 ? things.join('') : `${things.slice(0, -1).join(', ')} and ${things.at(-1)}`
