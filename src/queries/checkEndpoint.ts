import { climbLadder, type KnownLogs, type Step as LadderStep } from '../chain/climbLadder.ts'
import { type Endpoint, InvalidEndpoint, isLoopback, ownEndpoint } from '../chain/endpoints.ts'
import type { BlockNumber } from '../math/fixedPoint.ts'
import { rocketPool } from '../pools/rocketPool.ts'
import type { Session } from './session.ts'

export type Step = LadderStep

/**
 * Rocket Pool's report of the balances at block 20,123,856 landed 67 slots later: a range that the narrowest reader of
 * logs serves. Source: reth-vectors, row of that block.
 */
const KNOWN_LOGS: KnownLogs = {
  addresses: rocketPool.reports.flatMap(({ addresses }) => addresses),
  topics: rocketPool.reports.map(({ topic }) => topic),
  from: 20_123_856n,
  to: 20_123_927n,
}

/** A local chain has its reports among its first thousand blocks, unless it is a fork. */
const LOCAL_LOGS: KnownLogs = { ...KNOWN_LOGS, from: 0n, to: 1_000n }

/** Logs that are on any chain of this page with such a head. */
export const knownLogs = (head: BlockNumber): KnownLogs => {
  if (head >= KNOWN_LOGS.to) return KNOWN_LOGS
  return head < LOCAL_LOGS.to ? { ...LOCAL_LOGS, to: head } : LOCAL_LOGS
}

/** Describe an own node that this page can ask, or say why it cannot. */
export function parseOwnEndpoint(text: string): { endpoint: Endpoint } | { problem: string } {
  try {
    const endpoint = ownEndpoint(text.trim())
    // The page's Content-Security-Policy cannot name it: browsers take an IPv6 address with a port for invalid there.
    return new URL(endpoint.url).hostname === '[::1]'
      ? { problem: 'Write localhost or 127.0.0.1 instead of [::1], which this page may not ask.' }
      : { endpoint }
  } catch (error) {
    if (error instanceof InvalidEndpoint) return { problem: error.message }
    throw error
  }
}

/** Say what may keep a page from a node on this machine; undefined where nothing does. */
export function mixedContentNote({ url }: Endpoint, pageProtocol: string): string | undefined {
  if (!isLoopback(url) || pageProtocol !== 'https:') return undefined
  return 'This page is encrypted and the node is not: browsers allow that for localhost alone, and may ask you first. The node must allow this page (CORS).'
}

/** Count what a check found for the visit, where the endpoint is one that is asked. */
export function noteSteps({ client }: Session, url: string, steps: readonly LadderStep[]): void {
  const standing = client.standings.find(({ endpoint }) => endpoint.url === url)
  for (const { rung, isPassed } of steps) standing?.noteRung(rung, isPassed)
}

/**
 * Climb the ladder of an endpoint for the chain of this page, a step at a time; what is found counts for the visit.
 * @throws the reason of an abort
 */
export async function* checkEndpoint(
  session: Session,
  endpoint: Endpoint,
  signal: AbortSignal,
): AsyncGenerator<LadderStep, void> {
  const { network, ledger } = session.client
  for await (const step of climbLadder(endpoint, { network, ledger, knownLogs, signal })) {
    noteSteps(session, endpoint.url, [step])
    yield step
  }
}
