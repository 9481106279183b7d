import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One JSON-RPC request as it came in. */
export type Call = { readonly method: string; readonly params: readonly unknown[] }

/** What becomes of a request: handed on, kept waiting, answered with something else, or its answer changed. */
export type Treatment =
  | 'pass'
  | 'hold'
  | { readonly status: number; readonly body: string }
  | { readonly change: (answer: string) => string }

type Rule = (call: Call) => Treatment

/** A public endpoint in front of a node: what a page may ask it, counted, and as faulty as it is told to be. */
export type FaultyProxy = {
  readonly url: string
  /** Every request so far, in the order in which they came. */
  readonly calls: readonly Call[]
  /** Treat requests by a rule from now on; what is held goes on waiting. */
  readonly treat: (rule: Rule) => void
  /** Let go what is held, and hand everything on from now on. */
  readonly release: () => void
  /** Stop listening, as a node that has been switched off. */
  readonly die: () => Promise<void>
  /** Listen again at the same address. */
  readonly revive: () => Promise<void>
}

const HOST = '127.0.0.1'
const JSON_TYPE = { 'content-type': 'application/json' }
/** As public endpoints answer pages of any origin. */
const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'content-type',
  'access-control-allow-methods': 'POST',
  'access-control-max-age': '600',
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

async function askNode(target: string, body: string): Promise<string> {
  const answer = await fetch(target, { method: 'POST', headers: JSON_TYPE, body })
  return answer.text()
}

/** Start a proxy on this machine in front of a node. */
export async function startProxy(target: string): Promise<FaultyProxy> {
  const calls: Call[] = []
  const waiting: (() => void)[] = []
  let rule: Rule = () => 'pass'

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method === 'OPTIONS') {
      response.writeHead(204, CORS).end()
      return
    }
    const body = await bodyOf(request)
    const call: Call = JSON.parse(body)
    calls.push(call)
    const treatment = rule(call)
    if (treatment === 'hold') await new Promise<void>(resolve => waiting.push(resolve))
    if (typeof treatment === 'object' && 'status' in treatment) {
      response.writeHead(treatment.status, CORS).end(treatment.body)
      return
    }
    const text = await askNode(target, body)
    const given = typeof treatment === 'object' ? treatment.change(text) : text
    response.writeHead(200, { ...CORS, ...JSON_TYPE }).end(given)
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.writeHead(502, CORS).end(String(error))
    })
  })
  const listen = (port: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, HOST, resolve)
    })
  await listen(0)
  const { port } = server.address() as AddressInfo
  return {
    url: `http://${HOST}:${port}`,
    calls,
    treat: next => {
      rule = next
    },
    release: () => {
      rule = () => 'pass'
      for (const go of waiting.splice(0)) go()
    },
    die: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
    revive: async () => {
      if (!server.listening) await listen(port)
    },
  }
}

const isCallAt = ({ method, params }: Call, isLatest: boolean): boolean =>
  method === 'eth_call' && (params[1] === 'latest') === isLatest

/** A call at the head: the live figures, or a wallet. */
export const isHeadCall = (call: Call): boolean => isCallAt(call, true)

/** A call at an older block: a sample of history. */
export const isArchiveCall = (call: Call): boolean => isCallAt(call, false)

/** A call of Multicall3's aggregate3: a whole sample at once. */
export const isAggregate = ({ params: [call] }: Call): boolean =>
  (call as { readonly data?: string } | undefined)?.data?.startsWith('0x82ad56cb') === true

/** A search for events. */
export const isLogs = ({ method }: Call): boolean => method === 'eth_getLogs'

/** Answer as an endpoint does that does not offer the method. */
export const REFUSED: Treatment = {
  change: answer =>
    JSON.stringify({
      jsonrpc: '2.0',
      id: JSON.parse(answer).id,
      error: { code: -32_601, message: 'the method eth_getLogs does not exist/is not available' },
    }),
}
