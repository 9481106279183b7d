import type { Sample } from '../math/sample.ts'
import { poolKey, type TokenPool } from '../pools/definePool.ts'
import type { ChainClient } from './client.ts'
import { disputeInWords } from './readAgreement.ts'
import { askSecondOpinion, type Verdict } from './secondOpinion.ts'

/** What an operator's samples are worth. */
export type Worth = {
  /** Whether another operator gave the same, or it is the reader's own node: only then they are kept for ever. */
  readonly isConfirmed: boolean
  /** Whether two others contradict it: its samples are to be read again. */
  readonly isRefuted: boolean
  /** Why pools are not shown, by pool key: operators differ about them. */
  readonly disputed: ReadonlyMap<string, string>
}

export type Witness = {
  /** Say what an operator's samples are worth, by having others read one of them too. */
  readonly worthOf: (sample: Sample, signal: AbortSignal | undefined) => Promise<Worth>
  /** Whether there is anybody else to ask. */
  readonly hasOthers: boolean
}

const NONE: ReadonlyMap<string, string> = new Map()
const CONFIRMED: Worth = { isConfirmed: true, isRefuted: false, disputed: NONE }
const ALONE: Worth = { isConfirmed: false, isRefuted: false, disputed: NONE }
const REFUTED: Worth = { isConfirmed: false, isRefuted: true, disputed: NONE }

/** What a verdict about one sample says about each operator that had a part in it. */
function worthsBy(verdict: Verdict, sample: Sample, isOwn: boolean): Map<string, Worth> {
  const { operator } = sample
  switch (verdict.kind) {
    case 'agreed':
      return new Map(verdict.operators.map(name => [name, CONFIRMED]))
    case 'refuted':
      return new Map([...verdict.operators.map(name => [name, CONFIRMED] as const), [operator, REFUTED]])
    case 'alone':
      return new Map([[operator, isOwn ? CONFIRMED : ALONE]])
    case 'disputed': {
      const disputed = new Map(
        verdict.disputes.map(({ poolKey, claims }) => [poolKey, disputeInWords(claims, sample)]),
      )
      return new Map(verdict.operators.map(name => [name, { ...ALONE, disputed }]))
    }
  }
}

/**
 * Have every operator's samples witnessed once in a reading: the first of each is asked of another operator too.
 * Agreement confirms both, so that n operators cost n − 1 calls.
 */
export function createWitness(client: ChainClient, pools: readonly TokenPool[]): Witness {
  const known = new Map<string, Worth>()
  const operators = new Set(client.endpoints.map(({ operator }) => operator))
  const own = new Set(
    client.endpoints.filter(({ privacy }) => privacy === 'own').map(({ operator }) => operator),
  )
  const hasOthers = operators.size > 1
  let turn: Promise<unknown> = Promise.resolve()

  async function examine(sample: Sample, signal: AbortSignal | undefined): Promise<Worth> {
    const settled = known.get(sample.operator)
    if (settled !== undefined) return settled
    const concerned = pools.filter(pool => sample.readings[poolKey(pool)] !== undefined)
    const request = { pools: concerned, role: 'archive', signal } as const
    const verdict = await askSecondOpinion(client, sample, request)
    for (const [name, worth] of worthsBy(verdict, sample, own.has(sample.operator))) known.set(name, worth)
    return known.get(sample.operator) ?? ALONE
  }

  return {
    hasOthers,
    worthOf: (sample, signal) => {
      const { operator } = sample
      const settled = hasOthers ? known.get(operator) : own.has(operator) ? CONFIRMED : ALONE
      if (settled !== undefined) return Promise.resolve(settled)
      // One after the other: the one before may have settled this one too.
      const mine = turn.then(() => examine(sample, signal))
      turn = mine.catch(() => undefined)
      return mine
    },
  }
}
