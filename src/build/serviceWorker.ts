import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Plugin } from 'vite'
import type { Shell } from '../worker/shell.ts'
import { compileScript } from './compileScript.ts'

const ENTRY = join(import.meta.dirname, '../worker/main.ts')
const PAGE = 'index.html'
/** What a page that is open never asks for: hosts, search engines, link previews and installers do. */
const NOT_KEPT = [/^\./, /^_headers$/, /^robots\.txt$/, /^social\.png$/, /^icons\//]

/** The built page has no <html> to write its version on. */
export class PageWithoutRoot extends Error {
  override readonly name = 'PageWithoutRoot'
  constructor() {
    super('The built page has no <html>, so that it cannot know its version. Write one into index.html.')
  }
}

export const isKept = (path: string): boolean => !NOT_KEPT.some(pattern => pattern.test(path))

const sha256 = (content: string | Buffer) => createHash('sha256').update(content)

const integrityOf = (content: string | Buffer): string => `sha256-${sha256(content).digest('base64')}`

/** Hash the names and contents of all files: another byte in any of them is another version. */
export function versionOf(files: ReadonlyMap<string, Buffer>): string {
  const lines = [...files].map(([path, content]) => `${path} ${integrityOf(content)}`).sort()
  return sha256(lines.join('\n')).digest('hex').slice(0, 16)
}

/** Write its version on the page, for it to tell whether a worker is of another. @throws PageWithoutRoot */
export function insertVersion(html: string, version: string): string {
  if (!/<html\b/.test(html)) throw new PageWithoutRoot()
  return html.replace(/<html\b/, `<html data-version="${version}"`)
}

/** Describe what the worker keeps; `files` holds the page with its version in it. */
export const shellOf = (version: string, files: ReadonlyMap<string, Buffer>): Shell => ({
  version,
  files: Object.fromEntries(
    [...files].map(([path, content]) => [path === PAGE ? '' : path, integrityOf(content)]),
  ),
})

async function publicFiles(folder: string): Promise<string[]> {
  if (folder === '' || !existsSync(folder)) return []
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter(entry => entry.isFile())
    .map(entry =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
}

/**
 * Write sw.js into the folder of a build, and the version on its page.
 * @param paths of all files of the build, from the folder
 * @throws PageWithoutRoot
 */
export async function writeShell(dir: string, paths: readonly string[]): Promise<void> {
  const files = new Map<string, Buffer>()
  for (const path of paths.filter(isKept).sort()) files.set(path, await readFile(join(dir, path)))
  const version = versionOf(files)
  const page = files.get(PAGE)
  if (page !== undefined) {
    const html = insertVersion(page.toString(), version)
    files.set(PAGE, Buffer.from(html))
    await writeFile(join(dir, PAGE), html)
  }
  await writeFile(join(dir, 'sw.js'), await compileScript(ENTRY, { SHELL: shellOf(version, files) }))
}

/** Have the build end with sw.js, which knows every file as it lies on the disk. */
export function serviceWorker(): Plugin {
  let publicDir = ''
  return {
    name: 'service-worker',
    apply: 'build',
    enforce: 'post',
    configResolved: config => {
      publicDir = config.publicDir
    },
    writeBundle: {
      order: 'post',
      handler: async ({ dir = '' }, bundle) =>
        writeShell(dir, [...Object.keys(bundle), ...(await publicFiles(publicDir))]),
    },
  }
}
