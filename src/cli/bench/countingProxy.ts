import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What went over the wire while something was done. */
export type Traffic = {
  readonly requests: number
  readonly ethCalls: number
  readonly otherCalls: number
  /** Bytes of the answers' bodies. */
  readonly bytesIn: number
}

export type CountingProxy = {
  readonly url: string
  /** Give what was counted since the last time. */
  readonly take: () => Traffic
  readonly stop: () => Promise<void>
}

const NOTHING: Traffic = { requests: 0, ethCalls: 0, otherCalls: 0, bytesIn: 0 }

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks)
}

function methodsOf(body: Buffer): string[] {
  const message: unknown = JSON.parse(body.toString())
  const calls: unknown[] = Array.isArray(message) ? message : [message]
  return calls.map(call => String((call as Record<string, unknown>)['method']))
}

/** Add one exchange to what was counted; a batch is one request with several calls. */
function countExchange(traffic: Traffic, methods: readonly string[], bytesIn: number): Traffic {
  const ethCalls = methods.filter(method => method === 'eth_call').length
  return {
    requests: traffic.requests + 1,
    ethCalls: traffic.ethCalls + ethCalls,
    otherCalls: traffic.otherCalls + methods.length - ethCalls,
    bytesIn: traffic.bytesIn + bytesIn,
  }
}

/** Start a proxy on 127.0.0.1 that hands every request on to a node and counts what goes through. */
export async function startCountingProxy(target: string): Promise<CountingProxy> {
  let traffic = NOTHING
  const handOn = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request)
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(target, { method: 'POST', headers, body: new Uint8Array(body) })
    const text = Buffer.from(await answer.arrayBuffer())
    traffic = countExchange(traffic, methodsOf(body), text.length)
    response.writeHead(answer.status, headers).end(text)
  }
  const server = createServer((request, response) => {
    handOn(request, response).catch((error: unknown) => {
      response.writeHead(502).end(String(error))
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    take: () => {
      const taken = traffic
      traffic = NOTHING
      return taken
    },
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
