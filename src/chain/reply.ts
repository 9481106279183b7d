import { type ChainError, RateLimited, UnexpectedReply, Unreachable } from './errors.ts'

/** An endpoint's answer as it came: HTTP status and body. */
export type Reply = { readonly status: number; readonly text: string; readonly operator: string }

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not JSON: HTML of a gateway, half an answer, or nothing. The classifier says which failure it is.
    return undefined
  }
}

/** The table of wordings is large and seldom needed: it is loaded with the first refusal. */
async function failureOf(reply: Reply): Promise<ChainError> {
  const { status, text, operator } = reply
  try {
    return (await import('./classify.ts')).failureOf(reply)
  } catch (cause) {
    const Failure = status === 429 ? RateLimited : status >= 500 ? Unreachable : UnexpectedReply
    return new Failure(`refused (HTTP ${status}), and the words for why could not be loaded; try again`, {
      operator,
      body: text,
      cause,
    })
  }
}

/**
 * Take the result out of an endpoint's reply; null is a result.
 * @throws one of the classes of `errors.ts`
 */
export async function resultOf(reply: Reply): Promise<unknown> {
  const body = parse(reply.text)
  if (typeof body === 'object' && body !== null && 'result' in body) {
    if (!('error' in body) || body.error === null || body.error === undefined) return body.result
  }
  throw await failureOf(reply)
}
