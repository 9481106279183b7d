import { createClient, headAge, LOCAL_ID } from '../../src/chain/client.ts'
import type { Endpoint } from '../../src/chain/endpoints.ts'
import { archiveDepth, captured, rateLimit } from '../support/faultLimits.ts'
import { type FaultPolicy, type FaultProxy, refuse, startFaultProxy } from '../support/faultProxy.ts'
import {
  cutOff,
  errorIn200,
  flaky,
  hangs,
  hugeAnswer,
  ignoresBlock,
  lyingRate,
  nothing,
  nullResult,
  refuseAll,
  resets,
  slow,
  staleHead,
  webPage,
  wrongChain,
} from '../support/faults.ts'
import { historyJob, type Job, LONGEST, liveJob, type Result, type Truth, walletJob } from './faultJobs.ts'

/** Faults as public endpoints have them, made anew for each use, since some count. */
export type NamedFault = { readonly name: string; readonly make: (place: number) => FaultPolicy }

const fault = (name: string, make: NamedFault['make']): NamedFault => ({ name, make })

/** A lie of its own for each place: two operators that say the same untruth are not seen through, and are not here. */
const lie = (place: number, every = 1): FaultPolicy =>
  lyingRate({ factor: [1_010n + 7n * BigInt(place), 1_000n], every })

export const faults: readonly NamedFault[] = [
  fault('no state older than 20 blocks', () => archiveDepth({ depth: 20n })),
  fault('429 after 20 a second', () => rateLimit({ calls: 20 })),
  fault('429 always', () => refuseAll('drpc rate')),
  fault('403 firewall', () => () => ({ kind: 'reply', status: 403, body: '<html>Forbidden</html>' })),
  fault('400 unroutable', () => () => captured('drpc route')),
  fault('500 temporary', () => refuseAll('drpc temp')),
  fault('method not allowed', () => refuseAll('flashbots')),
  fault('needs a key', () => refuseAll('ankr')),
  fault('ignores the block tag', () => ignoresBlock()),
  fault('stale head', () => staleHead({ behind: 40n })),
  fault('wrong chain', () => wrongChain()),
  fault('slow, 1 s', () => slow({ ms: 1_000 })),
  fault('hangs', () => hangs()),
  fault('resets', () => resets()),
  fault('cut off', () => cutOff()),
  fault('cut off, 1 in 4', () => flaky(4, cutOff())),
  fault('web page', () => webPage()),
  fault('nothing', () => nothing()),
  fault('null', () => nullResult()),
  fault('error in a 200', () => errorIn200()),
  fault('huge answers', () => hugeAnswer({ bytes: 20_000_000 })),
  fault('lying rate', place => lie(place)),
  fault('lying rate, 1 in 5', place => lie(place, 5)),
  fault('an error of its own', () => () => refuse(200, { code: -32_099, message: 'the hamster is asleep' })),
]

export const jobs: Readonly<Record<string, Job>> = { live: liveJob, history: historyJob, wallet: walletJob }

export type Cell = Result & {
  readonly faults: string
  readonly job: string
  readonly seconds: number
  readonly requests: number
}

const endpointAt = (url: string, place: number): Endpoint => ({
  url,
  operator: 'ABC'.charAt(place),
  roles: ['head', 'archive', 'logs', 'wallet'],
  // Public: what nobody confirms is not kept.
  privacy: 'none',
  pace: { atOnce: 4, spacing: 0 },
})

/** Let a job be done over endpoints with these faults, one policy each; undefined for a healthy one. */
export async function runCell(
  nodeUrl: string,
  truth: Truth,
  name: string,
  job: string,
  policies: readonly (FaultPolicy | undefined)[],
): Promise<Cell> {
  const proxies: FaultProxy[] = []
  for (const policy of policies) proxies.push(await startFaultProxy(nodeUrl, policy))
  const endpoints = proxies.map(({ url }, place) => endpointAt(url, place))
  // The chain stands still during the table: its head is fresh, and one 40 blocks behind it is not.
  const mostHeadAge = headAge(truth.headTime) + 240n
  const client = createClient(endpoints, { chainIds: [LOCAL_ID], grid: 1n, mostHeadAge })
  const began = performance.now()
  const run = jobs[job]
  if (run === undefined) throw new TypeError(`There is no job “${job}”.`)
  try {
    const result = await run(client, truth)
    const seconds = (performance.now() - began) / 1_000
    const isLong = job !== 'history' && seconds > LONGEST
    const requests = proxies.reduce((sum, proxy) => sum + proxy.count(), 0)
    const hang = isLong ? { text: 'HANGS', lapse: `${seconds} s` } : {}
    return { ...result, ...hang, faults: name, job, seconds, requests }
  } finally {
    await Promise.all(proxies.map(proxy => proxy.stop()))
  }
}

/** One line of text for each cell. */
export const tableOf = (cells: readonly Cell[]): string =>
  cells
    .map(
      ({ faults: name, job, text, lapse, seconds, requests }) =>
        `${name.padEnd(52)} ${job.padEnd(8)} ${seconds.toFixed(1).padStart(5)} s ${String(requests).padStart(5)}  ${text}${lapse === undefined ? '' : `  ← ${lapse}`}`,
    )
    .join('\n')
