import type { Address } from 'viem'
import { getAddress, isAddress } from 'viem/utils'

/** What was typed is not an address; the message says how to mend it. */
export class InvalidAddress extends Error {
  override readonly name = 'InvalidAddress'
}

/** One thing that was typed and is neither an address nor a name. */
export type EntryProblem = {
  /** Counted from 1, in the order typed. */
  readonly position: number
  readonly text: string
  readonly message: string
}

/** Some of what was typed is neither an address nor a name; the message names each and says how to mend it. */
export class InvalidWallet extends Error {
  override readonly name = 'InvalidWallet'
  /** Empty where the list as a whole is the problem. */
  readonly problems: readonly EntryProblem[]
  constructor(message: string, problems: readonly EntryProblem[] = []) {
    super(message)
    this.problems = problems
  }
}

/** One account of a wallet, as it was typed: an address, or a name that is still to be resolved. */
export type Entry =
  | { readonly text: string; readonly address: Address }
  | { readonly text: string; readonly name: string }

/** More accounts than anybody holds by hand; each is read from one public endpoint. */
export const MOST_ENTRIES = 20

/**
 * A dot makes a name; a link or a mail address is none. What begins with 0x is an address with a dot too many unless it
 * ends in letters as 0xname.eth does.
 */
const isName = (typed: string): boolean =>
  /[^.]\.+[^.]/.test(typed) && !/[/:@?#\\]/.test(typed) && !/^0x(?!.*\.[a-z]{2,}$)/i.test(typed)

/**
 * Read an account address as a person may paste it: any case, spaces around it.
 * @throws InvalidAddress with the reason: not 0x, wrong length, not hexadecimal, or a mixed-case checksum that is wrong
 */
export function parseAddress(text: string): Address {
  const typed = text.trim()
  if (isName(typed))
    throw new InvalidAddress(
      `“${printable(typed)}” is a name, and only addresses are taken here: paste the one that starts with 0x.`,
    )
  if (!/^0x/i.test(typed))
    throw new InvalidAddress(
      'An Ethereum address starts with 0x and has 40 hexadecimal digits after it. Paste it whole.',
    )
  const digits = typed.slice(2)
  if (!/^[0-9a-f]*$/i.test(digits))
    throw new InvalidAddress(
      'An address holds only the digits 0 to 9 and the letters a to f after 0x. Copy it again.',
    )
  if (digits.length !== 40)
    throw new InvalidAddress(
      `An address has 40 digits after 0x; this one has ${digits.length}. Copy it again, whole.`,
    )
  const isOneCase = digits === digits.toLowerCase() || digits === digits.toUpperCase()
  const address = isOneCase ? `0x${digits.toLowerCase()}` : `0x${digits}`
  if (!isAddress(address))
    throw new InvalidAddress(
      'The capital and small letters of this address do not match its checksum, so a digit may be wrong. Copy it again from its source.',
    )
  return getAddress(address)
}

/** Cut a text into what may be one address or name each. A field of one line may have dropped the line ends. */
const piecesOf = (text: string): string[] =>
  text
    .replaceAll(/(0x[0-9a-f]{40})(?=0x)/gi, '$1 ')
    .split(/[\s,;]+/)
    .filter(piece => piece !== '')

const identityOf = (entry: Entry): string => ('address' in entry ? entry.address : entry.name.toLowerCase())

/** Keep the first of those that are the same. */
function distinct(entries: readonly Entry[]): Entry[] {
  const first = new Map<string, Entry>()
  for (const entry of entries) if (!first.has(identityOf(entry))) first.set(identityOf(entry), entry)
  return [...first.values()]
}

/** Show signs that cannot be seen by their code: one that turns the writing round would turn the sentence too. */
export const printable = (text: string): string =>
  text.replaceAll(/\p{C}/gu, sign => `{${sign.codePointAt(0)?.toString(16).toUpperCase()}}`)

/** Shorten what was typed, so that a sentence about it stays one. */
const quoted = (text: string): string => printable(`“${text.length > 46 ? `${text.slice(0, 44)}…` : text}”`)

/** A pasted page of prose is one mistake, not hundreds. */
const MOST_TOLD = 3

function refusalOf(problems: readonly EntryProblem[], count: number): InvalidWallet {
  const told = problems
    .slice(0, MOST_TOLD)
    .map(({ position, text, message }) =>
      count === 1 ? message : `Entry ${position} of ${count}, ${quoted(text)}: ${message}`,
    )
  const rest = problems.length - told.length
  const more = rest === 0 ? [] : [`${rest} more ${rest === 1 ? 'is' : 'are'} no address either.`]
  return new InvalidWallet([...told, ...more].join(' '), problems)
}

/**
 * Read the accounts of a wallet as a person may paste them: addresses in any case and names, separated by spaces,
 * commas, semicolons or lines; what is there twice counts once. Whether a name is one is for its resolution to say.
 * @throws InvalidWallet for an empty text, more than MOST_ENTRIES, or entries that are neither address nor name
 */
export function parseWallet(text: string): readonly Entry[] {
  const pieces = piecesOf(text)
  if (pieces.length === 0)
    throw new InvalidWallet('Paste an address that starts with 0x, or a name such as name.eth.')
  const entries: Entry[] = []
  const problems: EntryProblem[] = []
  for (const [index, piece] of pieces.entries()) {
    try {
      entries.push(
        isName(piece) ? { text: piece, name: piece } : { text: piece, address: parseAddress(piece) },
      )
    } catch (error) {
      if (!(error instanceof InvalidAddress)) throw error
      problems.push({ position: index + 1, text: piece, message: error.message })
    }
  }
  if (problems.length > 0) throw refusalOf(problems, pieces.length)
  const once = distinct(entries)
  if (once.length > MOST_ENTRIES)
    throw new InvalidWallet(
      `At most ${MOST_ENTRIES} addresses are read together; these are ${once.length}. Leave some out.`,
    )
  return once
}

/** Write entries as they stand in a link or a field: addresses with their checksum, names as typed. */
export const formatWallet = (entries: readonly Entry[]): string =>
  entries.map(entry => ('address' in entry ? entry.address : entry.name)).join(',')
