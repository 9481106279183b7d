import { describe, expect, test } from 'vitest'
import { createClient } from '../../src/chain/client.ts'
import { logParams } from '../../src/chain/logAnswer.ts'
import type { LogFilter } from '../../src/chain/logFilter.ts'
import { type LogProgress, readLogs } from '../../src/chain/readLogs.ts'
import { rocketPool } from '../../src/pools/rocketPool.ts'
import { createMemoryLogStore } from '../../src/store/logStore.ts'
import { LOCAL, testChain } from '../support/chain.ts'
import { oneIn } from '../support/faultCombine.ts'
import { resultCap, spanCap } from '../support/faultLimits.ts'
import { always, type FaultPolicy, type FaultProxy } from '../support/faultProxy.ts'
import { emptyLogs } from '../support/faults.ts'
import { logRecord } from './logEndpoint.ts'

const running = testChain({ days: 40 })

const selection = {
  addresses: rocketPool.reports.flatMap(({ addresses }) => addresses),
  topics: rocketPool.reports.map(({ topic }) => topic),
}

type RawLog = { readonly blockNumber: string; readonly data: string; readonly transactionHash: string }

/** The node's own answer, and a filter that knows of a report every other time. */
async function reports(): Promise<{ filter: LogFilter; raw: readonly RawLog[]; to: bigint }> {
  const to = BigInt(await running.rpc<string>('eth_blockNumber', []))
  const raw = await running.rpc<RawLog[]>('eth_getLogs', [...logParams(selection, { from: 0n, to })])
  const known = raw
    .filter((_, index) => index % 2 === 1)
    .map(({ blockNumber }) => ({ from: BigInt(blockNumber) - 1n, to: BigInt(blockNumber) }))
  return { filter: { ...selection, key: 'rocket-pool@1', known, quiet: 3n }, raw, to }
}

async function read(proxies: readonly FaultProxy[], archive = createMemoryLogStore()) {
  const { filter, raw, to } = await reports()
  const endpoints = proxies.map(({ url }, index) =>
    logRecord(url, 'abc'.charAt(index), { limits: { span: 10n } }),
  )
  let last: LogProgress | undefined
  const request = { filter, from: 0n, to, finalized: to, identity: 'local' }
  for await (const value of readLogs(createClient(endpoints, LOCAL), archive, request)) last = value
  return { last, raw }
}

async function expectAll(proxies: readonly FaultProxy[]): Promise<void> {
  const { last, raw } = await read(proxies)
  expect(raw.length).toBeGreaterThan(30)
  expect(last).toMatchObject({ done: last?.wanted, doubts: [] })
  const plain = last?.logs.map(({ block, data, transaction }) => [block, data, transaction])
  expect(plain).toEqual(raw.map(log => [BigInt(log.blockNumber), log.data, log.transactionHash]))
}

test('default: all reports of the chain, as the node gives them itself', async () => {
  await expectAll([await running.proxy(), await running.proxy()])
})

test('behavior: the times of blocks come along where the node gives them', async () => {
  const { last } = await read([await running.proxy(), await running.proxy()])
  const [first] = last?.logs ?? []
  const block = await running.rpc<{ timestamp: string }>('eth_getBlockByNumber', [
    `0x${first?.block.toString(16)}`,
    false,
  ])
  expect(first?.time).toBe(BigInt(block.timestamp))
})

test('behavior: a second reading asks only for what is new', async () => {
  const archive = createMemoryLogStore()
  const proxies = [await running.proxy(), await running.proxy()]
  await read(proxies, archive)
  for (const proxy of proxies) proxy.forget()
  const { last, raw } = await read(proxies, archive)
  expect(last?.logs).toHaveLength(raw.length)
  expect(proxies.map(proxy => proxy.count())).toEqual([0, 0])
})

describe('faults', () => {
  const page = always({
    kind: 'reply',
    status: 200,
    body: '<!doctype html><html></html>',
    contentType: 'text/html',
  })
  const policies: readonly (readonly [string, () => FaultPolicy])[] = [
    ['no logs one time in three', () => emptyLogs()],
    ['no logs', () => emptyLogs({ every: 1 })],
    ['four blocks, stated', () => spanCap({ cap: 4n, wording: '1rpc span' })],
    ['four blocks, with a range', () => spanCap({ cap: 4n, wording: 'alchemy public' })],
    ['four blocks, unhinted', () => spanCap({ cap: 4n, wording: 'unhinted' })],
    ['two results, with a range', () => resultCap({ cap: 2, wording: 'mevblocker old' })],
    ['two results', () => resultCap({ cap: 2, wording: 'pocket results' })],
    [
      '429 one time in three',
      () => oneIn(3, always({ kind: 'reply', status: 429, body: 'Too Many Requests' })),
    ],
    ['cut one time in three', () => oneIn(3, always({ kind: 'cut' }))],
    ['a web page one time in three', () => oneIn(3, page)],
    ['a web page', () => page],
  ]
  test.each(policies)('behavior: %s, beside a good one, and the reports are all there', async (_, policy) => {
    await expectAll([await running.proxy(policy()), await running.proxy(), await running.proxy()])
  })
})
