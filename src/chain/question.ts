import type { BlockNumber, Seconds } from '../math/fixedPoint.ts'
import type { Role } from './endpoints.ts'
import type { ChainError } from './errors.ts'
import type { Rung } from './standing.ts'

/** One JSON-RPC request and what to make of its answer. */
export type Question<Value> = {
  readonly method: string
  readonly params: readonly unknown[]
  readonly role: Role
  readonly signal: AbortSignal | undefined
  /** Check and decode the answer; a ChainError thrown here counts against the endpoint, and the next is asked. */
  readonly read: (result: unknown, operator: string) => Value
  /** The block asked about, where it is not the newest: endpoints that keep no state so old are passed over. */
  readonly block?: BlockNumber | undefined
  /** Whether the block is named by its hash, which some endpoints refuse: that says nothing about its number. */
  readonly isByHash?: boolean | undefined
  /** How old an answer about the newest block is; one that is too old is used only where no other comes. */
  readonly ageOf?: ((value: Value) => Seconds) | undefined
  /** Operators that are not to be asked: those that have answered, where another's opinion is wanted. */
  readonly except?: readonly string[] | undefined
  /** The one endpoint to ask, where it is that one's answer that is wanted. */
  readonly only?: string | undefined
  /** How often the endpoints are gone through where failures may pass; the role says it unless given. */
  readonly rounds?: number | undefined
  /** Milliseconds that an endpoint has; the role says it unless given. */
  readonly limit?: number | undefined
  /** Whether those that failed a moment ago are passed over: the question can do without an answer. */
  readonly skipsResting?: boolean | undefined
  /** Whether a question to the wallet's endpoint names no address: the ledger says so. */
  readonly isAnonymous?: boolean | undefined
  /** What a good answer shows that the endpoint can do. */
  readonly shows?: readonly Rung[] | undefined
}

export type Answer<Value> = { readonly value: Value; readonly operator: string; readonly url: string }

/** What going through the endpoints once came to: an answer, or everybody's failure. */
export type Round<Value> = {
  readonly answer: Answer<Value> | undefined
  readonly failures: readonly ChainError[]
}
