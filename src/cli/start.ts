import { print } from './common/output.ts'
import { type CommandContext, runCommand } from './common/runCommand.ts'
import { untilEnded } from './common/untilEnded.ts'
import { buildPage, isPageFresh, ROOT } from './start/buildPage.ts'
import { chooseChain } from './start/chooseChain.ts'
import { parseStartOptions, START_HELP } from './start/options.ts'
import { claimPort, servePage } from './start/servePage.ts'

async function preparePage(context: CommandContext): Promise<void> {
  if (isPageFresh(ROOT)) return
  print('Building the page …')
  await buildPage(context)
}

async function start(context: CommandContext): Promise<number> {
  const options = parseStartOptions(context.args)
  if (options === undefined) {
    print(START_HELP)
    return 0
  }
  // Told before the seconds that the rest takes.
  if (options.port !== undefined && options.port !== 0) await claimPort(options.port)
  const [{ config, reason, embedded }] = await Promise.all([
    chooseChain(options, context),
    preparePage(context),
  ])
  print(`Chain: ${reason}.`)
  print(`Page:  ${await servePage(config, options.port, context)}`)
  print('Ctrl-C ends it.')
  await untilEnded(context.signal, embedded)
  return 0
}

await runCommand('goesOn', start)
