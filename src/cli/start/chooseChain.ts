import { LOCAL_ID, MAINNET_GRID } from '../../chain/client.ts'
import { PUBLIC_ENDPOINTS } from '../../chain/endpoints.ts'
import { EMBEDDED_GRID } from '../../embedded/schedule.ts'
import { type EmbeddedChain, startEmbeddedChain } from '../../embedded/start.ts'
import type { CommandContext } from '../common/runCommand.ts'
import type { PageConfig } from '../pageConfig.ts'
import { checkOwnEndpoint, findPublicEndpoint } from './checkEndpoint.ts'
import type { StartOptions } from './options.ts'

export type ChosenChain = {
  readonly config: PageConfig
  /** What was chosen and why, for the terminal. */
  readonly reason: string
  readonly embedded?: EmbeddedChain
}

/** Milliseconds that public endpoints have to answer before the embedded chain is started. */
const SEARCH_LIMIT = 4_000

type Grid = StartOptions['grid']

async function chooseEmbedded(grid: Grid, { atEnd }: CommandContext, because: string): Promise<ChosenChain> {
  const embedded = await startEmbeddedChain()
  atEnd(() => embedded.stop())
  const seconds = (embedded.readyMs / 1000).toFixed(1)
  return {
    embedded,
    reason: `embedded chain, simulated values, ${because} (${embedded.url}, ready in ${seconds} s)`,
    config: {
      chain: 'embedded',
      rpc: [embedded.url],
      grid: String(grid ?? EMBEDDED_GRID),
      exampleWallet: embedded.demoWallets.everything,
    },
  }
}

const mainnet = (grid: Grid, reason: string): ChosenChain => ({
  config: { chain: 'mainnet', grid: String(grid ?? MAINNET_GRID) },
  reason: `mainnet over public endpoints, ${reason}`,
})

async function chooseOwn(url: string, grid: Grid, { signal }: CommandContext): Promise<ChosenChain> {
  const isLocal = (await checkOwnEndpoint(url, signal)) === LOCAL_ID
  return {
    config: { chain: isLocal ? 'local' : 'mainnet', rpc: [url], grid: String(grid ?? MAINNET_GRID) },
    reason: `${isLocal ? 'local chain' : 'mainnet'} over ${new URL(url).host}, because of --rpc`,
  }
}

/**
 * Choose the chain that the page shows, and start it where it is the embedded one, which then ends with the command.
 * @throws InvalidEndpoint or the classes of `chain/errors.ts` for an own node; those of `startEmbeddedChain`
 */
export async function chooseChain(
  { choice, grid }: StartOptions,
  context: CommandContext,
): Promise<ChosenChain> {
  if (choice.kind === 'mainnet') return mainnet(grid, 'because of --mainnet')
  if (choice.kind === 'embedded') return chooseEmbedded(grid, context, 'because of --embedded')
  if (choice.kind === 'rpc') return chooseOwn(choice.url, grid, context)
  const operator = await findPublicEndpoint(PUBLIC_ENDPOINTS, SEARCH_LIMIT, context.signal)
  if (operator !== undefined) return mainnet(grid, `because ${operator} answered`)
  return chooseEmbedded(grid, context, 'because no public endpoint answered; --mainnet insists')
}
