import type { EndpointMemory } from '../math/endpointMemory.ts'
import type { BlockNumber, Seconds } from '../math/fixedPoint.ts'
import { askHedged, askInTurn } from './askRound.ts'
import { isOffline } from './deviceNetwork.ts'
import { type Endpoint, isLoopback, type Role } from './endpoints.ts'
import {
  type ChainError,
  DeviceOffline,
  type Disagreement,
  NoEndpointServed,
  RateLimited,
  UnexpectedReply,
  Unreachable,
} from './errors.ts'
import { createLedger, type Ledger } from './ledger.ts'
import { askMember, createMember, type Member, waitOf } from './member.ts'
import { wait } from './pace.ts'
import type { Answer, Question, Round } from './question.ts'
import { leash } from './signals.ts'
import type { Standing, Subject } from './standing.ts'

export type EndpointPool = {
  readonly endpoints: readonly Endpoint[]
  /** The one endpoint that may see the wallet; undefined where none may. */
  readonly walletEndpoint: Endpoint | undefined
  readonly ask: <Value>(question: Question<Value>) => Promise<Answer<Value>>
  /** What this visit has found out about each endpoint, in their order. */
  readonly standings: readonly Standing[]
  /** This visit's requests. */
  readonly ledger: Ledger
  /** What is remembered of endpoints for some days. */
  readonly memory: EndpointMemory
  /** Tell the newest block that was seen, from which the age of others is counted. */
  readonly follow: (block: BlockNumber) => void
  /** Ask an operator no more in this visit: it gave what others refute. */
  readonly setAside: (operator: string, failure: Disagreement) => void
}

export type PoolOptions = {
  readonly memory?: EndpointMemory | undefined
  /** A newest block older than this is stale where others can be asked. Absent for chains without a clock. */
  readonly mostHeadAge?: Seconds | undefined
  /** The one endpoint that may see the wallet; the first that offers it unless given. */
  readonly walletUrl?: string | undefined
}

const NO_MEMORY: EndpointMemory = { recall: () => ({}), remember: () => undefined }

/** How often all endpoints are gone through where failures may pass. The wallet and the head do not wait. */
const ROUNDS: Readonly<Record<Role, number>> = { head: 1, wallet: 1, archive: 4, logs: 1 }

/** Blocks behind the newest within which “no such block” means that an endpoint lags, not that it forgets. */
const LAG: BlockNumber = 128n

/** Part of its stated depth that an endpoint is trusted with. */
const nearly = (depth: bigint): bigint => (depth * 9n) / 10n

const mayPass = (failure: ChainError): boolean =>
  failure instanceof RateLimited || failure instanceof Unreachable || failure instanceof UnexpectedReply

/** Old state is spread over those that do not track; the others are asked when these fail. */
const isReserve = ({ endpoint: { privacy } }: Member): boolean => privacy !== 'none' && privacy !== 'own'

/** Those free first come first; those that failed a moment ago, and the reserve, come last. */
function inOrder(members: readonly Member[], role: Role): Member[] {
  const isSpread = role === 'archive'
  const rank = (member: Member): number =>
    (member.standing.isResting() ? 2 : 0) + (isSpread && isReserve(member) ? 1 : 0)
  return members
    .map(member => ({ member, rank: rank(member), wait: isSpread ? waitOf(member) : 0 }))
    .sort((a, b) => a.rank - b.rank || a.wait - b.wait)
    .map(({ member }) => member)
}

/**
 * Create a pool of endpoints that answers a question from an operator able to. The newest block is asked of one after
 * the other in their order, the next as soon as one is slow; old state of whoever is free first; a wallet of the one
 * endpoint that may see it. A revert is the contract's own answer and ends the search.
 * @throws (from `ask`) DeviceOffline; CallReverted; the endpoint's own failure where there is only one; NoEndpointServed
 */
export function createEndpointPool(
  endpoints: readonly Endpoint[],
  { memory = NO_MEMORY, mostHeadAge, walletUrl }: PoolOptions = {},
): EndpointPool {
  const ledger = createLedger()
  const members = endpoints.map(endpoint => createMember(endpoint, memory))
  const wallet = walletUrl ?? endpoints.find(({ roles }) => roles.includes('wallet'))?.url
  let newest: BlockNumber | undefined

  /** A block that is too young to be forgotten says nothing about an archive. */
  const subjectOf = <Value>({ method, role, block, isByHash }: Question<Value>): Subject => ({
    method: isByHash === true ? `${method} by hash` : method,
    role,
    block: block !== undefined && (newest === undefined || block + LAG <= newest) ? block : undefined,
  })

  const keeps = (block: BlockNumber | undefined, depth: bigint | undefined): boolean =>
    block !== undefined && depth !== undefined && newest !== undefined && newest - block < nearly(depth)

  function serves<Value>({ endpoint }: Member, { role, block, only, except }: Question<Value>): boolean {
    const { url, operator, roles, limits } = endpoint
    if (only !== undefined) return url === only
    if (role === 'wallet') return url === wallet
    if (except?.includes(operator) === true) return false
    return roles.includes(role) || (role === 'archive' && keeps(block, limits?.depth))
  }

  function goRound<Value>(question: Question<Value>): Promise<Round<Value>> {
    const { role, signal, ageOf, skipsResting } = question
    const subject = subjectOf(question)
    const able = inOrder(
      members.filter(member => serves(member, question)),
      role,
    )
    const isReady = ({ standing }: Member): boolean =>
      standing.refusalOf(subject) === undefined && !(skipsResting === true && standing.isResting())
    const ready = able.filter(isReady)
    const known = able.flatMap(({ standing }) => standing.refusalOf(subject) ?? [])
    const ask = (member: Member, by: AbortSignal | undefined): Promise<Answer<Value>> =>
      askMember(member, question, { signal: by, subject, ledger, memory })
    const round =
      role === 'head' && ready.length > 1
        ? askHedged(ready, ask, { signal, ageOf, mostAge: mostHeadAge })
        : askInTurn(ready, ask, signal)
    return round.then(({ answer, failures }) => ({ answer, failures: [...failures, ...known] }))
  }

  async function search<Value>(question: Question<Value>): Promise<Answer<Value>> {
    // What would fail for certain is held against nobody. A node on this machine needs no network.
    if (isOffline() && !members.some(member => serves(member, question) && isLoopback(member.endpoint.url)))
      throw new DeviceOffline(
        'This device is offline. The page reads on by itself as soon as there is a network.',
      )
    const last = question.rounds ?? (question.only === undefined ? ROUNDS[question.role] : 1)
    let { answer, failures } = await goRound(question)
    for (let round = 1; answer === undefined && round < last && failures.some(mayPass); round += 1) {
      await wait(500 * 2 ** round, question.signal)
      ;({ answer, failures } = await goRound(question))
    }
    if (answer !== undefined) return answer
    const [only] = failures
    throw only !== undefined && failures.length === 1 ? only : new NoEndpointServed(failures)
  }

  return {
    endpoints,
    walletEndpoint: endpoints.find(({ url }) => url === wallet),
    standings: members.map(({ standing }) => standing),
    ledger,
    memory,
    follow: block => {
      if (newest === undefined || block > newest) newest = block
    },
    setAside: (operator, failure) => {
      for (const { endpoint, standing } of members)
        if (endpoint.operator === operator)
          standing.noteFailure({ method: 'eth_call', role: 'head' }, failure)
    },
    ask: async question => {
      // A reading hands one signal to hundreds of questions: each waits and is sent under one of its own.
      const held = leash(question.signal)
      try {
        return await search({ ...question, signal: held.signal })
      } finally {
        held.release()
      }
    },
  }
}
