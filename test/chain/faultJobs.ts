import type { Address } from 'viem'
import type { ChainClient } from '../../src/chain/client.ts'
import { ChainError } from '../../src/chain/errors.ts'
import { readAgreement } from '../../src/chain/readAgreement.ts'
import { readHistory } from '../../src/chain/readHistory.ts'
import { readLive } from '../../src/chain/readLive.ts'
import { readSnapshot, sampleOf } from '../../src/chain/readSnapshot.ts'
import { readWallet } from '../../src/chain/readWallet.ts'
import { isSameReading } from '../../src/math/compareSamples.ts'
import { DAY, type Seconds, WAD } from '../../src/math/fixedPoint.ts'
import type { Sample } from '../../src/math/sample.ts'
import { poolKey } from '../../src/pools/definePool.ts'
import { tokenPools } from '../../src/pools/index.ts'
import { settle } from '../../src/queries/settledLive.ts'
import { settleWallet } from '../../src/queries/settledWallet.ts'
import { watchedArchive } from './histories.ts'

/** What came of a job. `lapse` is a wrong figure shown or stored as right: there must be none. */
export type Result = {
  readonly text: string
  readonly lapse?: string
  /** Whether everything that was asked for is there and right. */
  readonly isWhole: boolean
}

/** What is true, read from the node itself. */
export type Truth = {
  readonly client: ChainClient
  readonly account: Address
  readonly span: Seconds
  /** Time of the newest block, at which the chain stands still. */
  readonly headTime: Seconds
  readonly samples: Map<bigint, Sample>
}

/** Seconds without a sign of life that count as hanging. */
export const LONGEST = 30

export type Job = (client: ChainClient, truth: Truth) => Promise<Result>

async function trueSample({ client, samples }: Truth, block: bigint): Promise<Sample> {
  const known = samples.get(block)
  if (known !== undefined) return known
  const sample = sampleOf(await readSnapshot(client, tokenPools, { block, role: 'archive' }))
  samples.set(block, sample)
  return sample
}

/** The pools about which a sample says something else than the node does, and those that it does not know. */
async function judge(truth: Truth, sample: Sample): Promise<{ wrong: string[]; unknown: string[] }> {
  const right = await trueSample(truth, sample.block)
  const [wrong, unknown]: string[][] = [[], []]
  for (const pool of tokenPools) {
    const [said, is] = [sample.readings[poolKey(pool)], right.readings[poolKey(pool)]]
    if (said === undefined || said.state === 'unknown') {
      if (is?.state !== 'unknown') unknown?.push(pool.name)
    } else if (!isSameReading(said, is) || sample.time !== right.time) wrong?.push(pool.name)
  }
  return { wrong: wrong ?? [], unknown: unknown ?? [] }
}

const failureText = (error: unknown): string => {
  if (!(error instanceof ChainError)) throw error
  const { failures } = error as { failures?: readonly ChainError[] }
  const names = [...new Set((failures ?? [error]).map(({ name }) => name))]
  return `said why: ${names.join(', ')}`
}

const told = async (job: () => Promise<Result>): Promise<Result> => {
  try {
    return await job()
  } catch (error) {
    return { text: failureText(error), isWhole: false }
  }
}

/** The newest figures as the page takes them: read, held against another operator's, and read again where refuted. */
async function settled(client: ChainClient) {
  const live = await readLive(client, tokenPools, { role: 'head' })
  const agreement = await readAgreement(client, tokenPools, live)
  if (agreement.verdict.kind !== 'refuted')
    return { live: settle(live, agreement), verdict: agreement.verdict.kind }
  const again = await readLive(client, tokenPools, { role: 'head' })
  return { live: again, verdict: 'refuted and read again' as const }
}

export const liveJob: Job = (client, truth) =>
  told(async () => {
    const { live, verdict } = await settled(client)
    const { wrong, unknown } = await judge(truth, sampleOf(live))
    const parts = [verdict, ...(unknown.length > 0 ? [`not shown: ${unknown.join(', ')}`] : [])]
    if (wrong.length === 0) return { text: `right, ${parts.join(', ')}`, isWhole: unknown.length === 0 }
    // One operator alone cannot be seen through; the page says that it is one.
    if (verdict === 'alone') return { text: 'one operator’s word, said so', isWhole: false }
    return { text: 'WRONG', lapse: `live shows ${wrong.join(', ')} wrong (${verdict})`, isWhole: false }
  })

type Read = {
  samples: readonly Sample[]
  kept: readonly Sample[]
  failure: string | undefined
  /** Seconds of the longest time without a sign of life. */
  silence: number
}

async function readSpan(client: ChainClient, { span }: Truth): Promise<Read> {
  const { archive, load } = watchedArchive()
  const { live } = await settled(client)
  const request = { pools: tokenPools, head: live, span, windows: [30n * DAY] }
  let samples: readonly Sample[] = []
  let failure: string | undefined
  let [silence, last] = [0, performance.now()]
  const listen = (): void => {
    silence = Math.max(silence, (performance.now() - last) / 1_000)
    last = performance.now()
  }
  try {
    for await (const progress of readHistory(client, archive, request)) {
      samples = progress.samples
      listen()
    }
  } catch (error) {
    failure = failureText(error)
  }
  listen()
  return { samples, kept: await load(), failure, silence }
}

/** What was stored and is not so. */
async function wrongInStore(truth: Truth, kept: readonly Sample[]): Promise<string[]> {
  const lapses: string[] = []
  for (const sample of kept) {
    const right = await trueSample(truth, sample.block)
    for (const [key, reading] of Object.entries(sample.readings))
      if (!isSameReading(reading, right.readings[key])) lapses.push(`stores ${key} wrong at ${sample.block}`)
  }
  return lapses
}

export const historyJob: Job = (client, truth) =>
  told(async () => {
    const { samples, kept, failure, silence } = await readSpan(client, truth)
    if (silence > LONGEST) return { text: 'HANGS', lapse: `silent for ${silence} s`, isWhole: false }
    const judged = await Promise.all(samples.map(sample => judge(truth, sample)))
    const wrong = new Set(judged.flatMap(one => one.wrong))
    const missing = new Set(judged.flatMap(one => one.unknown))
    const stored = await wrongInStore(truth, kept)
    const hasOthers = new Set(client.endpoints.map(({ operator }) => operator)).size > 1
    const shown = wrong.size > 0 && hasOthers ? [`shows ${[...wrong].join()} wrong`] : []
    const lapses = [...shown, ...stored]
    if (lapses.length > 0) return { text: 'WRONG', lapse: lapses.slice(0, 3).join('; '), isWhole: false }
    if (wrong.size > 0) return { text: 'one operator’s word, said so, nothing stored', isWhole: false }
    if (failure !== undefined) return { text: `${samples.length} right, then ${failure}`, isWhole: false }
    const not = missing.size === 0 ? '' : `, not shown: ${[...missing].join(', ')}`
    return {
      text: `right, ${samples.length} samples, ${kept.length} stored${not}`,
      isWhole: missing.size === 0,
    }
  })

export const walletJob: Job = (client, truth) =>
  told(async () => {
    const [wallet, live] = await Promise.all([
      readWallet(client, tokenPools, [truth.account]),
      settled(client).then(
        ({ live: figures }) => figures,
        () => undefined,
      ),
    ])
    const { assets, operator } = settleWallet(wallet, live)
    const right = await readWallet(truth.client, tokenPools, [truth.account])
    const rates = await trueSample(truth, wallet.block)
    const wrong = assets.filter(({ id, poolId, balance, rate, rateOutcome }) => {
      const is = right.assets.find(asset => asset.id === id)
      const pool = tokenPools.find(one => one.id === poolId)
      const reading = pool === undefined ? undefined : rates.readings[poolKey(pool)]
      const trueRate = rateOutcome === undefined ? WAD : reading?.state === 'known' ? reading.rate : undefined
      return (balance !== undefined && balance !== is?.balance) || (rate !== undefined && rate !== trueRate)
    })
    const hidden = assets.filter(({ balance, rate }) => balance === undefined || rate === undefined)
    const not = hidden.length === 0 ? '' : `, not shown: ${hidden.map(({ symbol }) => symbol).join(', ')}`
    if (wrong.length === 0) return { text: `right, by ${operator} alone${not}`, isWhole: hidden.length === 0 }
    const names = wrong.map(({ symbol }) => symbol).join(', ')
    if (live === undefined || live.operator === operator)
      return { text: `one operator’s word, said so (${names})`, isWhole: false }
    return { text: 'WRONG', lapse: `wallet shows ${names} wrong`, isWhole: false }
  })
