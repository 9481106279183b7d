import type { Address } from 'viem'

/**
 * Split addresses into groups that an endpoint takes at once.
 * @param most undefined where it takes all of them
 */
export function addressGroups(addresses: readonly Address[], most: bigint | undefined): Address[][] {
  const groups: Address[][] = []
  for (const address of addresses) {
    const last = groups.at(-1)
    if (last === undefined || (most !== undefined && BigInt(last.length) >= most)) groups.push([address])
    else last.push(address)
  }
  return groups
}
