import type { Learned } from '../math/endpointMemory.ts'
import type { BlockNumber } from '../math/fixedPoint.ts'
import { type Endpoint, paceOf, type Role } from './endpoints.ts'
import {
  ArchiveUnavailable,
  type ChainError,
  Disagreement,
  MethodUnavailable,
  RangeTooWide,
  RateLimited,
  RequestTooLarge,
  StaleHead,
  TooManyResults,
  UnexpectedReply,
  Unreachable,
  WrongChain,
} from './errors.ts'
import { createPacer, type Pacer } from './pace.ts'

/** What an endpoint has to be able to do, in the order in which it is found out. */
export type Rung = 'reachable' | 'chain' | 'head' | 'archive' | 'logs' | 'proof'

/** What is asked, as far as it matters to whether an endpoint can answer. */
export type Subject = {
  readonly method: string
  readonly role: Role
  readonly block?: BlockNumber | undefined
}

type Rest = {
  readonly until: number
  readonly count: number
  readonly failure: ChainError
  /** The refusal holds for blocks up to this one; for all where undefined. */
  readonly upTo?: BlockNumber | undefined
}

/** Everything that this visit has found out about an endpoint. */
export type Standing = {
  readonly endpoint: Endpoint
  readonly pacer: Pacer
  readonly rungs: ReadonlyMap<Rung, boolean>
  /** The last thing that it refused, and when (milliseconds since 1970). */
  readonly lastRefusal: () => { readonly at: number; readonly failure: ChainError } | undefined
  /** Why it is not asked at all: for a while, or in this visit. */
  readonly setAside: () => ChainError | undefined
  /** Whether it failed a moment ago, so that others are asked first. */
  readonly isResting: () => boolean
  /** The refusal that it gave to such a question not long ago: asking again is no use. */
  readonly refusalOf: (subject: Subject) => ChainError | undefined
  /** Milliseconds that an answer took lately. */
  readonly pause: () => number
  readonly noteAnswer: (subject: Subject, took: number, shows: readonly Rung[]) => void
  readonly noteFailure: (subject: Subject, failure: ChainError) => void
  /** Ask others first for a while: it was slower than the next. */
  readonly noteSlow: () => void
  /** Take note of what a check of its own found out. */
  readonly noteRung: (rung: Rung, isPassed: boolean) => void
  /** Take over what this visit found out before the page connected anew. */
  readonly inherit: (before: Standing) => void
}

const SECOND = 1_000
const MINUTE = 60 * SECOND
const DAY = 24 * 60 * MINUTE
/** Until an endpoint of another chain is tried again for the first time. */
const EXCHANGE = 10 * SECOND

/** Milliseconds after the n-th failure in a row: passing ones end soon, refusals on principle do not. */
const growing = (first: number, factor: number, most: number, count: number): number =>
  Math.min(most, first * factor ** (count - 1))

const restAfter = (failure: ChainError, count: number): number => {
  if (failure instanceof RateLimited) return growing(SECOND, 2, 30 * SECOND, count)
  if (failure instanceof StaleHead) return MINUTE
  return growing(5 * SECOND, 2, MINUTE, count)
}

/** Failures that say something about the request and nothing about the endpoint. */
const isAboutRequest = (failure: ChainError): boolean =>
  failure instanceof RangeTooWide || failure instanceof TooManyResults || failure instanceof RequestTooLarge

/** The rung that a failure breaks. */
function brokenRung({ method }: Subject, failure: ChainError): Rung | undefined {
  if (failure instanceof Unreachable) return 'reachable'
  if (failure instanceof WrongChain) return 'chain'
  if (failure instanceof StaleHead) return 'head'
  const isRefused = failure instanceof MethodUnavailable || failure instanceof ArchiveUnavailable
  // Logs that are lost or malformed are as good as none.
  if (method === 'eth_getLogs') return isRefused || failure instanceof UnexpectedReply ? 'logs' : undefined
  if (method === 'eth_getProof') return isRefused ? 'proof' : undefined
  return failure instanceof ArchiveUnavailable ? 'archive' : undefined
}

/**
 * Keep what a visit finds out about one endpoint. A refusal on principle (no such method, no state so old) keeps the
 * like from being asked again, ever longer; a passing failure only puts the endpoint behind the others for a while.
 */
export function createStanding(endpoint: Endpoint, learned: Learned = {}): Standing {
  const rungs = new Map<Rung, boolean>()
  const refused = new Map<string, Rest>()
  const pacer = createPacer(paceOf(endpoint), learned.spacing)
  let general: Rest | undefined
  let slowUntil = 0
  let aside: { readonly failure: ChainError; readonly until: number } | undefined
  let last: { at: number; failure: ChainError } | undefined
  let pause = 0
  let strange = 0

  function refuse({ method, block }: Subject, failure: ChainError): void {
    const before = refused.get(method)
    const count = (before?.count ?? 0) + 1
    const upTo =
      failure instanceof MethodUnavailable
        ? undefined
        : before?.upTo !== undefined && block !== undefined && before.upTo > block
          ? before.upTo
          : block
    refused.set(method, { until: Date.now() + growing(MINUTE, 4, DAY, count), count, failure, upTo })
  }

  const setAside = (): ChainError | undefined =>
    aside !== undefined && aside.until > Date.now() ? aside.failure : undefined

  /** Whoever refuses can be reached, whatever else it cannot do. */
  function climb(subject: Subject, failure: ChainError): void {
    const broken = brokenRung(subject, failure)
    rungs.set('reachable', true)
    if (broken !== undefined) rungs.set(broken, false)
  }

  return {
    endpoint,
    pacer,
    rungs,
    lastRefusal: () => last,
    setAside,
    isResting: () => Math.max(general?.until ?? 0, slowUntil) > Date.now(),
    refusalOf: ({ method, block }) => {
      const left = setAside()
      if (left !== undefined) return left
      const rest = refused.get(method)
      if (rest === undefined || rest.until <= Date.now()) return undefined
      return rest.upTo === undefined || (block !== undefined && block <= rest.upTo) ? rest.failure : undefined
    },
    pause: () => pause,
    noteAnswer: ({ method, block }, took, shows) => {
      general = undefined
      pause = pause === 0 ? took : 0.7 * pause + 0.3 * took
      pacer.ease()
      const rest = refused.get(method)
      // It can after all, so what it refused is worth another try.
      if (rest !== undefined && (rest.upTo === undefined || (block !== undefined && block <= rest.upTo)))
        refused.delete(method)
      rungs.set('reachable', true)
      for (const rung of shows) rungs.set(rung, true)
    },
    noteFailure: (subject, failure) => {
      last = { at: Date.now(), failure }
      climb(subject, failure)
      if (isAboutRequest(failure)) return
      if (failure instanceof WrongChain || failure instanceof Disagreement) {
        // A node may be exchanged for one of the right chain; a lie is not forgotten.
        strange += 1
        const until =
          failure instanceof WrongChain ? Date.now() + growing(EXCHANGE, 6, DAY, strange) : Infinity
        aside = { failure, until }
        return
      }
      const isOnPrinciple =
        failure instanceof MethodUnavailable ||
        (failure instanceof ArchiveUnavailable && subject.block !== undefined)
      if (isOnPrinciple) return refuse(subject, failure)
      if (failure instanceof RateLimited) pacer.slow()
      const count = (general?.count ?? 0) + 1
      general = { until: Date.now() + restAfter(failure, count), count, failure }
    },
    noteSlow: () => {
      slowUntil = Date.now() + MINUTE
    },
    noteRung: (rung, isPassed) => {
      if (rung !== 'reachable') rungs.set('reachable', true)
      rungs.set(rung, isPassed)
    },
    inherit: before => {
      for (const [rung, isPassed] of before.rungs) rungs.set(rung, isPassed)
      last = before.lastRefusal()
      const left = before.setAside()
      if (left instanceof Disagreement) aside = { failure: left, until: Infinity }
      pause = before.pause()
    },
  }
}
