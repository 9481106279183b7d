import { startEmbeddedChain } from '../embedded/start.ts'
import { BadInput } from './common/errors.ts'
import { parsePort, parseWhole, splitOptions, textOf } from './common/options.ts'
import { print } from './common/output.ts'
import { type CommandContext, runCommand } from './common/runCommand.ts'
import { untilEnded } from './common/untilEnded.ts'

const HELP = `Usage: npm run chain -- [options]

Starts the embedded chain alone, all values simulated, on this machine until Ctrl-C.

  --port N    port (any free one)
  --days D    days of history (1095, three years)
  --help      this text`

const OPTIONS = { port: { type: 'string' }, days: { type: 'string' }, help: { type: 'boolean' } } as const
const MOST_DAYS = 3_650n

function parseChainOptions(args: readonly string[]) {
  const options = splitOptions(args, OPTIONS)
  const { values, positionals } = options
  if (values['help'] === true) return undefined
  if (positionals.length > 0)
    throw new BadInput(`“${positionals.join(' ')}” is not an option. See --help for what there is.`)
  const [port, days] = [textOf(options, 'port'), textOf(options, 'days')]
  return {
    ...(port === undefined ? {} : { port: parsePort(port) }),
    ...(days === undefined
      ? {}
      : { days: Number(parseWhole('days', days, { lowest: 1n, highest: MOST_DAYS })) }),
  }
}

async function runChain({ args, signal, atEnd }: CommandContext): Promise<number> {
  const options = parseChainOptions(args)
  if (options === undefined) {
    print(HELP)
    return 0
  }
  const chain = await startEmbeddedChain(options)
  atEnd(() => chain.stop())
  print(`Embedded chain, simulated values: ${chain.url}`)
  print(`Chain id      ${chain.chainId}`)
  print(`Blocks        ${chain.firstDayBlock} (first day) to ${chain.headBlock} (head), one more every 12 s`)
  print(`Wallets       ${chain.demoWallets.everything} (something of everything)`)
  print(`              ${chain.demoWallets.rethOnly} (rETH)`)
  print(`              ${chain.demoWallets.nothing} (nothing)`)
  print(`Ready in ${(chain.readyMs / 1000).toFixed(1)} s. Ctrl-C ends it.`)
  await untilEnded(signal, chain)
  return 0
}

await runCommand('goesOn', runChain)
