import type { ChainClient } from '../../chain/client.ts'
import { type PastRequest, readWalletPast } from '../../chain/readWalletPast.ts'
import type { WalletKnowledge } from '../../chain/walletKnowledge.ts'
import type { WalletPast } from '../../math/walletPast.ts'
import { complain, createProgress } from '../common/output.ts'
import type { CommandContext } from '../common/runCommand.ts'

/** How far a past was read, and what kept it from going further. */
export type PastReport = { readonly past: WalletPast | undefined; readonly failure: unknown }

type Context = Pick<CommandContext, 'signal' | 'atEnd'> & {
  /** Told after each answer. */
  readonly onStep: (past: WalletPast) => void
}

function inWords({ calls, moments, unsure }: WalletPast): string {
  const doubts = unsure === 0 ? '' : `, ${unsure} moves not exact yet`
  return `the past: ${calls} answers, ${moments.length} moments${doubts}`
}

/** Read runs one after the other until nothing more would be read, or one if that is enough. */
async function* runs(
  client: ChainClient,
  request: Omit<PastRequest, 'known'>,
  isThorough: boolean,
): AsyncGenerator<WalletPast> {
  let known: WalletKnowledge | undefined
  let isLeft = true
  while (isLeft) {
    isLeft = false
    for await (const { past, knowledge } of readWalletPast(client, { ...request, known })) {
      known = knowledge
      isLeft = isThorough && past.isPaused
      yield past
    }
  }
}

/**
 * Read a wallet's past to its end, telling how far it is. What was read before a failure is kept.
 * @throws the reason of an abort
 */
export async function gatherWalletPast(
  client: ChainClient,
  { isThorough, ...request }: Omit<PastRequest, 'known' | 'signal'> & { readonly isThorough: boolean },
  { signal, atEnd, onStep }: Context,
): Promise<PastReport> {
  const progress = createProgress()
  atEnd(progress.end)
  let past: WalletPast | undefined
  try {
    for await (const step of runs(client, { ...request, signal }, isThorough)) {
      past = step
      onStep(step)
      progress.tell(inWords(step))
    }
    return { past, failure: undefined }
  } catch (failure) {
    signal.throwIfAborted()
    return { past, failure }
  } finally {
    progress.end()
  }
}

/** Say where a reading was stopped. */
export const tellStopped = (past: WalletPast | undefined): unknown =>
  complain(
    past === undefined
      ? 'Stopped.'
      : `Stopped after ${inWords(past)}; what was known by then is printed, with its doubts.`,
  )
