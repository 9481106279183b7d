import type { Address } from 'viem'
import type { Read } from '../pools/read.ts'

/** Reads by what they ask. */
export type ReadSet = {
  /** Give the read that asks the same, which is this one where none was there. */
  readonly add: (read: Read) => Read
  readonly all: () => readonly Read[]
}

/** Collect reads so that each question is asked once, whoever needs its answer. */
export function createReadSet(): ReadSet {
  const reads = new Map<string, Read>()
  return {
    add: read => {
      const key = `${read.address} ${read.callData}`.toLowerCase()
      const first = reads.get(key) ?? read
      reads.set(key, first)
      return first
    },
    all: () => [...reads.values()],
  }
}

/** List accounts in their order, each once: what is listed twice would be counted twice. */
export const eachOnce = (accounts: readonly Address[]): Address[] => {
  const seen = new Map<string, Address>()
  for (const account of accounts) {
    const key = account.toLowerCase()
    if (!seen.has(key)) seen.set(key, account)
  }
  return [...seen.values()]
}
