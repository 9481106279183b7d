import { ChainError, NoEndpointServed } from '../chain/errors.ts'

export type Explanation = {
  /** Class of the failure, for those who look it up. */
  readonly kind: string
  /** What happened and what to do, in a sentence. */
  readonly message: string
  /** What each endpoint said, where several were asked. */
  readonly details: readonly string[]
}

/** Messages of endpoints are clauses; on the screen they are sentences. */
const sentence = (text: string): string => (/[.!?…”]$/.test(text) ? text : `${text}.`)

/** Say what a failure means to a reader. */
export function explain(error: Error): Explanation {
  if (error instanceof NoEndpointServed) {
    return {
      kind: error.name,
      message: 'None of the endpoints could answer. Check the connection, or use an own node.',
      details: error.failures.map(({ message }) => sentence(message)),
    }
  }
  if (error instanceof ChainError) return { kind: error.name, message: sentence(error.message), details: [] }
  return { kind: error.name, message: error.message, details: [] }
}
