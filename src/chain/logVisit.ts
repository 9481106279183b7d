import type { ChainClient } from './client.ts'
import type { Endpoint } from './endpoints.ts'
import type { LostLogs } from './logAnswer.ts'
import { createLogSpan, type LogSpan } from './logSpan.ts'

/** What a visit has found out about an endpoint and its log requests, for all readings of the visit. */
export type LogSeat = {
  readonly span: LogSpan
  /** Addresses in one request; undefined for all. */
  addresses: bigint | undefined
  /** Keys of filters of which it has shown a log where there is one. */
  readonly proven: Set<string>
  /** Keys of filters of which it has lost some. */
  readonly lost: Map<string, LostLogs>
}

const visits = new WeakMap<ChainClient, Map<string, LogSeat>>()

/** Give what this visit knows of an endpoint and log requests; at first, what its record and earlier visits say. */
export function logSeatOf(client: ChainClient, { url, limits }: Endpoint): LogSeat {
  const visit = visits.get(client) ?? new Map<string, LogSeat>()
  visits.set(client, visit)
  const seat = visit.get(url) ?? {
    span: createLogSpan(client.memory.recall(url), limits?.span),
    addresses: limits?.addresses,
    proven: new Set<string>(),
    lost: new Map<string, LostLogs>(),
  }
  visit.set(url, seat)
  return seat
}

/** Write down for the next visits what this one has learned of an endpoint's span. */
export function rememberSpan({ memory }: ChainClient, { url }: Endpoint, { span }: LogSeat): void {
  const learned = span.learned()
  const before = memory.recall(url)
  if (learned === undefined) return
  if (learned.span === before.span && learned.isStated === before.isStated) return
  memory.remember(url, { ...before, ...learned })
}
