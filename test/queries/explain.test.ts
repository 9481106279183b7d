import { describe, expect, test } from 'vitest'
import {
  ArchiveUnavailable,
  CallReverted,
  MethodUnavailable,
  NoEndpointServed,
  RangeTooWide,
  RateLimited,
  StaleHead,
  TooManyResults,
  UnexpectedReply,
  Unreachable,
  WrongChain,
} from '../../src/chain/errors.ts'
import { explain } from '../../src/queries/explain.ts'

const classes = [
  ArchiveUnavailable,
  CallReverted,
  MethodUnavailable,
  RangeTooWide,
  RateLimited,
  StaleHead,
  TooManyResults,
  UnexpectedReply,
  Unreachable,
  WrongChain,
]

describe('explain', () => {
  test.each(classes.map(Failure => [Failure.name, Failure] as const))(
    'error: %s says who failed and what to do',
    (name, Failure) => {
      const error = new Failure('wants something; do something else', { operator: 'dRPC' })
      expect(explain(error)).toEqual({
        kind: name,
        message: 'dRPC wants something; do something else.',
        details: [],
      })
    },
  )

  test('error: NoEndpointServed says what each endpoint said', () => {
    const failures = [
      new RateLimited('wants fewer requests', { operator: 'dRPC' }),
      new Unreachable('gave no answer within 6 s', { operator: 'PublicNode' }),
    ]
    const { kind, message, details } = explain(new NoEndpointServed(failures))
    expect(kind).toBe('NoEndpointServed')
    expect(message).not.toContain('dRPC')
    expect(details).toEqual(['dRPC wants fewer requests.', 'PublicNode gave no answer within 6 s.'])
  })

  test('behavior: any other failure keeps its own words', () => {
    expect(explain(new TypeError('x is not a function'))).toEqual({
      kind: 'TypeError',
      message: 'x is not a function',
      details: [],
    })
  })
})
