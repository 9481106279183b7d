import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

/** A JSON-RPC request as it came. */
export type ProxiedRequest = {
  readonly method: string
  readonly params: readonly unknown[]
  /** 0 for the first request of all. */
  readonly index: number
}

/**
 * What to do instead of passing a request on and its answer back.
 * - `reply`: this status and body, the node is not asked
 * - `result`: the node's result is changed on its way back
 * - `ask`: the node is asked something else
 * - `hang`: no answer, ever; `reset`: the connection is cut
 * - `wait`: the answer is passed back once `until` has settled
 */
export type Fault =
  | { readonly kind: 'reply'; readonly status: number; readonly body: string }
  | { readonly kind: 'result'; readonly change: (result: unknown) => unknown }
  | { readonly kind: 'ask'; readonly params: readonly unknown[] }
  | { readonly kind: 'hang' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'wait'; readonly until: Promise<unknown> }

export type FaultPolicy = (request: ProxiedRequest) => Fault | undefined

export type FaultProxy = {
  readonly url: string
  /** Every request so far. */
  readonly requests: readonly ProxiedRequest[]
  /** Requests of one method, or all, since the last `forget`. */
  readonly count: (method?: string) => number
  readonly forget: () => void
  /** Imitate faults from now on; without a policy everything is passed on. */
  readonly imitate: (policy?: FaultPolicy) => void
  readonly stop: () => Promise<void>
}

/** Put a proxy on 127.0.0.1 in front of a node. */
export async function startFaultProxy(nodeUrl: string, firstPolicy?: FaultPolicy): Promise<FaultProxy> {
  let policy = firstPolicy
  const requests: ProxiedRequest[] = []
  const sockets = new Set<Socket>()
  const server = createServer((incoming, outgoing) => {
    void serve(incoming, outgoing).catch(() => incoming.socket.destroy())
  })
  server.on('connection', socket => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const asked = JSON.parse(await textOf(incoming)) as { id: number; method: string; params: unknown[] }
    const request = { method: asked.method, params: asked.params, index: requests.length }
    requests.push(request)
    const fault = policy?.(request)
    if (fault?.kind === 'hang') return
    if (fault?.kind === 'reset') return void incoming.socket.destroy()
    if (fault?.kind === 'reply') return answer(outgoing, fault.status, fault.body)
    const body = JSON.stringify(fault?.kind === 'ask' ? { ...asked, params: fault.params } : asked)
    const headers = { 'content-type': 'application/json' }
    const passed = await fetch(nodeUrl, { method: 'POST', headers, body })
    const text = await passed.text()
    if (fault?.kind === 'wait') await fault.until
    answer(outgoing, passed.status, fault?.kind === 'result' ? changeResult(text, fault.change) : text)
  }

  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', () => resolve()))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    count: method => requests.filter(request => method === undefined || request.method === method).length,
    forget: () => requests.splice(0),
    imitate: next => {
      policy = next
    },
    stop: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of incoming.setEncoding('utf8')) text += String(chunk)
  return text
}

function answer(outgoing: ServerResponse, status: number, body: string): void {
  outgoing.writeHead(status, { 'content-type': 'application/json' }).end(body)
}

function changeResult(text: string, change: (result: unknown) => unknown): string {
  const reply = JSON.parse(text) as { result?: unknown }
  return JSON.stringify('result' in reply ? { ...reply, result: change(reply.result) } : reply)
}

/** Refuse as an endpoint does: a JSON-RPC error with an HTTP status of its own. */
export const refuse = (
  status: number,
  error: { readonly code?: number; readonly message: string; readonly data?: unknown },
): Fault => ({ kind: 'reply', status, body: JSON.stringify({ jsonrpc: '2.0', id: 1, error }) })

/** The same fault for every request of one method, or of any. */
export const always =
  (fault: Fault, method?: string): FaultPolicy =>
  request =>
    method === undefined || request.method === method ? fault : undefined

/** Answer calls at the newest block, whatever block was asked for: some public endpoints do. */
export const ignoreBlockTag: FaultPolicy = ({ method, params }) =>
  method === 'eth_call' ? { kind: 'ask', params: [params[0], 'latest'] } : undefined

/** Let a local node pass for another chain: in eth_chainId and in the word that Multicall3 gives. */
export function pretendChain(from: number, to: number): FaultPolicy {
  const word = (chainId: number): string => chainId.toString(16).padStart(64, '0')
  const change = (result: unknown): unknown =>
    typeof result === 'string' ? result.replace(word(from), word(to)) : result
  return ({ method }) => {
    if (method === 'eth_chainId') return { kind: 'result', change: () => `0x${to.toString(16)}` }
    return method === 'eth_call' ? { kind: 'result', change } : undefined
  }
}
