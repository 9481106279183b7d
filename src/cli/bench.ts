import 'fake-indexeddb/auto'
import { type ChainClient, createClient, LOCAL_ID } from '../chain/client.ts'
import { ownEndpoint } from '../chain/endpoints.ts'
import { readHistory } from '../chain/readHistory.ts'
import { readLive } from '../chain/readLive.ts'
import { readReports } from '../chain/readReports.ts'
import { readWallet } from '../chain/readWallet.ts'
import { EMBEDDED_GRID } from '../embedded/schedule.ts'
import { startEmbeddedChain } from '../embedded/start.ts'
import { DAY, type Seconds } from '../math/fixedPoint.ts'
import type { Sample, SampleArchive } from '../math/sample.ts'
import { tokenPools } from '../pools/index.ts'
import { createBlockTimeStore } from '../store/blockTimeStore.ts'
import { createLogStore } from '../store/logStore.ts'
import { createSampleStore } from '../store/sampleStore.ts'
import { type CountingProxy, startCountingProxy } from './bench/countingProxy.ts'
import { weighLiveCall } from './bench/liveWeight.ts'
import { readHistoryPlainly, readLivePlainly } from './bench/plainWay.ts'
import { type BenchResult, benchText, brokenBudgets, type Measure } from './bench/report.ts'
import { timeSeries } from './bench/seriesTime.ts'
import { splitOptions } from './common/options.ts'
import { complain, print } from './common/output.ts'
import { type CommandContext, runCommand } from './common/runCommand.ts'

const HELP = `Usage: npm run bench

Counts requests, bytes and time of the readers on an embedded chain of three years, beside the plain way of one
request for each figure, and ends with 1 where a budget is broken. Nothing leaves this machine.`

const READY_BUDGET_MS = 8_000

type Done<Value> = { readonly measure: Measure; readonly value: Value }

async function measured<Value>(
  proxy: CountingProxy,
  name: string,
  work: () => Promise<Value>,
): Promise<Done<Value>> {
  proxy.take()
  const startedAt = performance.now()
  const value = await work()
  return { measure: { name, ...proxy.take(), milliseconds: performance.now() - startedAt }, value }
}

/** A client that knows nothing yet, as a visit begins. */
const visit = (url: string): ChainClient =>
  createClient([ownEndpoint(url)], { chainIds: [LOCAL_ID], grid: EMBEDDED_GRID })

const readHead = (client: ChainClient) => readLive(client, tokenPools, { role: 'head' })

async function readSamples(
  client: ChainClient,
  archive: SampleArchive,
  span: Seconds,
): Promise<readonly Sample[]> {
  const head = await readHead(client)
  let samples: readonly Sample[] = []
  const request = { pools: tokenPools, head, span, windows: [30n * DAY] }
  for await (const progress of readHistory(client, archive, request)) samples = progress.samples
  return samples
}

/** Read the reports of the last 100 days of all pools. @returns how many there are */
async function readRecent(client: ChainClient, all: readonly Sample[]): Promise<number> {
  const until = all.at(-1)?.time ?? 0n
  const samples = all.filter(({ time }) => time >= until - 100n * DAY)
  const [from = 0n, to = 0n] = [samples[0]?.block, samples.at(-1)?.block]
  const archives = { logs: createLogStore(), times: createBlockTimeStore() }
  const request = { pools: tokenPools, samples, from, to, finalized: to, identity: 'bench' }
  let found = 0
  for await (const { reports } of readReports(client, archives, request))
    found = [...reports.values()].flat().length
  return found
}

const withSamples = ({ measure, value }: Done<readonly Sample[]>): Measure => ({
  ...measure,
  samples: value.length,
})

async function runAll(proxy: CountingProxy, account: `0x${string}`): Promise<BenchResult> {
  const year = 365n * DAY
  const { url } = proxy
  // Both ways once unmeasured: a process is slow the first time it does something.
  await readHead(visit(url))
  await readLivePlainly(url)
  const live = await measured(proxy, 'live figures', () => readHead(visit(url)))
  const coldYear = await measured(proxy, 'a year, first visit', () =>
    readSamples(visit(url), createSampleStore(), year),
  )
  // A new store on the same database is what a reload of the page makes.
  const client = visit(url)
  const store = createSampleStore()
  const secondVisit = await measured(proxy, 'a year, second visit', () => readSamples(client, store, year))
  const shorterRange = await measured(proxy, 'then 90 days', () => readSamples(client, store, 90n * DAY))
  const reports = await measured(proxy, 'reports of 100 days', () => readRecent(visit(url), coldYear.value))
  const weight = await weighLiveCall(url)
  const wallet = await measured(proxy, 'a wallet', () => readWallet(visit(url), tokenPools, [account]))
  const plainLive = await measured(proxy, 'plain way: live figures', () => readLivePlainly(url))
  const blocks = coldYear.value.map(({ block }) => block)
  const plainYear = await measured(proxy, 'plain way: the same year', () => readHistoryPlainly(url, blocks))
  return {
    live: live.measure,
    coldYear: withSamples(coldYear),
    secondVisit: withSamples(secondVisit),
    shorterRange: withSamples(shorterRange),
    reports: { ...reports.measure, samples: reports.value },
    wallet: wallet.measure,
    weight,
    series: timeSeries(),
    plainLive: plainLive.measure,
    plainYear: { ...plainYear.measure, samples: blocks.length },
  }
}

async function bench({ args, atEnd }: CommandContext): Promise<number> {
  const { values } = splitOptions(args, { help: { type: 'boolean' } })
  if (values['help'] === true) {
    print(HELP)
    return 0
  }
  const chain = await startEmbeddedChain({ live: false })
  atEnd(() => chain.stop())
  const proxy = await startCountingProxy(chain.url)
  atEnd(() => proxy.stop())
  const isSlow = chain.readyMs > READY_BUDGET_MS
  print(
    `Embedded chain of ${chain.headBlock} blocks ready in ${chain.readyMs} ms${isSlow ? ', over the 8,000 meant' : ''}`,
  )
  print('')
  const result = await runAll(proxy, chain.demoWallets.everything)
  print(benchText(result))
  const broken = brokenBudgets(result)
  for (const words of broken) complain(`Budget broken: ${words}.`)
  print(broken.length === 0 ? '\nAll budgets are kept.' : '')
  return broken.length === 0 ? 0 : 1
}

await runCommand('answers', bench)
