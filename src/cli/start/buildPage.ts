import { spawn } from 'node:child_process'
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { PageNotBuilt } from '../common/errors.ts'
import type { CommandContext } from '../common/runCommand.ts'

export const ROOT = join(import.meta.dirname, '../../..')

/** What the page is made of, from the repository's root. */
const SOURCES = ['src', 'index.html', 'public', 'vite.config.ts', 'package-lock.json']

/** Time of the last change below a path, in milliseconds; folders count, so that a deletion is seen. */
function lastChange(path: string): number {
  if (!existsSync(path)) return 0
  const { mtimeMs } = statSync(path)
  if (!statSync(path).isDirectory()) return mtimeMs
  return readdirSync(path).reduce((latest, name) => Math.max(latest, lastChange(join(path, name))), mtimeMs)
}

/** Tell whether the built page is younger than everything it is made of. */
export function isPageFresh(root: string): boolean {
  const page = join(root, 'dist/index.html')
  return existsSync(page) && SOURCES.every(source => lastChange(join(root, source)) < statSync(page).mtimeMs)
}

/**
 * Build the page in its own process, with production settings whatever this process runs under.
 * @throws PageNotBuilt with vite's last words
 */
export async function buildPage({ atEnd }: Pick<CommandContext, 'atEnd'>): Promise<void> {
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js')
  const child = spawn(process.execPath, [vite, 'build'], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const kill = (): unknown => child.exitCode ?? child.kill('SIGKILL')
  process.once('exit', kill)
  let said = ''
  const listen = (chunk: Buffer): void => {
    said += chunk.toString()
  }
  child.stdout.on('data', listen)
  child.stderr.on('data', listen)
  const ended = new Promise<number | null>(resolve => {
    child.once('error', error => {
      said += error.message
      resolve(null)
    })
    child.once('close', resolve)
  })
  atEnd(async () => {
    kill()
    await ended
  })
  const code = await ended
  process.off('exit', kill)
  if (code === 0) return
  // Half a page must not pass for a fresh one at the next start.
  rmSync(join(ROOT, 'dist/index.html'), { force: true })
  throw new PageNotBuilt(said)
}
