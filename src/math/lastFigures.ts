import type { BlockNumber, Seconds } from './fixedPoint.ts'

/** What a contract answered, and to what: bytes as text, so that they are judged anew when they are recalled. */
type KeptAnswer = {
  readonly address: string
  readonly callData: string
  readonly success: boolean
  readonly returnData: string
}

/** The newest reading of a visit, kept for the next one that has no network. */
export type LastFigures = {
  readonly block: BlockNumber
  readonly time: Seconds
  readonly chainId: bigint
  readonly operator: string
  /** The endpoint of that operator which answered. */
  readonly url: string
  readonly answers: readonly KeptAnswer[]
  /** Why a pool's figures were not to be relied on, by pool key: operators differed about them. */
  readonly doubts: Readonly<Record<string, string>>
  /** Names the chain in the other archives; undefined where none of them keeps anything of it. */
  readonly identity: string | undefined
}

/** Where the last figures are kept, one reading for each chain. Implemented in `store/`. */
export type LastFiguresArchive = {
  readonly load: (chain: string) => Promise<LastFigures | undefined>
  readonly keep: (chain: string, figures: LastFigures) => Promise<void>
}

const isText = (value: unknown): value is string => typeof value === 'string'

const isAnswer = (value: unknown): value is KeptAnswer => {
  const { address, callData, success, returnData } = (value ?? {}) as Record<string, unknown>
  return typeof success === 'boolean' && [address, callData, returnData].every(isText)
}

/** Whether a record is a reading as it is kept: another version's, or one cut short, counts as none. */
export function isLastFigures(value: unknown): value is LastFigures {
  const record = (value ?? {}) as Record<string, unknown>
  const { block, time, chainId, operator, url, answers, doubts, identity } = record
  if (![block, time, chainId].every(figure => typeof figure === 'bigint' && figure > 0n)) return false
  if (![operator, url].every(isText) || !(identity === undefined || isText(identity))) return false
  if (typeof doubts !== 'object' || doubts === null || !Object.values(doubts).every(isText)) return false
  return Array.isArray(answers) && answers.length > 0 && answers.every(isAnswer)
}
