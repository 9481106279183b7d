import type { Asked } from './faultExchange.ts'
import type { FaultProxy, ProxiedRequest } from './faultProxy.ts'

/** A request on record, of which the proxy still learns what becomes of it. */
export type Arrival = { -readonly [Key in keyof ProxiedRequest]: ProxiedRequest[Key] }

type Count = 'requests' | 'count' | 'counts' | 'preflights' | 'busiest' | 'gaps' | 'forget'

type FaultRecord = Pick<FaultProxy, Count> & {
  /** Enter the requests of one body. */
  readonly enter: (calls: readonly Asked[], at: number, bytesIn: number) => readonly Arrival[]
  readonly enterPreflight: () => void
}

/** Create the record of what came to a proxy. */
export function createRecord(): FaultRecord {
  const requests: Arrival[] = []
  let preflights = 0
  const times = (): number[] => requests.map(({ at }) => at).sort((one, other) => one - other)
  return {
    requests,
    enter: (calls, at, bytes) =>
      calls.map(({ method, params = [] }, place) => {
        const came = { at, batch: calls.length, bytesIn: place === 0 ? bytes : 0 }
        const arrival = { method, params, index: requests.length, ...came, bytesOut: 0, aborted: false }
        requests.push(arrival)
        return arrival
      }),
    enterPreflight: () => {
      preflights += 1
    },
    count: method => requests.filter(request => method === undefined || request.method === method).length,
    counts: () => {
      const counts: Record<string, number> = {}
      for (const { method } of requests) counts[method] = (counts[method] ?? 0) + 1
      return counts
    },
    preflights: () => preflights,
    busiest: window => mostWithin(times(), window),
    gaps: () => {
      const all = times()
      return all.slice(1).map((time, index) => time - (all[index] ?? time))
    },
    forget: () => {
      requests.splice(0)
      preflights = 0
    },
  }
}

/** Count the most of these ascending times that lie within any window of such a length; its end is outside of it. */
export function mostWithin(times: readonly number[], window: number): number {
  let first = 0
  let most = 0
  for (const [last, time] of times.entries()) {
    while (first < last && time - (times[first] ?? time) >= window) first += 1
    most = Math.max(most, last - first + 1)
  }
  return most
}
