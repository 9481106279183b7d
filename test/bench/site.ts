import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join, normalize } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { build } from 'vite'
import type { CommandContext } from '../../src/cli/common/runCommand.ts'
import { insertPageConfig, type PageConfig } from '../../src/cli/pageConfig.ts'

const ROOT = join(import.meta.dirname, '../..')
const HOST = '127.0.0.1'

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
}

type Encoding = 'br' | 'gzip' | 'identity'
type Site = { readonly url: string }

const packers: Readonly<Record<Encoding, (body: Buffer) => Promise<Buffer>>> = {
  br: body => promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
  gzip: body => promisify(gzip)(body),
  identity: body => Promise.resolve(body),
}

const encodingOf = (accepted: string): Encoding =>
  /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : 'identity'

/** Name the file of a path; undefined where the path leads out of the folder. */
function fileOf(folder: string, url: string): string | undefined {
  const path = normalize(decodeURIComponent(url.replace(/[?#].*$/, '')))
  const file = join(folder, path.endsWith('/') ? `${path}index.html` : path)
  return file.startsWith(folder) ? file : undefined
}

/** Build the page that ships, in a folder that goes with the command. */
export async function buildSite(atEnd: CommandContext['atEnd']): Promise<string> {
  const outDir = await mkdtemp(join(tmpdir(), 'poolglass-site-'))
  atEnd(() => rm(outDir, { recursive: true, force: true }))
  process.env['NODE_ENV'] = 'production'
  await build({
    root: ROOT,
    configFile: join(ROOT, 'vite.config.ts'),
    logLevel: 'error',
    build: { outDir, emptyOutDir: true },
  })
  return outDir
}

/** Serve a built page as static hosts do, compressed and with lasting files cached, with its configuration in it. */
export async function serveSite(
  folder: string,
  config: PageConfig,
  atEnd: CommandContext['atEnd'],
): Promise<Site> {
  const packed = new Map<string, Promise<Buffer>>()
  const bodyOf = async (file: string): Promise<Buffer> => {
    const body = await readFile(file)
    return file === join(folder, 'index.html') ? Buffer.from(insertPageConfig(body.toString(), config)) : body
  }
  const pack = (file: string, encoding: Encoding): Promise<Buffer> => {
    const key = `${encoding} ${file}`
    const known = packed.get(key) ?? bodyOf(file).then(packers[encoding])
    packed.set(key, known)
    return known
  }
  const answer = async (file: string, accepted: string, response: ServerResponse): Promise<void> => {
    const encoding = encodingOf(accepted)
    const body = await pack(file, encoding)
    const lasts = file.startsWith(join(folder, 'assets'))
    response.writeHead(200, {
      'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
      'cache-control': lasts ? 'public, max-age=31536000, immutable' : 'no-cache',
      ...(encoding === 'identity' ? {} : { 'content-encoding': encoding }),
      vary: 'accept-encoding',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "frame-ancestors 'none'",
    })
    response.end(body)
  }
  const server = createServer((request, response) => {
    const file = fileOf(folder, request.url ?? '/')
    if (file === undefined) {
      response.writeHead(404).end()
      return
    }
    answer(file, String(request.headers['accept-encoding'] ?? ''), response).catch(() => {
      response.writeHead(404).end()
    })
  })
  await new Promise<void>(resolve => server.listen(0, HOST, resolve))
  atEnd(() => {
    server.close()
    server.closeAllConnections()
  })
  return { url: `http://${HOST}:${(server.address() as AddressInfo).port}/` }
}
