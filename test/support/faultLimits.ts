import { refusals } from '../chain/refusals.ts'
import { blockNamed, headOf, hex, isFilter, isTag, numberOf, stateMethods } from './faultBlocks.ts'
import { named } from './faultCombine.ts'
import { type AskNode, type Fault, type FaultPolicy, refuse } from './faultProxy.ts'

type Put = readonly (readonly [stated: string, put: string])[]

/**
 * Refuse with the body that an endpoint once sent.
 * @param name as in the list of captured refusals
 * @param put what to write for numbers that stood in it
 * @throws TypeError where no such refusal, or no such number in it, was captured
 */
export function captured(name: string, put: Put = []): Fault {
  const refusal = refusals.find(one => one.name === name)
  if (refusal === undefined) throw new TypeError(`No refusal was captured as “${name}”.`)
  const { status, error } = refusal
  const text = JSON.stringify(error)
  for (const [stated] of put)
    if (!text.includes(stated)) throw new TypeError(`“${stated}” is not in what was captured as “${name}”.`)
  const rewrite = (value: unknown): unknown =>
    typeof value === 'string' ? put.reduce((line, [stated, own]) => line.replace(stated, own), value) : value
  return refuse(status, {
    ...error,
    message: String(rewrite(error.message)),
    ...('data' in error ? { data: rewrite(error.data) } : {}),
  })
}

/** HTTP 429 with a word of text, as gateways answer that are not JSON-RPC. */
export const TOO_MANY: Fault = {
  kind: 'reply',
  status: 429,
  body: 'Too Many Requests',
  contentType: 'text/plain',
}

type Depth = { readonly depth: bigint; readonly refusal?: Fault; readonly methods?: readonly string[] }

/**
 * Keep state of the newest blocks only, and refuse what is older than head − depth, however the block is named. Tags
 * other than `earliest` are served: they are recent on a chain of real length.
 * @param methods those that need the state; with eth_getLogs, the first block of the range counts
 */
export function archiveDepth({
  depth,
  refusal = captured('publicnode archive'),
  methods = stateMethods,
}: Depth): FaultPolicy {
  return named(`no state beyond ${depth} blocks`, async (request, node) => {
    const block = blockNamed(request)
    if (!methods.includes(request.method) || isTag(block)) return undefined
    const [number, head] = [await numberOf(block, node), await headOf(node)]
    return number !== undefined && number < head - depth ? refusal : undefined
  })
}

type Span = { readonly from: bigint; readonly to: bigint; readonly says: bigint }

const asked = ({ from, to }: Span): string => `${to - from + 1n}`

/** How endpoints refuse a range of blocks, by the name under which it was captured. */
const SPAN_WORDINGS = {
  'publicnode span': ({ says }: Span): Put => [['50000', `${says}`]],
  'drpc range': ({ says }: Span): Put => [['10000', `${says}`]],
  'mevblocker span': (span: Span): Put => [
    ['47440', asked(span)],
    ['10000', `${span.says}`],
  ],
  '1rpc span': ({ says }: Span): Put => [['0 - 50', `0 - ${says}`]],
  nodies: ({ says }: Span): Put => [['50', `${says}`]],
  'alchemy public': ({ from, says }: Span): Put => [
    ['100 block range', `${says} block range`],
    ['[0x100000, 0x100063]', `[${hex(from)}, ${hex(from + says - 1n)}]`],
  ],
  blockrazor: ({ says }: Span): Put => [['25', `${says}`]],
  cloudflare: ({ says }: Span): Put => [['800', `${says}`]],
  thirdweb: ({ says }: Span): Put => [['1000', `${says}`]],
  // Cloudflare's without its number: none of the captured ones leaves the number out.
  unhinted: (): Put => [[' Max range: 800', '']],
} as const

export type SpanWording = keyof typeof SPAN_WORDINGS

type SpanCap = {
  /** Blocks; the first and the last count. */
  readonly cap: bigint
  /** What the refusal says that the cap is, where it says something else. */
  readonly says?: bigint
  readonly wording?: SpanWording
}

async function rangeOf(filter: unknown, node: AskNode): Promise<Omit<Span, 'says'> | undefined> {
  if (!isFilter(filter) || filter.blockHash !== undefined) return undefined
  const from = await numberOf(filter.fromBlock ?? 'latest', node)
  const to = await numberOf(filter.toBlock ?? 'latest', node)
  return from === undefined || to === undefined ? undefined : { from, to }
}

/** Refuse logs of more blocks than `cap` at once. */
export function spanCap({ cap, says = cap, wording = 'mevblocker span' }: SpanCap): FaultPolicy {
  return named(`logs of ${cap} blocks (${wording})`, async ({ method, params }, node) => {
    const range = method === 'eth_getLogs' ? await rangeOf(params[0], node) : undefined
    if (range === undefined || range.to - range.from + 1n <= cap) return undefined
    return captured(
      wording === 'unhinted' ? 'cloudflare' : wording,
      SPAN_WORDINGS[wording]({ ...range, says }),
    )
  })
}

type Hint = { readonly cap: number; readonly from: string; readonly to: string }

/** How endpoints refuse too many logs. */
const RESULT_WORDINGS = {
  infura: ({ cap }: Hint): Put => [['10000', `${cap}`]],
  'pocket results': ({ cap }: Hint): Put => [['5000', `${cap}`]],
  'mevblocker old': ({ cap, from, to }: Hint): Put => [
    ['10000', `${cap}`],
    ['[0x184036C, 0x184037B]', `[${from}, ${to}]`],
  ],
  nethermind: ({ cap, from, to }: Hint): Put => [
    ['50000', `${cap}`],
    ['[0x1000000, 0x1080000]', `[${from}, ${to}]`],
  ],
} as const

type ResultCap = { readonly cap: number; readonly wording?: keyof typeof RESULT_WORDINGS }

/** Refuse more logs than `cap` at once; a hinted range is one that gives no more than the cap, if any does. */
export function resultCap({ cap, wording = 'infura' }: ResultCap): FaultPolicy {
  return named(`${cap} logs (${wording})`, async ({ method, params }, node) => {
    if (method !== 'eth_getLogs') return undefined
    const logs = ((await node(method, params)) ?? []) as readonly { readonly blockNumber: string }[]
    const beyond = logs[cap]
    const range = await rangeOf(params[0], node)
    if (beyond === undefined || range === undefined) return undefined
    const last = BigInt(beyond.blockNumber) - 1n
    const to = hex(last < range.from ? range.from : last)
    return captured(wording, RESULT_WORDINGS[wording]({ cap, from: hex(range.from), to }))
  })
}

/** Refuse JSON arrays of more requests than `cap`. */
export const batchCap = ({ cap }: { readonly cap: number }): FaultPolicy =>
  named(`batches of ${cap}`, ({ batch }) =>
    batch > cap ? captured('drpc batch', [['3 requests', `${cap} requests`]]) : undefined,
  )

/** Refuse filters of more addresses than `cap`, as a firewall does. */
export const filterAddressCap = ({ cap }: { readonly cap: number }): FaultPolicy =>
  named(`filters of ${cap} addresses`, ({ method, params: [filter] }) => {
    if (method !== 'eth_getLogs' || !isFilter(filter)) return undefined
    return Array.isArray(filter.address) && filter.address.length > cap
      ? captured('publicnode addr')
      : undefined
  })

type Rate = { readonly calls: number; readonly per?: number; readonly refusal?: Fault }

/**
 * Serve so many requests within any window, and refuse the rest; what was refused does not count.
 * @param per length of the window in milliseconds, a second by default
 */
export function rateLimit({ calls, per = 1_000, refusal = captured('drpc rate') }: Rate): FaultPolicy {
  const served: number[] = []
  return named(`${calls} requests in ${per} ms`, ({ at }) => {
    while (served.length > 0 && at - (served[0] ?? at) >= per) served.shift()
    if (served.length >= calls) return refusal
    served.push(at)
    return undefined
  })
}
