import type { EmbeddedChain } from '../../embedded/start.ts'
import { EmbeddedChainEnded } from './errors.ts'
import { untilAborted } from './runCommand.ts'

/**
 * Wait until the user ends the command.
 * @param chain what the command cannot go on without, where it started one
 * @throws EmbeddedChainEnded where the chain ends before, with the reason where mining failed
 */
export async function untilEnded(
  signal: AbortSignal,
  chain: Pick<EmbeddedChain, 'exited' | 'failure'> | undefined,
): Promise<void> {
  const ended = chain?.exited.then(() => {
    if (!signal.aborted) throw new EmbeddedChainEnded(chain.failure())
  })
  await Promise.race([untilAborted(signal), ...(ended === undefined ? [] : [ended])])
}
