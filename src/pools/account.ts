import type { Address } from 'viem'
import { getAddress, isAddress } from 'viem/utils'

/** What was typed is not an address; the message says how to mend it. */
export class InvalidAddress extends Error {
  override readonly name = 'InvalidAddress'
}

/**
 * Read an account address as a person may paste it: any case, spaces around it.
 * @throws InvalidAddress with the reason: not 0x, wrong length, not hexadecimal, or a mixed-case checksum that is wrong
 */
export function parseAddress(text: string): Address {
  const typed = text.trim()
  if (/\.[a-z]+$/i.test(typed))
    throw new InvalidAddress(
      `“${typed}” is a name. Names are not looked up yet: paste the address that starts with 0x.`,
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
