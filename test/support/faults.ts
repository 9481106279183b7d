import type { Hex } from 'viem'
import type { Read } from '../../src/pools/read.ts'
import { rocketPool } from '../../src/pools/rocketPool.ts'
import { blockNamed, headOf, hex, isFilter, isTag, numberOf, paramsAt, stateMethods } from './faultBlocks.ts'
import { named, oneIn } from './faultCombine.ts'
import { captured } from './faultLimits.ts'
import {
  type AskNode,
  always,
  type Fault,
  type FaultPolicy,
  type ProxiedRequest,
  pretendChain,
  refuse,
} from './faultProxy.ts'

// What an endpoint may do wrong with every request, beside its limits. Each function makes a policy of its own: some
// count, so that one shared by two proxies would count for both.

const LOCAL_CHAIN = 31_337

/** Refuse everything with a captured body. */
export const refuseAll = (refusal: string): FaultPolicy =>
  named(`refuses (${refusal})`, always(captured(refusal)))

/** Let no page read a refusal: the browser says only that it failed. */
export const noCorsOnErrors = (): FaultPolicy =>
  named('no CORS on errors', () => undefined, { onErrors: false })

/** Let no page ask, though it could read the answer: the browser asks before it sends JSON. */
export const noCorsOnPreflight = (): FaultPolicy =>
  named('no CORS on preflight', () => undefined, { onPreflight: false })

/** Let no page ask or read anything. */
export const noCors = (): FaultPolicy =>
  named('no CORS', () => undefined, { onPreflight: false, onErrors: false, onAnswers: false })

/** Answer no logs where there are some, every third time. */
export const emptyLogs = ({ every = 3 }: { readonly every?: number } = {}): FaultPolicy =>
  named(`empty logs 1 in ${every}`, oneIn(every, always({ kind: 'result', change: () => [] }, 'eth_getLogs')))

/** Answer everything about state at the newest block, whatever block was asked for. */
export const ignoresBlock = (): FaultPolicy =>
  named('ignores the block', request =>
    stateMethods.includes(request.method) ? { kind: 'ask', params: paramsAt(request, 'latest') } : undefined,
  )

/** Answer as of an older block: the newest are not known. Logs end there without a word. */
export function staleHead({ behind }: { readonly behind: bigint }): FaultPolicy {
  return named(`${behind} blocks behind`, async (request, node) => {
    const head = lower(await headOf(node), behind)
    const { method, params } = request
    if (method === 'eth_blockNumber') return { kind: 'result', change: () => hex(head) }
    if (method === 'eth_getLogs') return logsUpTo(params[0], head, node)
    const older = await placeAsOf(blockNamed(request), head, behind, node)
    if (older !== 'unknown') return older && { kind: 'ask', params: paramsAt(request, older) }
    return stateMethods.includes(method) ? NO_STATE : NO_BLOCK
  })
}

const lower = (block: bigint, by: bigint): bigint => (block < by ? 0n : block - by)

/** The older block that a tag means; undefined where the block named is the same as ever. */
async function placeAsOf(
  block: unknown,
  head: bigint,
  behind: bigint,
  node: AskNode,
): Promise<`0x${string}` | 'unknown' | undefined> {
  const number = await numberOf(block, node)
  if (number === undefined) return undefined
  if (isTag(block)) return hex(lower(number, behind))
  return number > head ? 'unknown' : undefined
}

const NO_BLOCK: Fault = { kind: 'result', change: () => null }
const NO_STATE = refuse(200, { code: -32_000, message: 'header not found' })

async function logsUpTo(filter: unknown, head: bigint, node: AskNode): Promise<Fault | undefined> {
  if (!isFilter(filter) || filter.blockHash !== undefined) return undefined
  const { fromBlock = 'latest', toBlock = 'latest' } = filter
  const [from, to] = [await numberOf(fromBlock, node), await numberOf(toBlock, node)]
  if (from === undefined || to === undefined || to <= head) return undefined
  if (from > head && !isTag(fromBlock)) return { kind: 'result', change: () => [] }
  const first = hex(from > head ? head : from)
  return { kind: 'ask', params: [{ ...filter, fromBlock: first, toBlock: hex(head) }] }
}

/** Serve another chain: in eth_chainId and in the word that Multicall3 gives. */
export const wrongChain = ({ to = 5 }: { readonly to?: number } = {}): FaultPolicy =>
  named(`chain ${to}`, pretendChain(LOCAL_CHAIN, to))

/** Answer late. */
export const slow = ({ ms }: { readonly ms: number }): FaultPolicy =>
  named(`slow by ${ms} ms`, () => ({
    kind: 'wait',
    until: new Promise<void>(resolve => {
      setTimeout(resolve, ms).unref()
    }),
  }))

/** Never answer. */
export const hangs = (): FaultPolicy => named('hangs', always({ kind: 'hang' }))

/** Cut every connection instead of an answer. */
export const resets = (): FaultPolicy => named('resets', always({ kind: 'reset' }))

/** Send half of each answer under the length of the whole, and cut the connection. */
export const cutOff = (): FaultPolicy => named('cut off', always({ kind: 'cut' }))

const PAGE =
  '<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title></head><body><p>Checking your browser.</p></body></html>'

/** Answer a web page, as gateways do in front of endpoints. */
export const webPage = ({ status = 200 }: { readonly status?: number } = {}): FaultPolicy =>
  named(
    `web page (${status})`,
    always({ kind: 'reply', status, body: PAGE, contentType: 'text/html; charset=UTF-8' }),
  )

type Huge = { readonly bytes?: number; readonly isDeclared?: boolean }

/** Answer a result of 40 MB. */
export const hugeAnswer = ({ bytes = 40_000_000, isDeclared = true }: Huge = {}): FaultPolicy =>
  named(`huge answer${isDeclared ? '' : ', length not told'}`, always({ kind: 'flood', bytes, isDeclared }))

/** Answer an error of JSON-RPC under HTTP 200 that says nothing. */
export const errorIn200 = (): FaultPolicy =>
  named('error in a 200', always(refuse(200, { code: -32_603, message: 'Internal error' })))

/** Answer an empty body. */
export const nothing = (): FaultPolicy => named('nothing', always({ kind: 'reply', status: 200, body: '' }))

/** Answer null instead of each result. */
export const nullResult = (): FaultPolicy =>
  named('null result', always({ kind: 'result', change: () => null }))

/** Answer under the id of another request. */
export const wrongId = (): FaultPolicy =>
  named(
    'wrong id',
    always({
      kind: 'text',
      change: body => body.replace(/"id":\s*(?:\d+|"[^"]*"|null)/, '"id":987654321'),
    }),
  )

/** Fail every n-th request with another fault. */
export const flaky = (every: number, fault: FaultPolicy): FaultPolicy => oneIn(every, fault)

type Lie = {
  /** What the rate is multiplied with, as a fraction. */
  readonly factor: readonly [times: bigint, over: bigint]
  /** The rates to lie about; rETH's by default. */
  readonly reads?: readonly Pick<Read, 'address' | 'callData'>[]
  /** Lie in one of so many answers that hold such a rate. */
  readonly every?: number
}

/**
 * Lie about a rate wherever it stands in the answer to a call, alone or in Multicall3's. The node is asked for the
 * honest one at the same block, and each word like it is replaced.
 */
export function lyingRate({ factor: [times, over], reads = [rocketPool.rate], every = 1 }: Lie): FaultPolicy {
  let held = 0
  return named(`rate × ${times}/${over}${every === 1 ? '' : `, 1 in ${every}`}`, async (request, node) => {
    if (request.method !== 'eth_call') return undefined
    const honest = new Set(await Promise.all(reads.map(read => wordAt(read, request, node))))
    const lie = (word: string): string =>
      honest.has(word) ? ((BigInt(`0x${word}`) * times) / over).toString(16).padStart(64, '0') : word
    const change = (result: unknown): unknown => {
      if (typeof result !== 'string') return result
      const lied = `0x${result.slice(2).replace(/.{64}/g, lie)}`
      if (lied === result) return result
      held += 1
      return held % every === 0 ? lied : result
    }
    return { kind: 'result', change }
  })
}

/** The rate's word at the block that a call names; undefined where there is none yet. */
async function wordAt(
  { address, callData }: Pick<Read, 'address' | 'callData'>,
  { params }: ProxiedRequest,
  node: AskNode,
): Promise<string | undefined> {
  const answer = (await node('eth_call', [{ to: address, data: callData }, ...params.slice(1)])) as
    | Hex
    | undefined
  return answer?.length === 66 ? answer.slice(2) : undefined
}
