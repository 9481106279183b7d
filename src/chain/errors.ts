import type { RangeHint } from './hints.ts'

type Details = {
  readonly operator?: string | undefined
  readonly cause?: unknown
  readonly body?: string | undefined
  /** What RangeTooWide and TooManyResults know about the range that would do. */
  readonly hint?: RangeHint | undefined
  /** The oldest block that ArchiveUnavailable says is kept. */
  readonly oldest?: bigint | undefined
  /** What each operator answered, of a Disagreement. */
  readonly answers?: readonly OperatorAnswer[] | undefined
}

/** One operator's answer to a question that others were asked too. */
export type OperatorAnswer = { readonly operator: string; readonly value: string }

/** A failure of an endpoint to serve a request. `message` says what happened and what to do. */
export class ChainError extends Error {
  readonly operator: string | undefined
  /** What the endpoint answered, cut short, where it answered at all. */
  readonly body: string | undefined
  constructor(message: string, { operator, cause, body }: Details = {}) {
    super(operator === undefined ? message : `${operator} ${message}`, cause === undefined ? {} : { cause })
    this.operator = operator
    this.body = body?.slice(0, 300)
  }
}

/** The endpoint wants fewer requests. Wait, or ask another operator. */
export class RateLimited extends ChainError {
  override name = 'RateLimited'
}

/** The endpoint does not keep state this old. Ask an archive endpoint. */
export class ArchiveUnavailable extends ChainError {
  override name = 'ArchiveUnavailable'
  /** The oldest block that the endpoint keeps, where it names one. */
  readonly oldest: bigint | undefined
  constructor(message: string, details: Details = {}) {
    super(message, details)
    this.oldest = details.oldest
  }
}

/** A log request spans more blocks than the endpoint allows. Ask for fewer. */
export class RangeTooWide extends ChainError {
  override name = 'RangeTooWide'
  readonly hint: RangeHint
  constructor(message: string, details: Details = {}) {
    super(message, details)
    this.hint = details.hint ?? { onlyHere: false }
  }
}

/** A log request matches more logs than the endpoint returns. Ask for half the range. */
export class TooManyResults extends ChainError {
  override name = 'TooManyResults'
  readonly hint: RangeHint
  constructor(message: string, details: Details = {}) {
    super(message, details)
    this.hint = details.hint ?? { onlyHere: true }
  }
}

/** The endpoint takes fewer addresses, calls or bytes at once. Ask for less in one request. */
export class RequestTooLarge extends ChainError {
  override name = 'RequestTooLarge'
}

/** The endpoint does not offer this method, or not without a key. Ask another operator. */
export class MethodUnavailable extends ChainError {
  override name = 'MethodUnavailable'
}

/** No answer: a network failure, a time-out, a blocked cross-origin request or a broken server. */
export class Unreachable extends ChainError {
  override name = 'Unreachable'
}

/** This device says that it has no network, so nobody was asked. */
export class DeviceOffline extends ChainError {
  override name = 'DeviceOffline'
}

/** The endpoint serves another chain than the one asked for. */
export class WrongChain extends ChainError {
  override name = 'WrongChain'
}

/** The endpoint's newest block is old: it has stopped following the chain. */
export class StaleHead extends ChainError {
  override name = 'StaleHead'
}

/** The endpoint answered something that is not an answer to the question. */
export class UnexpectedReply extends ChainError {
  override name = 'UnexpectedReply'
}

/** Operators gave different answers to the same question about the same block: none of them can be shown as right. */
export class Disagreement extends ChainError {
  override name = 'Disagreement'
  readonly answers: readonly OperatorAnswer[]
  constructor(message: string, details: Details = {}) {
    super(message, details)
    this.answers = details.answers ?? []
  }
}

/** The contract itself refused: every honest endpoint says the same, so asking another is no use. */
export class CallReverted extends ChainError {
  override name = 'CallReverted'
}

/** Every endpoint that may serve a request has failed; `failures` says how each. */
export class NoEndpointServed extends ChainError {
  override name = 'NoEndpointServed'
  readonly failures: readonly ChainError[]
  constructor(failures: readonly ChainError[]) {
    const list = failures.map(failure => failure.message).join(' ')
    super(`No endpoint could answer. ${list}`, { cause: failures[0] })
    this.failures = failures
  }
}
