import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { writeShell } from '../../../src/build/serviceWorker.ts'

const DIST = join(import.meta.dirname, '../../../dist')
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
}

/** A plain static host, as far away as a name can say. */
export type Host = {
  /** Address of the page. */
  readonly url: string
  /** Serve another build from now on. */
  readonly publish: (folder: string) => void
  /** Paths that were asked for and are not there. */
  readonly missing: string[]
  readonly stop: () => Promise<void>
}

/**
 * Serve a build below a path of its own, under a name that is not this machine's for the page, and with answers that
 * vary as those of many hosts do.
 */
export async function startHost(path: string): Promise<Host> {
  let folder = DIST
  const missing: string[] = []
  const server = createServer((request, response) => {
    const asked = (request.url ?? '').replace(/[?#].*$/, '')
    const name = asked.startsWith(path) ? asked.slice(path.length) || 'index.html' : undefined
    const file = name === undefined ? undefined : join(folder, name)
    response.setHeader('vary', 'Origin')
    if (file === undefined || !existsSync(file) || statSync(file).isDirectory()) {
      missing.push(asked)
      response.writeHead(404).end()
      return
    }
    const isAsset = file.includes('/assets/')
    response.setHeader('content-type', TYPES[extname(file)] ?? 'text/plain')
    response.setHeader('cache-control', isAsset ? 'public, max-age=31536000, immutable' : 'no-cache')
    response.end(readFileSync(file))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return {
    url: `http://poolglass.localhost:${port}${path}`,
    publish: next => {
      folder = next
    },
    missing,
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Make the next version of the build: the parts of some pages have other names. @returns its folder */
export async function makeNextVersion(parts: readonly string[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'poolglass-next-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  cpSync(DIST, folder, { recursive: true })
  rmSync(join(folder, 'sw.js'))
  const assets = join(folder, 'assets')
  const renamed = readdirSync(assets).filter(name => parts.some(part => name.startsWith(`${part}-`)))
  if (renamed.length < parts.length) throw new RangeError(`Not all of ${parts.join(', ')} are in the build.`)
  for (const name of renamed) renameSync(join(assets, name), join(assets, nextName(name)))
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1))
  for (const path of paths.filter(name => /\.(?:js|html)$/.test(name))) {
    const text = readFileSync(join(folder, path), 'utf8').replace(/ data-version="\w+"/, '')
    const replaced = renamed.reduce((sum, name) => sum.replaceAll(name, nextName(name)), text)
    writeFileSync(join(folder, path), replaced)
  }
  await writeShell(folder, paths)
  return folder
}

const nextName = (name: string): string => name.replace(/-[\w-]{8}\./, '-00000002.')
