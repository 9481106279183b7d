import type { ReportProgress } from '../../chain/readReports.ts'
import type { Contradiction } from '../../math/evidence.ts'
import { fixed } from './figures.ts'

/** Blocks, both included, in which a pool's events tell another rate than its contract, whose answer is used. */
type ContradictionReport = {
  readonly fromBlock: string
  readonly toBlock: string
  readonly toldWad: string
  readonly sampledWad: string
}

/** Blocks, both included, of which operators tell different events, or one found none and nobody else could be asked. */
type DoubtReport = {
  readonly fromBlock: string
  readonly toBlock: string
  readonly isDisputed: boolean
  readonly why: string
}

/** An event of a pool's contract that cannot be what it says; it is not used. */
type MalformedReport = {
  readonly pool: string
  readonly block: string
  readonly contract: string
  readonly transaction: string
  readonly why: string
}

/** What is not as sure as the rest of what was read of reports. All is null where none were asked for. */
export type Findings = {
  readonly doubts: readonly DoubtReport[] | null
  readonly malformedReports: readonly MalformedReport[] | null
  /** Blocks that reports name as measured and whose time nobody gave. */
  readonly timesMissing: string | null
}

/** What a reading of reports says of its own sureness. */
export type ReportsInDoubt = Pick<ReportProgress, 'doubts' | 'malformed' | 'timesMissing'>

/** Report what is in doubt of reports; all is null where none were read. */
export function findingsOf(reports: ReportsInDoubt | undefined): Findings {
  if (reports === undefined) return { doubts: null, malformedReports: null, timesMissing: null }
  const { doubts, malformed, timesMissing } = reports
  return {
    doubts: doubts.map(({ from, to, isDisputed = false, why }) => ({
      fromBlock: from.toString(),
      toBlock: to.toString(),
      isDisputed,
      why,
    })),
    malformedReports: malformed.map(({ poolId, log, why }) => ({
      pool: poolId,
      block: log.block.toString(),
      contract: log.address,
      transaction: log.transaction,
      why,
    })),
    timesMissing: timesMissing.toString(),
  }
}

/** Report where a pool's events tell another rate than its contract does. */
export const contradictionReport = ({ from, to, told, sampled }: Contradiction): ContradictionReport => ({
  fromBlock: from.toString(),
  toBlock: to.toString(),
  toldWad: told.toString(),
  sampledWad: sampled.toString(),
})

/** What a pool's contradictions are told with; null where no reports were read. */
export type Contradicted = {
  readonly name: string
  readonly contradictions: readonly ContradictionReport[] | null
}

const count = (number: bigint, one: string, many: string): string =>
  number === 1n ? `1 ${one}` : `${fixed(number, 0, 0)} ${many}`

function contradictionWords({ name, contradictions }: Contradicted): string[] {
  const last = contradictions?.at(-1)
  if (last === undefined || contradictions === null) return []
  const times = count(BigInt(contradictions.length), 'time', 'times')
  return [
    `${name}: events tell another rate than its contract does ${times}, last in blocks ${last.fromBlock} to ${last.toBlock}. The contract’s answers are used there.`,
  ]
}

function doubtWords(doubts: readonly DoubtReport[]): string[] {
  const disputed = doubts.filter(({ isDisputed }) => isDisputed)
  const blocks = doubts.reduce(
    (sum, { fromBlock, toBlock, isDisputed }) =>
      isDisputed ? sum : sum + BigInt(toBlock) - BigInt(fromBlock) + 1n,
    0n,
  )
  return [
    ...disputed.map(({ why }) => `${why.replace(/\.$/, '')}, so samples are used there.`),
    ...(blocks === 0n
      ? []
      : [
          `${count(blocks, 'block was', 'blocks were')} found empty by one operator only, and no other could be asked.`,
        ]),
  ]
}

/** Say what is in doubt of the reports, a sentence each; nothing where all is sure. */
export function findingsInWords(
  { doubts, malformedReports, timesMissing }: Findings,
  pools: readonly Contradicted[],
): string[] {
  const malformed = (malformedReports ?? []).map(
    ({ pool, block, why }) => `An event of ${pool} in block ${block} is left out: ${why}`,
  )
  const missing = BigInt(timesMissing ?? 0n)
  return [
    ...pools.flatMap(contradictionWords),
    ...doubtWords(doubts ?? []),
    ...malformed,
    ...(missing === 0n
      ? []
      : [
          `Nobody gave the time of ${count(missing, 'block that a report names', 'blocks that reports name')} as measured.`,
        ]),
  ]
}
