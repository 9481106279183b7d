import { NothingRead } from './common/errors.ts'
import { print, printWhole } from './common/output.ts'
import { type CommandContext, runCommand } from './common/runCommand.ts'
import { answer } from './read/answer.ts'
import { parseReadOptions, READ_HELP } from './read/options.ts'

async function read(context: CommandContext): Promise<number> {
  const options = parseReadOptions(context.args)
  if (options === undefined) {
    print(READ_HELP)
    return 0
  }
  const { text, isAnything, failure } = await answer(options, context)
  printWhole(text)
  if (!isAnything) throw new NothingRead()
  if (failure !== undefined) throw failure
  return 0
}

await runCommand('answers', read)
