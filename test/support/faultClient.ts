/** A body as it came, with what a browser would look at. */
export type Answered = {
  readonly status: number
  readonly text: string
  readonly headers: Headers
}

const ORIGIN = 'http://127.0.0.1:4173'

/** Send a body as a page of another port does. */
export async function send(url: string, body: unknown, init: RequestInit = {}): Promise<Answered> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: ORIGIN },
    body: JSON.stringify(body),
    ...init,
  })
  return { status: response.status, text: await response.text(), headers: response.headers }
}

/** Ask whether a page may ask, as its browser does first. */
export const preflight = (url: string): Promise<Response> =>
  fetch(url, {
    method: 'OPTIONS',
    headers: {
      origin: ORIGIN,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    },
  })

type Error = { readonly code?: number; readonly message: string; readonly data?: unknown }
type Reply = { readonly id?: unknown; readonly result?: unknown; readonly error?: Error }

/** Ask one question, under an id of its own. */
export async function ask(
  url: string,
  method: string,
  params: readonly unknown[] = [],
): Promise<{ readonly status: number } & Reply> {
  const { status, text } = await send(url, { jsonrpc: '2.0', id: 41, method, params })
  return { status, ...(JSON.parse(text) as Reply) }
}
