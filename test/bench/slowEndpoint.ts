import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { CommandContext } from '../../src/cli/common/runCommand.ts'

const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'content-type',
  'access-control-allow-methods': 'POST',
}

type SlowEndpoint = {
  readonly url: string
  /** Give the HTTP methods of the requests since the last time, in the order in which they came. */
  readonly take: () => string[]
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

/** Start an endpoint in front of a node that answers everything, preflights too, so many milliseconds after it was asked. */
export async function startSlowEndpoint(
  target: string,
  delay: number,
  atEnd: CommandContext['atEnd'],
): Promise<SlowEndpoint> {
  const seen: string[] = []
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    seen.push(request.method ?? '')
    const body = await bodyOf(request)
    if (request.method === 'OPTIONS') {
      await pause(delay)
      response.writeHead(204, CORS).end()
      return
    }
    const headers = { 'content-type': 'application/json' }
    // What the node takes is a part of the delay: the page is measured, not the machine that it shares with a node.
    const [[status, text]] = await Promise.all([
      fetch(target, { method: 'POST', headers, body }).then(
        async answered => [answered.status, await answered.text()] as const,
      ),
      pause(delay),
    ])
    response.writeHead(status, { ...CORS, ...headers }).end(text)
  }
  const server = createServer((request, response) => {
    // A page that was closed wants no answer any more.
    answer(request, response).catch(() => response.destroy())
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  atEnd(() => {
    server.close()
    server.closeAllConnections()
  })
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/`, take: () => seen.splice(0) }
}
