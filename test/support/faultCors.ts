import type { Cors } from './faultProxy.ts'

type Headers = Readonly<Record<string, string>>

function allowed({ isReflecting }: Cors, origin: string | undefined): Headers {
  if (isReflecting !== true || origin === undefined) return { 'access-control-allow-origin': '*' }
  return { 'access-control-allow-origin': origin, vary: 'Origin' }
}

/** The headers of the answer to a browser that asks whether it may ask. */
export const preflightHeaders = (cors: Cors, origin: string | undefined): Headers =>
  cors.onPreflight === false
    ? {}
    : {
        ...allowed(cors, origin),
        'access-control-allow-methods': 'POST',
        'access-control-allow-headers': 'content-type',
        'access-control-max-age': '600',
      }

/** The headers that let a page read an answer, or a refusal. */
export const corsHeaders = (cors: Cors, isError: boolean, origin: string | undefined): Headers =>
  (isError ? cors.onErrors : cors.onAnswers) === false ? {} : allowed(cors, origin)
