import { bracketOfBlock } from '../math/blockClock.ts'
import { type Slots, slotsOf, timeBounds } from '../math/blockTime.ts'
import type { BlockNumber, Seconds } from '../math/fixedPoint.ts'
import type { BlockTimeArchive, Report } from '../math/report.ts'
import type { Sample } from '../math/sample.ts'
import type { Whom } from './blockReading.ts'
import { type ChainClient, isMainnetOnly, LOCAL_ID, MAINNET_ID } from './client.ts'
import { ChainError } from './errors.ts'
import { type Header, readHeader } from './readHeader.ts'
import { leash } from './signals.ts'

export type TimesRequest = {
  /** Ascending; their times are known already, and bound those of the blocks between them. */
  readonly samples: readonly Sample[]
  readonly finalized: BlockNumber
  /** Names the chain in the archive; undefined to keep nothing. */
  readonly identity: string | undefined
  readonly signal?: AbortSignal | undefined
}

/** The times of the blocks that oracles measured, as far as they are known. */
export type ReferenceTimes = {
  readonly known: () => ReadonlyMap<BlockNumber, Seconds>
  readonly missing: () => number
  /** Take note of reports, and of what samples and the archive know of their blocks. */
  readonly enter: (reports: Iterable<Report>) => Promise<void>
  /** Read the headers that are missing; yields after each. One that cannot be had leaves its block missing. */
  readonly read: () => AsyncGenerator<void, void>
}

/** Headers under way at a time. */
const WORKERS = 4
/** So many failures with no success between them, and the other headers are not asked for either. */
const MOST_FAILURES = 8
/** Times through the endpoints for a header: hundreds may be wanted, and none is worth a long wait. */
const ROUNDS = 2
/** Operators that are asked where one's answer is not possible. */
const OPERATORS = 2

/** A time that was told of a block, and the time of the log that names it. */
type Told = { readonly block: BlockNumber; readonly time: Seconds; readonly latest: Seconds | undefined }

/** Whether a block may have a time, by the samples around it and by the log that names it. */
function isPossible(samples: readonly Sample[], slots: Slots, { block, time, latest }: Told): boolean {
  if (latest !== undefined && time > latest) return false
  const bounds = timeBounds(samples, block, slots)
  if (bounds !== undefined) return time >= bounds.earliest && time <= bounds.latest
  const { before, after } = bracketOfBlock(samples, block)
  return (before === undefined || time > before.time) && (after === undefined || time < after.time)
}

/** A header, or undefined where nobody gives it: its block is counted as missing. */
async function headerOf(client: ChainClient, block: BlockNumber, whom: Whom): Promise<Header | undefined> {
  try {
    return await readHeader(client, block, whom)
  } catch (error) {
    if (error instanceof ChainError) return undefined
    throw error
  }
}

/** Keep track of the reference blocks of reports and of their times. */
export function createReferenceTimes(
  client: ChainClient,
  archive: BlockTimeArchive,
  { samples, finalized, identity, signal }: TimesRequest,
): ReferenceTimes {
  // Slots are for certain only where it can be no other chain.
  const slots = slotsOf(isMainnetOnly(client) ? MAINNET_ID : LOCAL_ID)
  const times = new Map<BlockNumber, Seconds>()
  /** By block, the time of a log that tells of it. */
  const wanted = new Map<BlockNumber, Seconds | undefined>()
  const missingBlocks = (): BlockNumber[] => [...wanted.keys()].filter(block => !times.has(block))

  const accept = (block: BlockNumber, time: Seconds): boolean => {
    const isGood = isPossible(samples, slots, { block, time, latest: wanted.get(block) })
    if (isGood) times.set(block, time)
    return isGood
  }

  async function enter(reports: Iterable<Report>): Promise<void> {
    const fresh = new Set<BlockNumber>()
    for (const { measured, log } of reports) {
      if (measured.kind !== 'block' || wanted.has(measured.block)) continue
      const { block } = measured
      wanted.set(block, log.time)
      const { before } = bracketOfBlock(samples, block)
      if (before?.block === block) times.set(block, before.time)
      else fresh.add(block)
    }
    if (identity === undefined || fresh.size === 0) return
    for (const [block, time] of await archive.load(identity, fresh)) accept(block, time)
  }

  async function readOne(block: BlockNumber, held: AbortSignal): Promise<boolean> {
    const except: string[] = []
    while (except.length < OPERATORS) {
      const header = await headerOf(client, block, { role: 'archive', rounds: ROUNDS, signal: held, except })
      if (header === undefined) return false
      if (accept(block, header.time)) {
        if (identity !== undefined && block <= finalized) await archive.keep(identity, [[block, header.time]])
        return true
      }
      except.push(header.operator)
    }
    return false
  }

  async function* read(): AsyncGenerator<void, void> {
    const todo = missingBlocks()
    const held = leash(signal)
    const running = new Map<BlockNumber, Promise<BlockNumber>>()
    let failures = 0
    const start = (): void => {
      while (running.size < WORKERS && failures < MOST_FAILURES) {
        const block = todo.pop()
        if (block === undefined) return
        const task = readOne(block, held.signal).then(isRead => {
          failures = isRead ? 0 : failures + 1
          return block
        })
        // Who is slow to ask for more hears of it then; until then it is nobody's.
        task.catch(() => undefined)
        running.set(block, task)
      }
    }
    try {
      for (start(); running.size > 0; start()) {
        running.delete(await Promise.race(running.values()))
        yield
      }
    } finally {
      held.abort(new DOMException('The times are not wanted any more.', 'AbortError'))
      held.release()
      await Promise.allSettled(running.values())
    }
  }

  return { known: () => new Map(times), missing: () => missingBlocks().length, enter, read }
}
