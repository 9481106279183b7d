import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll } from 'vitest'
import { type ChainClient, createClient } from '../../src/chain/client.ts'
import type { Endpoint } from '../../src/chain/endpoints.ts'
import type { LogFilter } from '../../src/chain/logFilter.ts'
import type { EndpointMemory, Learned } from '../../src/math/endpointMemory.ts'
import type { BlockNumber } from '../../src/math/fixedPoint.ts'

// A stand-in for a node: it answers eth_getLogs over millions of block numbers with logs that were never emitted,
// because the embedded chain cannot have so many blocks. It knows no other method. What reads of real logs come to is
// tested on the embedded chain.

export const REPORTER = '0x07fcabcbe4ff0d80c2b1eb42855c0131b6cba2f4'
export const EVENT = `0x${'7b'.repeat(32)}` as const
const DAILY = 7_200n

/** Blocks of a log a day, not always at the same hour, over a range. */
export function dailyBlocks(from: BlockNumber, to: BlockNumber): BlockNumber[] {
  const blocks: BlockNumber[] = []
  for (let day = from / DAILY; day * DAILY <= to; day += 1n) {
    const block = day * DAILY + ((day * 37n) % 600n)
    if (block >= from && block <= to) blocks.push(block)
  }
  return blocks
}

/** The days between the blocks, as samples would prove them: each with one of the blocks at its end. */
export const knownDays = (blocks: readonly BlockNumber[]): { from: BlockNumber; to: BlockNumber }[] =>
  blocks.slice(1).map((to, index) => ({ from: (blocks[index] ?? 0n) + 1n, to }))

export const filterOf = (change: Partial<LogFilter> = {}): LogFilter => ({
  key: 'reports@1',
  addresses: [REPORTER],
  topics: [EVENT],
  known: [],
  quiet: 10_800n,
  ...change,
})

/** A log as a node writes it. */
export const rawLog = (block: BlockNumber, index = 0n): Record<string, unknown> => ({
  address: REPORTER,
  topics: [EVENT],
  data: `0x${block.toString(16).padStart(64, '0')}`,
  blockNumber: `0x${block.toString(16)}`,
  transactionHash: `0x${(block * 1_000n + index).toString(16).padStart(64, '0')}`,
  transactionIndex: '0x0',
  blockHash: `0x${block.toString(16).padStart(64, '0')}`,
  logIndex: `0x${index.toString(16)}`,
  removed: false,
})

export type AskedLogs = {
  readonly from: BlockNumber
  readonly to: BlockNumber
  readonly span: bigint
  readonly addresses: readonly string[]
  /** 0 for the first. */
  readonly index: number
}

/** What to say instead of the logs: a status and a body, or other logs. */
export type Instead =
  | { readonly status: number; readonly body: (id: unknown) => string }
  | { readonly logs: readonly unknown[] }
  | 'cut'

export const refusal = (
  error: { readonly code?: number; readonly message: string; readonly data?: unknown },
  status = 200,
): Instead => ({ status, body: id => JSON.stringify({ jsonrpc: '2.0', id, error }) })

/** Refuse more blocks than a cap. Without a number in its words, or with what `says` makes of them. */
export const capped =
  (
    cap: bigint,
    says: (asked: AskedLogs) => Instead = () =>
      refusal({ code: -32_000, message: 'Block range is too wide' }),
  ) =>
  (asked: AskedLogs): Instead | undefined =>
    asked.span > cap ? says(asked) : undefined

export type LogEndpoint = {
  readonly url: string
  readonly asked: readonly AskedLogs[]
  /** Requests that were answered with logs or none. */
  readonly served: readonly AskedLogs[]
  /** From now on. */
  readonly answer: (instead: (asked: AskedLogs) => Instead | undefined | Promise<Instead | undefined>) => void
  readonly forget: () => void
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of incoming.setEncoding('utf8')) text += String(chunk)
  return text
}

type Filter = { fromBlock: string; toBlock: string; address: string[] }

/** Put a stand-in on 127.0.0.1 that has logs in these blocks; it is stopped after the tests of the file. */
export async function startLogEndpoint(
  blocks: readonly BlockNumber[],
  first: (asked: AskedLogs) => Instead | undefined | Promise<Instead | undefined> = () => undefined,
): Promise<LogEndpoint> {
  const ascending = [...blocks].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  const asked: AskedLogs[] = []
  const served: AskedLogs[] = []
  let instead = first
  const server = createServer(async (incoming, outgoing) => {
    const { id, method, params } = JSON.parse(await textOf(incoming)) as {
      id: unknown
      method: string
      params: [Filter]
    }
    if (method !== 'eth_getLogs') return void outgoing.destroy()
    const [from, to] = [BigInt(params[0].fromBlock), BigInt(params[0].toBlock)]
    const request = { from, to, span: to - from + 1n, addresses: params[0].address, index: asked.length }
    asked.push(request)
    const answer = await instead(request)
    if (answer === 'cut') return void outgoing.destroy()
    const isRefusal = answer !== undefined && 'status' in answer
    if (!isRefusal) served.push(request)
    const logs = answer !== undefined && 'logs' in answer ? answer.logs : logsIn(ascending, from, to)
    const body = isRefusal ? answer.body(id) : JSON.stringify({ jsonrpc: '2.0', id, result: logs })
    outgoing.writeHead(isRefusal ? answer.status : 200, { 'content-type': 'application/json' }).end(body)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', () => resolve()))
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    served,
    answer: next => {
      instead = next
    },
    forget: () => {
      asked.splice(0)
      served.splice(0)
    },
  }
}

export const logsIn = (blocks: readonly BlockNumber[], from: BlockNumber, to: BlockNumber): unknown[] =>
  blocks.filter(block => block >= from && block <= to).map(block => rawLog(block))

/** What is remembered between visits, here in a map. */
export function createMemory(): EndpointMemory {
  const learned = new Map<string, Learned>()
  return {
    recall: url => learned.get(url) ?? {},
    remember: (url, fresh) => learned.set(url, { ...learned.get(url), ...fresh }),
  }
}

/** A record of an endpoint that is in no hurry and sets no pace. */
export const logRecord = (url: string, operator: string, change: Partial<Endpoint> = {}): Endpoint => ({
  url,
  operator,
  roles: ['logs'],
  privacy: 'none',
  pace: { atOnce: 8, spacing: 0 },
  ...change,
})

/** A visit to these endpoints, operators named a, b, c in order. */
export const visit = (
  endpoints: readonly (LogEndpoint | { url: string } | Endpoint)[],
  memory: EndpointMemory = createMemory(),
): ChainClient =>
  createClient(
    endpoints.map((endpoint, index) =>
      'operator' in endpoint ? endpoint : logRecord(endpoint.url, 'abcdefgh'.charAt(index)),
    ),
    { chainIds: [1n], grid: DAILY },
    { memory },
  )
