import { build } from 'vite'

/** A script that stands outside the page's bundle did not become one file. */
export class ScriptNotCompiled extends Error {
  override readonly name = 'ScriptNotCompiled'
  constructor(entry: string) {
    super(`${entry} did not become one script. It may import scripts only.`)
  }
}

/**
 * Compile a module and what it imports to one classic script.
 * @param constants values for the names that the module declares only
 * @throws ScriptNotCompiled
 */
export async function compileScript(
  entry: string,
  constants: Readonly<Record<string, unknown>>,
): Promise<string> {
  const define = Object.fromEntries(
    Object.entries(constants).map(([name, value]) => [name, JSON.stringify(value)]),
  )
  const result = await build({
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    define,
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: { input: entry, output: { format: 'iife' } },
    },
  })
  const [chunk, ...rest] = 'output' in result ? result.output : []
  if (chunk?.type !== 'chunk' || rest.length > 0) throw new ScriptNotCompiled(entry)
  return chunk.code.trim()
}
