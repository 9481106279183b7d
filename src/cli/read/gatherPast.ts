import type { ChainClient } from '../../chain/client.ts'
import { NoEndpointServed } from '../../chain/errors.ts'
import { readHeader } from '../../chain/readHeader.ts'
import { readHistory } from '../../chain/readHistory.ts'
import type { Live } from '../../chain/readLive.ts'
import { type ReportProgress, readReports } from '../../chain/readReports.ts'
import { type BlockNumber, DAY, type Seconds } from '../../math/fixedPoint.ts'
import type { Sample } from '../../math/sample.ts'
import type { TokenPool } from '../../pools/definePool.ts'
import { createMemoryBlockTimeStore } from '../../store/blockTimeStore.ts'
import { createMemoryLogStore } from '../../store/logStore.ts'
import { createMemoryStore } from '../../store/sampleStore.ts'
import { complain, createProgress } from '../common/output.ts'
import type { CommandContext } from '../common/runCommand.ts'

/** What of the past is asked for. */
export type PastRequest = {
  readonly pools: readonly TokenPool[]
  readonly head: Live
  /** Undefined for all that there is. */
  readonly range: Seconds | undefined
  readonly window: Seconds | undefined
}

type Context = Pick<CommandContext, 'signal' | 'atEnd'>

/** Go through a reading to its end, telling how far it is, and where it was stopped. */
async function follow<Step>(
  reading: AsyncIterable<Step>,
  inWords: (step: Step) => string,
  { signal, atEnd }: Context,
): Promise<Step | undefined> {
  const progress = createProgress()
  atEnd(progress.end)
  let state = 'Stopped.'
  const tellStopped = (): unknown => complain(state)
  signal.addEventListener('abort', tellStopped)
  let last: Step | undefined
  for await (const step of reading) {
    last = step
    state = `Stopped after ${inWords(step)}; nothing is printed.`
    progress.tell(inWords(step))
  }
  signal.removeEventListener('abort', tellStopped)
  progress.end()
  return last
}

/** Time to read before the head: a window's start lies before the range, and its nearest sample up to a day more. */
const spanOf = ({ range, window }: PastRequest): Seconds | undefined =>
  range === undefined || window === undefined ? range : range + window + DAY

/**
 * Read the samples of a range and of the window before it, ascending, the head last.
 * @throws the classes of `chain/errors.ts`
 */
export async function gatherSamples(
  client: ChainClient,
  request: PastRequest,
  context: Context,
): Promise<readonly Sample[]> {
  const { pools, head, window } = request
  const windows = window === undefined ? [] : [window]
  const asked = { pools, head, span: spanOf(request), windows, signal: context.signal }
  const last = await follow(
    readHistory(client, createMemoryStore(), asked),
    ({ done, wanted }) => `${done} of ${wanted} samples`,
    context,
  )
  return last?.samples ?? []
}

/** Blocks behind the head that are never final: an epoch. */
const SETTLING: BlockNumber = 32n

/** Blocks behind the head that are not asked for yet: an endpoint that is behind has no logs of them, in silence. */
const SETTLED_IN: BlockNumber = 5n

/** Where the head comes from one endpoint and the logs from another, the other may be a minute behind. */
const unsettled = ({ endpoints, network }: ChainClient): BlockNumber =>
  endpoints.length > 1 && network.mostHeadAge !== undefined ? SETTLED_IN : 0n

/** Of a single endpoint the refusal itself is told: there is nobody else to speak of. */
function refusalOf(error: unknown, { endpoints }: ChainClient): unknown {
  if (!(error instanceof NoEndpointServed) || endpoints.length > 1) return error
  const [only] = error.failures
  return only ?? error
}

function reportsInWords({ done, wanted, timesMissing }: ReportProgress): string {
  const times = done === wanted && timesMissing > 0 ? `, ${timesMissing} times of blocks to go` : ''
  return `reports of ${done} of ${wanted} blocks${times}`
}

/**
 * Read the reports of the range of samples.
 * @param samples ascending; they say where there must be reports
 * @returns undefined where there is nothing of which there could be reports
 * @throws the classes of `chain/errors.ts` where nobody gives the logs of all blocks
 */
export async function gatherReports(
  client: ChainClient,
  { pools, head }: PastRequest,
  samples: readonly Sample[],
  context: Context,
): Promise<ReportProgress | undefined> {
  const { signal } = context
  const [first] = samples
  if (first === undefined) return undefined
  const archives = { logs: createMemoryLogStore(), times: createMemoryBlockTimeStore() }
  try {
    const { block } = await readHeader(client, 'finalized', { signal, rounds: 3 })
    const settled = head.block - SETTLING
    const request = {
      pools,
      samples,
      from: first.block,
      to: head.block - unsettled(client),
      finalized: block < settled ? block : settled,
      // The archives hold this one reading, so any name will do.
      identity: 'this',
      signal,
    }
    return await follow(readReports(client, archives, request), reportsInWords, context)
  } catch (error) {
    throw refusalOf(error, client)
  }
}
