import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { type Plugin, preview } from 'vite'
import { PortTaken } from '../../embedded/anvil.ts'
import type { CommandContext } from '../common/runCommand.ts'
import { insertPageConfig, type PageConfig } from '../pageConfig.ts'
import { ROOT } from './buildPage.ts'

const HOST = '127.0.0.1'
const USUAL_PORT = 4173
const PAGE_PATHS = ['/', '/index.html']
const ASK_AGAIN = 'no-cache'
/** The hash in its name makes it another file when it changes. */
const FOR_EVER = 'public, max-age=31536000, immutable'

async function answerPage(response: ServerResponse, config: PageConfig): Promise<void> {
  const html = insertPageConfig(await readFile(join(ROOT, 'dist/index.html'), 'utf8'), config)
  response.setHeader('content-type', 'text/html; charset=utf-8')
  response.setHeader('cache-control', ASK_AGAIN)
  // The page's own policy is in its <meta>, where browsers ignore this part.
  response.setHeader('content-security-policy', "frame-ancestors 'none'")
  response.end(html)
}

const isAsset = (path: string): boolean => path.startsWith('/assets/') && existsSync(join(ROOT, 'dist', path))

function tellPage(config: PageConfig): Plugin {
  return {
    name: 'page-config',
    configurePreviewServer: ({ middlewares }) => {
      middlewares.use(
        (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void) => {
          const path = request.url?.replace(/[?#].*$/, '') ?? ''
          const isRead = request.method === 'GET' || request.method === 'HEAD'
          if (isRead && isAsset(path)) response.setHeader('cache-control', FOR_EVER)
          if (isRead && PAGE_PATHS.includes(path)) answerPage(response, config).catch(next)
          else next()
        },
      )
    },
  }
}

/** Take a port for a moment, to know that it can be had. @throws PortTaken */
export const claimPort = (port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', cause => reject(new PortTaken(port, { cause })))
    probe.listen(port, HOST, () => probe.close(() => resolve()))
  })

/**
 * Serve the built page on this machine only, with its configuration in its head, until the command ends.
 * @param port undefined for the usual one, or the next that is free
 * @returns the page's address
 */
export async function servePage(
  config: PageConfig,
  port: number | undefined,
  { atEnd }: Pick<CommandContext, 'atEnd'>,
): Promise<string> {
  const listening = process.listeners('SIGTERM')
  const server = await preview({
    root: ROOT,
    configFile: false,
    // Routes are behind the #, so no other path is a page.
    appType: 'custom',
    logLevel: 'silent',
    plugins: [tellPage(config)],
    preview: { host: HOST, port: port ?? USUAL_PORT, strictPort: port !== undefined },
  })
  // vite would end the process before the other parts have ended; the command ends vite.
  for (const listener of process.listeners('SIGTERM'))
    if (!listening.includes(listener)) process.off('SIGTERM', listener)
  atEnd(() => server.close())
  const address = server.httpServer.address()
  const actual = typeof address === 'object' ? address?.port : undefined
  return `http://${HOST}:${actual ?? port ?? USUAL_PORT}/`
}
