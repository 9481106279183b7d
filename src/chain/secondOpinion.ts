import type { Hex } from 'viem'
import { type Dispute, differingPools, disputesAmong, outvotedOperators } from '../math/compareSamples.ts'
import type { Sample } from '../math/sample.ts'
import { marketReads, poolKey, type TokenPool } from '../pools/definePool.ts'
import { readParentHash } from '../pools/infrastructure.ts'
import { type BlockReading, outcomesBy } from './blockReading.ts'
import type { ChainClient } from './client.ts'
import type { Role } from './endpoints.ts'
import { ChainError, Disagreement, UnexpectedReply } from './errors.ts'
import { readCalls } from './readCalls.ts'
import { poolsThere, sampleOf, snapshotOf, snapshotReads } from './readSnapshot.ts'

/** What others say of an operator's sample. `operators` are those who say what is right, or those who differ. */
export type Verdict =
  /** They say the same. Whoever said otherwise was outvoted and is not asked any more. */
  | { readonly kind: 'agreed'; readonly operators: readonly string[] }
  /** Two others agree on something else, `sample`: the operator is not asked any more. */
  | { readonly kind: 'refuted'; readonly operators: readonly string[]; readonly sample: Sample }
  /** They differ, and nobody can say who is right. */
  | {
      readonly kind: 'disputed'
      readonly operators: readonly string[]
      readonly disputes: readonly Dispute[]
    }
  /** Nobody else could answer. */
  | { readonly kind: 'alone'; readonly why: ChainError }

export type OpinionRequest = {
  readonly pools: readonly TokenPool[]
  readonly role: Role
  /** Hash of the block before, where it is known: with number and time it names the block. */
  readonly parentHash?: Hex | undefined
  /** Whether to do without those that failed a moment ago: for many questions in a row. */
  readonly isHasty?: boolean | undefined
  readonly signal?: AbortSignal | undefined
}

function checkParent(reading: BlockReading, expected: Hex): void {
  if (outcomesBy(reading)(readParentHash).returnData === expected) return
  throw new UnexpectedReply(
    `has another block ${reading.block} than an operator before it: one of the two is out of step with the chain`,
    { operator: reading.operator },
  )
}

/** A second opinion is worth no more. */
const NO_LONG_WAIT = { rounds: 1, limit: 5_000 } as const

/** Ask somebody who has not answered yet. */
async function askAnother(
  client: ChainClient,
  { block, operator }: Sample,
  { pools, role, parentHash, signal, isHasty }: OpinionRequest,
  answered: readonly string[],
): Promise<Sample | ChainError> {
  const reads = snapshotReads(poolsThere(client, pools, block))
  const more = parentHash === undefined ? [] : [readParentHash]
  try {
    const options = {
      block,
      role,
      signal,
      ...NO_LONG_WAIT,
      skipsResting: isHasty,
      except: [operator, ...answered],
      dispensable: pools.flatMap(marketReads),
    }
    const reading = await readCalls(client, [...reads, ...more], options)
    if (parentHash !== undefined) checkParent(reading, parentHash)
    return sampleOf(snapshotOf(reading, pools))
  } catch (error) {
    if (error instanceof ChainError) return error
    throw error
  }
}

/** Put those aside whom two others contradict. @returns their names; undefined where no two agree */
function settle(
  client: ChainClient,
  pools: readonly TokenPool[],
  samples: readonly Sample[],
): readonly string[] | undefined {
  const losers = outvotedOperators(samples)
  const disputes = disputesAmong(samples)
  const named = pools.filter(pool => disputes.some(dispute => dispute.poolKey === poolKey(pool)))
  const what = `${named.map(({ name }) => name).join(', ')} at block ${samples[0]?.block}`
  for (const operator of losers ?? [])
    client.setAside(
      operator,
      new Disagreement(
        `gave other figures than two other operators (${what}); it is not asked again in this visit`,
        {
          operator,
          answers: disputes.flatMap(({ claims }) =>
            claims.map(claim => ({
              operator: claim.operator,
              value: claim.reading.state === 'known' ? claim.reading.rate.toString() : claim.reading.state,
            })),
          ),
        },
      ),
    )
  return losers
}

/**
 * Hold an operator's sample against those of others of the same block: one other where they agree, a third where they
 * do not. Agreement is counted in operators; two that say the same untruth are not seen through.
 * @throws the reason of an abort; that nobody else can answer is a verdict
 */
export async function askSecondOpinion(
  client: ChainClient,
  first: Sample,
  request: OpinionRequest,
): Promise<Verdict> {
  const second = await askAnother(client, first, request, [])
  if (second instanceof ChainError) return { kind: 'alone', why: second }
  const two = [first.operator, second.operator]
  if (differingPools(first, second).length === 0) return { kind: 'agreed', operators: two }
  const third = await askAnother(client, first, request, [second.operator])
  const samples = third instanceof ChainError ? [first, second] : [first, second, third]
  const losers = settle(client, request.pools, samples)
  const names = samples.map(({ operator }) => operator)
  if (losers === undefined) return { kind: 'disputed', operators: names, disputes: disputesAmong(samples) }
  const operators = names.filter(name => !losers.includes(name))
  return losers.includes(first.operator)
    ? { kind: 'refuted', operators, sample: second }
    : { kind: 'agreed', operators }
}
