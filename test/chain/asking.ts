import { expect } from 'vitest'
import type { Question } from '../../src/chain/question.ts'
import { refuse } from '../support/faultProxy.ts'

/** A question that any node answers, but for what is changed. */
export const asking = (change: Partial<Question<unknown>> = {}): Question<unknown> => ({
  method: 'eth_chainId',
  params: [],
  role: 'head',
  signal: undefined,
  read: result => result,
  ...change,
})

/** What the embedded chain answers to it. */
export const CHAIN = '0x7a69'

export const rateLimit = refuse(429, { code: 15, message: 'You reached Public endpoint rate limit' })
export const noArchive = refuse(403, { code: -32_602, message: 'Archive requests require a personal token.' })
export const noMethod = refuse(200, { code: -32_601, message: 'Method not found' })
export const reverted = refuse(200, { code: 3, message: 'execution reverted: paused' })

/** Give what a promise fails with. */
export const failureOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    value => expect.unreachable(`answered ${String(value)}`),
    (error: unknown) => error,
  )

const TEN_SECONDS = 10_000_000_000n

/** Wait for what real sockets bring while the clock of the test stands still. */
export async function until(isTrue: () => boolean): Promise<void> {
  const latest = process.hrtime.bigint() + TEN_SECONDS
  while (!isTrue() && process.hrtime.bigint() < latest) await new Promise(resolve => setImmediate(resolve))
  expect(isTrue()).toBe(true)
}
