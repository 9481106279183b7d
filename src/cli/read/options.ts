import { chooseEndpoints } from '../../chain/chooseEndpoints.ts'
import { MAINNET_GRID } from '../../chain/client.ts'
import { type Endpoint, ownEndpoint, PUBLIC_ENDPOINTS } from '../../chain/endpoints.ts'
import type { BlockNumber, Seconds } from '../../math/fixedPoint.ts'
import type { Pool } from '../../pools/definePool.ts'
import { pools as allPools } from '../../pools/index.ts'
import { NO_SETTINGS } from '../../store/endpointSettings.ts'
import { BadInput } from '../common/errors.ts'
import {
  type OptionValues,
  parseBlock,
  parseDuration,
  parseGrid,
  parsePools,
  splitOptions,
  textOf,
} from '../common/options.ts'
import { parseWalletQuestion, WALLET_OPTIONS, type WalletQuestion } from './walletQuestion.ts'

export type Question =
  | { readonly kind: 'rates'; readonly block: BlockNumber | undefined }
  | {
      readonly kind: 'history'
      /** Undefined for all that there is. */
      readonly range: Seconds | undefined
      readonly window: Seconds | undefined
      /** Whether yields are to rest on the oracles' reports. */
      readonly isReported: boolean
    }
  | WalletQuestion

export type OutputForm = 'text' | 'json' | 'csv'

export type ReadOptions = {
  readonly question: Question
  readonly endpoints: readonly Endpoint[]
  /** An own node may be a local chain; public endpoints serve mainnet only. */
  readonly isOwn: boolean
  readonly grid: bigint
  readonly pools: readonly Pool[]
  readonly form: OutputForm
}

export const READ_HELP = `Usage: npm run read -- rates [options]
       npm run read -- history [options]
       npm run read -- wallet WHO[,WHO…] [options]

Reads the pools' contracts without the page.

  --rpc URL        an endpoint of your own (public mainnet endpoints)
  --pools a,b      pools by id or token: rocket-pool or rETH, ankr or ankrETH, staked, lido or wstETH (all)
  --json           JSON: exact decimal strings, units in the names, null beside a why
  --csv            CSV with a header row
  --block N        rates: at an old block, which takes an archive endpoint (the newest)
  --range LENGTH   history: 30d, 90d, 1y or all, up to now (1y)
  --window LENGTH  history: also the yield implied over this time, as 30d; wallet: what it earns at such yields (30d)
  --reports        history: yields from the oracles' own reports, as the page has them (from samples alone)
  --grid BLOCKS    history, wallet: spacing of samples (7200, about a day of mainnet; 2 for the embedded chain)
  --help           this text

  WHO is an address or an ENS name. One endpoint alone is told of it. A wallet is told with what it earns, earned, its lots,
  the same ETH in other pools and the ways out; --csv has what came and went.
  --holdings-only  what it holds now, in one call
  --way HOW        auto: by the logs of transfers where that takes few requests; logs: in any case; grid: by balances (auto)
  --lots METHOD    fifo or average: what is given away first (fifo)
  --thorough       go on after the few hundred requests of one run
  --ask-host HOST  servers that may be told of a name that is kept outside the chain, separated by commas

Ends with 0 when done, 2 for a mistake in the line above, 3 where the endpoint cannot serve it, or not all of it.`

const OPTIONS = {
  rpc: { type: 'string' },
  grid: { type: 'string' },
  pools: { type: 'string' },
  range: { type: 'string' },
  window: { type: 'string' },
  reports: { type: 'boolean' },
  block: { type: 'string' },
  json: { type: 'boolean' },
  csv: { type: 'boolean' },
  ...WALLET_OPTIONS,
  help: { type: 'boolean' },
} as const

/** Options that only one question understands. */
const OWN_OPTIONS: Readonly<Record<string, readonly string[]>> = {
  block: ['rates'],
  range: ['history'],
  window: ['history', 'wallet'],
  reports: ['history'],
  grid: ['history', 'wallet'],
  ...Object.fromEntries(Object.keys(WALLET_OPTIONS).map(name => [name, ['wallet']])),
}

function refuseForeignOptions(kind: string, { values }: OptionValues): void {
  for (const [name, owners] of Object.entries(OWN_OPTIONS))
    if (!owners.includes(kind) && values[name] !== undefined)
      throw new BadInput(`--${name} is for ${owners.join(' and ')} only. See --help for what there is.`)
}

function refuseExtraWords(words: readonly string[]): void {
  if (words.length > 0)
    throw new BadInput(`“${words.join(' ')}” is one word too many. See --help for what there is.`)
}

function parseHistory(options: OptionValues): Question {
  const [range, window] = [textOf(options, 'range') ?? '1y', textOf(options, 'window')]
  return {
    kind: 'history',
    range: range === 'all' ? undefined : parseDuration('range', range),
    window: window === undefined ? undefined : parseDuration('window', window),
    isReported: options.values['reports'] === true,
  }
}

function parseQuestion(options: OptionValues): Question {
  const [kind, ...words] = options.positionals
  if (kind === 'rates' || kind === 'history') {
    refuseExtraWords(words)
    refuseForeignOptions(kind, options)
    if (kind === 'history') return parseHistory(options)
    const block = textOf(options, 'block')
    return { kind, block: block === undefined ? undefined : parseBlock('block', block) }
  }
  if (kind !== 'wallet')
    throw new BadInput(
      `Say what to read: rates, history or wallet WHO${kind === undefined ? '' : `, not “${kind}”`}. See --help.`,
    )
  refuseForeignOptions(kind, options)
  return parseWalletQuestion(options, words)
}

/** Those that nobody has to switch on. */
const publicEndpoints = chooseEndpoints(PUBLIC_ENDPOINTS, NO_SETTINGS).used

/**
 * Read the command line of `npm run read`; undefined where help is asked for.
 * @throws BadInput, InvalidWallet, InvalidEndpoint
 */
export function parseReadOptions(args: readonly string[]): ReadOptions | undefined {
  const options = splitOptions(args, OPTIONS)
  const { values } = options
  if (values['help'] === true) return undefined
  const [rpc, grid, pools] = [textOf(options, 'rpc'), textOf(options, 'grid'), textOf(options, 'pools')]
  if (values['json'] === true && values['csv'] === true)
    throw new BadInput('Give only one of --json and --csv.')
  return {
    question: parseQuestion(options),
    endpoints: rpc === undefined ? publicEndpoints : [ownEndpoint(rpc)],
    isOwn: rpc !== undefined,
    grid: grid === undefined ? MAINNET_GRID : parseGrid(grid),
    pools: pools === undefined ? allPools : parsePools(pools),
    form: values['json'] === true ? 'json' : values['csv'] === true ? 'csv' : 'text',
  }
}
