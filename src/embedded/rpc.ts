import { Agent, request } from 'node:http'
import type { Hex } from 'viem'

/** The embedded chain's node answered a request with an error, or not at all. */
export class EmbeddedRpcFailed extends Error {
  override name = 'EmbeddedRpcFailed'

  constructor(method: string, reason: string, options?: ErrorOptions) {
    super(`The embedded chain did not carry out ${method}: ${reason}. Restart it.`, options)
  }
}

/** Ask one JSON-RPC question and give its result. Throws EmbeddedRpcFailed. */
export type Rpc = <Result = unknown>(method: string, params?: readonly unknown[]) => Promise<Result>

type Reply<Result> = { readonly result?: Result; readonly error?: { readonly message: string } }

/**
 * Make an asker for the node at a URL.
 *
 * It never sends a batch, because anvil carries out the parts of a batch in any order; and it does not use `fetch`,
 * which takes twice as long for each of the thousands of requests that make a history.
 */
export function createRpc(url: string): Rpc {
  const agent = new Agent({ keepAlive: true })
  let id = 0
  return async <Result>(method: string, params: readonly unknown[] = []) => {
    id += 1
    let reply: Reply<Result>
    try {
      const text = await post(agent, url, JSON.stringify({ jsonrpc: '2.0', id, method, params }))
      reply = JSON.parse(text) as Reply<Result>
    } catch (cause) {
      throw new EmbeddedRpcFailed(method, 'no answer', { cause })
    }
    if (reply.error !== undefined) throw new EmbeddedRpcFailed(method, reply.error.message)
    return reply.result as Result
  }
}

function post(agent: Agent, url: string, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
    const outgoing = request(url, { method: 'POST', agent, headers }, incoming => {
      let text = ''
      incoming.setEncoding('utf8')
      incoming.on('data', chunk => {
        text += chunk
      })
      incoming.once('end', () => resolve(text))
      incoming.once('error', reject)
    })
    outgoing.once('error', reject)
    outgoing.end(body)
  })
}

/** Write a quantity as JSON-RPC wants it. */
export function quantity(value: bigint): Hex {
  return `0x${value.toString(16)}`
}
