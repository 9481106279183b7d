import type { Address, Hex } from 'viem'
import { isBytes } from '../pools/words.ts'
import { isLoopback } from './endpoints.ts'
import type { Ledger } from './ledger.ts'
import { GatewayFailed } from './nameErrors.ts'
import { leash } from './signals.ts'

/** What a contract asks to be fetched for it (EIP-3668): `urls` are ways to the same answer. */
export type Lookup = { readonly sender: Address; readonly data: Hex; readonly urls: readonly string[] }

export type GatewayOptions = {
  readonly signal: AbortSignal | undefined
  readonly ledger: Ledger
}

/** Milliseconds. */
const TIME_OUT = 10_000
/** Characters; an address and its proof take some thousand. */
const MOST_TEXT = 1_000_000

/** Make the URL that is really asked: a template may put the question into the host itself. */
function urlOf(template: string, { sender, data }: Lookup): URL | undefined {
  const text = template.replaceAll('{sender}', sender.toLowerCase()).replaceAll('{data}', data)
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  const isPlain = url.protocol === 'http:' && isLoopback(text)
  return url.protocol === 'https:' || isPlain ? url : undefined
}

/** List the servers that a lookup would tell of its question; those that no page can ask are left out. */
export const hostsOf = (lookup: Lookup): string[] => [
  ...new Set(lookup.urls.flatMap(template => urlOf(template, lookup)?.host ?? [])),
]

async function readAnswer(response: Response, host: string): Promise<Hex> {
  if (!response.ok) throw new GatewayFailed(`${host} refused (HTTP ${response.status}).`)
  const text = await response.text()
  if (text.length > MOST_TEXT) throw new GatewayFailed(`${host} answered more than a name takes.`)
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true
  const answer: unknown = isJson ? (JSON.parse(text) as { readonly data?: unknown }).data : text
  if (!isBytes(answer)) throw new GatewayFailed(`${host} answered something that is not bytes.`)
  return answer
}

/** Ask one server once, and enter it into the ledger: it learns the name. */
async function askOnce(template: string, lookup: Lookup, { signal, ledger }: GatewayOptions): Promise<Hex> {
  const url = urlOf(template, lookup)
  if (url === undefined) throw new GatewayFailed(`“${template}” is no address that a page can ask.`)
  const isPost = !template.includes('{data}')
  const body = isPost ? JSON.stringify({ data: lookup.data, sender: lookup.sender.toLowerCase() }) : undefined
  const held = leash(signal, TIME_OUT)
  const began = performance.now()
  let bytesIn = 0
  const enter = (outcome: string, refusal?: string): void =>
    ledger.add({
      at: Date.now(),
      operator: url.host,
      url: url.origin,
      method: isPost ? 'POST' : 'GET',
      bytesOut: body?.length ?? url.href.length,
      bytesIn,
      took: performance.now() - began,
      outcome,
      refusal,
      carriesAddress: true,
    })
  try {
    const response = await fetch(url, {
      method: isPost ? 'POST' : 'GET',
      ...(body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } }),
      signal: held.signal,
      referrerPolicy: 'no-referrer',
      credentials: 'omit',
      // The reader has agreed to this host and to no other.
      redirect: 'error',
    })
    const answer = await readAnswer(response, url.host)
    bytesIn = answer.length
    enter('answered')
    return answer
  } catch (cause) {
    if (signal?.aborted === true) {
      enter('left')
      throw signal.reason
    }
    const failure =
      cause instanceof GatewayFailed
        ? cause
        : new GatewayFailed(`${url.host} gave no answer that can be read.`, { cause })
    enter(failure.name, failure.message)
    throw failure
  } finally {
    held.release()
  }
}

/**
 * Fetch what a contract asks for from the first server that gives it. Whether they may be asked is for the caller.
 * @throws GatewayFailed with the last one's failure, or the reason of an abort
 */
export async function askGateway(lookup: Lookup, options: GatewayOptions): Promise<Hex> {
  let failure = new GatewayFailed('The name’s contract names no server to ask.')
  for (const template of lookup.urls) {
    try {
      return await askOnce(template, lookup, options)
    } catch (error) {
      if (!(error instanceof GatewayFailed)) throw error
      failure = error
    }
  }
  throw failure
}
