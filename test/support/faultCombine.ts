import { paramsAfter } from './faultExchange.ts'
import type { Cors, FaultPolicy } from './faultProxy.ts'

/** Give a policy the name under which tables show it. */
export function named(name: string, policy: FaultPolicy, cors: Cors | undefined = policy.cors): FaultPolicy {
  const own: FaultPolicy = (request, node) => policy(request, node)
  const told = cors === undefined ? own : Object.assign(own, { cors })
  return Object.defineProperty(told, 'name', { value: name })
}

/**
 * Put two faults on one endpoint: the first, and then the second on what it leaves. The second is asked about the
 * request as the first changed it. What the first answers by itself (a refusal, a cut connection) it keeps, but the
 * second still delays, cuts or changes that answer.
 */
export const both = (first: FaultPolicy, second: FaultPolicy): FaultPolicy =>
  named(
    `${first.name} + ${second.name}`,
    async (request, node) => {
      const one = await first(request, node)
      const two = await second({ ...request, params: paramsAfter(one, request.params) }, node)
      if (one === undefined || two === undefined) return one ?? two
      return { kind: 'several', faults: [one, two] }
    },
    { ...first.cors, ...second.cors },
  )

/** Put any number of faults on one endpoint, each on what those before it leave. */
export const inTurn = (name: string, ...policies: readonly FaultPolicy[]): FaultPolicy =>
  named(
    name,
    policies.reduce(
      both,
      named('honest', () => undefined),
    ),
  )

/** Spare some of the requests that a fault would meet: only every n-th of them meets it. */
export function oneIn(every: number, policy: FaultPolicy): FaultPolicy {
  let met = 0
  return named(
    `${policy.name}, 1 in ${every}`,
    async (request, node) => {
      const fault = await policy(request, node)
      if (fault === undefined) return undefined
      met += 1
      return met % every === 0 ? fault : undefined
    },
    policy.cors,
  )
}

/** Keep a fault to some methods. */
export const only = (methods: readonly string[], policy: FaultPolicy): FaultPolicy =>
  named(
    `${policy.name} (${methods.join(', ')})`,
    (request, node) => (methods.includes(request.method) ? policy(request, node) : undefined),
    policy.cors,
  )
