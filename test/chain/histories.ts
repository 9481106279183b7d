import { decodeFunctionData, decodeFunctionResult, encodeFunctionResult, type Hex, multicall3Abi } from 'viem'
import { expect } from 'vitest'
import type { ChainClient } from '../../src/chain/client.ts'
import { type HistoryProgress, type HistoryRequest, readHistory } from '../../src/chain/readHistory.ts'
import { readSnapshot } from '../../src/chain/readSnapshot.ts'
import { DAY } from '../../src/math/fixedPoint.ts'
import type { Sample, SampleArchive } from '../../src/math/sample.ts'
import { tokenPools } from '../../src/pools/index.ts'
import { MULTICALL3 } from '../../src/pools/infrastructure.ts'
import type { Read } from '../../src/pools/read.ts'
import { createMemoryStore } from '../../src/store/sampleStore.ts'
import { type FaultPolicy, type FaultProxy, type ProxiedRequest, refuse } from '../support/faultProxy.ts'

/** A request for the whole history of all pools, but for what is changed. */
export const requestOf = async (
  client: ChainClient,
  change: Partial<HistoryRequest> = {},
): Promise<HistoryRequest> => ({
  pools: tokenPools,
  head: await readSnapshot(client, change.pools ?? tokenPools, { block: 'latest', role: 'head' }),
  span: undefined,
  windows: [30n * DAY],
  ...change,
})

/** Read to the end and give the last progress. */
export async function readAll(
  client: ChainClient,
  archive: SampleArchive,
  change: Partial<HistoryRequest> = {},
) {
  const request = await requestOf(client, change)
  let last: HistoryProgress | undefined
  let count = 0
  for await (const progress of readHistory(client, archive, request)) {
    last = progress
    count += 1
  }
  if (last === undefined) return expect.unreachable('no progress at all')
  return { ...last, count, head: request.head }
}

/** An archive that remembers what it was given. */
export function watchedArchive() {
  const store = createMemoryStore()
  const kept: Sample[] = []
  const names: string[] = []
  const archive: SampleArchive = {
    load: store.load,
    keep: async (identity, samples) => {
      kept.push(...samples)
      names.push(identity)
      await store.keep(identity, samples)
    },
  }
  /** All that is in it at last, of all chains. */
  const load = async (): Promise<Sample[]> => {
    const identities = [...new Set(names)]
    const found = await Promise.all(identities.map(name => store.load(name, 0n, 10n ** 12n)))
    return found.flat()
  }
  return { archive, kept, load }
}

/** Blocks of which nothing is left to be read: cbETH answers 0 at first, which is never kept. */
export const wholeBlocks = (kept: readonly Sample[]): bigint[] =>
  kept.filter(({ readings }) => Object.keys(readings).length === tokenPools.length).map(({ block }) => block)

/** A call at another block than the newest. */
export const isOldCall = ({ method, params }: ProxiedRequest): boolean =>
  method === 'eth_call' && params[1] !== 'latest'

/** The blocks at which a proxy was asked for calls, each once for every request. */
export const askedBlocks = ({ requests }: FaultProxy): bigint[] =>
  requests
    .filter(({ method, params }) => method === 'eth_call' && params[1] !== 'latest')
    .map(({ params }) => BigInt(params[1] as Hex))

/** Let one contract answer otherwise wherever it is called, in Multicall3's aggregate3 or alone. */
export function answerInstead(read: Read, reply: Hex | 'reverts'): FaultPolicy {
  const isAsked = (target: string, data: string): boolean =>
    `${target}${data}`.toLowerCase() === `${read.address}${read.callData}`.toLowerCase()
  const result =
    reply === 'reverts' ? { success: false, returnData: '0x' as const } : { success: true, returnData: reply }
  return ({ method, params }) => {
    if (method !== 'eth_call') return undefined
    const [{ to, data }] = params as [{ to: string; data: Hex }]
    if (isAsked(to, data))
      return reply === 'reverts'
        ? refuse(200, { code: 3, message: 'execution reverted' })
        : { kind: 'result', change: () => reply }
    if (to !== MULTICALL3 || !data.startsWith('0x82ad56cb')) return undefined
    const { args } = decodeFunctionData({ abi: multicall3Abi, data })
    const calls = (args?.[0] ?? []) as readonly { target: Hex; callData: Hex }[]
    const change = (honest: unknown): unknown => {
      if (honest === '0x') return honest
      const from = { abi: multicall3Abi, functionName: 'aggregate3' } as const
      const results = decodeFunctionResult({ ...from, data: honest as Hex })
      const changed = results.map((one, index) => {
        const { target = '0x', callData = '0x' } = calls[index] ?? {}
        return isAsked(target, callData) ? result : one
      })
      return encodeFunctionResult({ ...from, result: changed })
    }
    return { kind: 'result', change }
  }
}
