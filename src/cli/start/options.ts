import { BadInput } from '../common/errors.ts'
import { parseGrid, parsePort, splitOptions, textOf } from '../common/options.ts'

/** Which chain is wanted; `auto` looks for mainnet first. */
type Choice =
  | { readonly kind: 'auto' | 'mainnet' | 'embedded' }
  | { readonly kind: 'rpc'; readonly url: string }

export type StartOptions = {
  readonly choice: Choice
  /** Spacing of samples in blocks; undefined for what suits the chain. */
  readonly grid: bigint | undefined
  /** Port of the page; undefined for the usual one or the next free. */
  readonly port: number | undefined
}

export const START_HELP = `Usage: npm start -- [options]

Builds the page, finds a chain for it and serves it on this machine until Ctrl-C.
Without an option it asks public mainnet endpoints, and starts the embedded chain where none answers.

  --embedded       the embedded chain: no internet needed, all values simulated
  --mainnet        public mainnet endpoints, whether they answer now or not
  --rpc URL        a node of your own: mainnet, or a local chain or fork (chain id 31337)
  --grid BLOCKS    spacing of samples of history (7200, about a day of mainnet; 2 on the embedded chain)
  --port N         port of the page (4173, or the next free one)
  --help           this text`

const OPTIONS = {
  embedded: { type: 'boolean' },
  mainnet: { type: 'boolean' },
  rpc: { type: 'string' },
  grid: { type: 'string' },
  port: { type: 'string' },
  help: { type: 'boolean' },
} as const

/**
 * Read the command line of `npm start`; undefined where help is asked for.
 * @throws BadInput
 */
export function parseStartOptions(args: readonly string[]): StartOptions | undefined {
  const options = splitOptions(args, OPTIONS)
  const { values, positionals } = options
  if (values['help'] === true) return undefined
  if (positionals.length > 0)
    throw new BadInput(`“${positionals.join(' ')}” is not an option. See --help for what there is.`)
  const url = textOf(options, 'rpc')
  const choices: Choice[] = [
    ...(values['embedded'] === true ? [{ kind: 'embedded' } as const] : []),
    ...(values['mainnet'] === true ? [{ kind: 'mainnet' } as const] : []),
    ...(url === undefined ? [] : [{ kind: 'rpc', url } as const]),
  ]
  if (choices.length > 1) throw new BadInput('Give only one of --embedded, --mainnet and --rpc.')
  const [grid, port] = [textOf(options, 'grid'), textOf(options, 'port')]
  return {
    choice: choices[0] ?? { kind: 'auto' },
    grid: grid === undefined ? undefined : parseGrid(grid),
    port: port === undefined ? undefined : parsePort(port),
  }
}
