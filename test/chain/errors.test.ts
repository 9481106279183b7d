import { describe, expect, test } from 'vitest'
import * as errors from '../../src/chain/errors.ts'

const {
  ArchiveUnavailable,
  ChainError,
  Disagreement,
  NoEndpointServed,
  RangeTooWide,
  RateLimited,
  TooManyResults,
  Unreachable,
} = errors

const classes = Object.entries(errors).filter(([name]) => name !== 'NoEndpointServed') as readonly (readonly [
  string,
  typeof ChainError,
])[]

describe('every class', () => {
  test.each(classes)('default: %s', (name, Failure) => {
    const failure = new Failure('is out of order', { operator: 'Somebody' })
    expect(failure).toBeInstanceOf(ChainError)
    expect(failure.message).toBe('Somebody is out of order')
    expect(failure.operator).toBe('Somebody')
    if (Failure !== ChainError) expect(failure.name).toBe(name)
  })

  test('behavior: each is a class of its own', () => {
    expect(classes).toHaveLength(14)
    for (const [name, Failure] of classes.filter(([, Failure]) => Failure !== ChainError)) {
      const failure = new Failure('x')
      const others = classes.filter(([other, Other]) => other !== name && Other !== ChainError)
      expect(others.some(([, Other]) => failure instanceof Other)).toBe(false)
    }
  })

  test('behavior: the cause and the start of the body are kept', () => {
    const cause = new TypeError('fetch failed')
    const failure = new Unreachable('x', { cause, body: 'y'.repeat(301) })
    expect(failure.cause).toBe(cause)
    expect(failure.body).toBe('y'.repeat(300))
    expect(new Unreachable('x', { cause: 'words' }).cause).toBe('words')
    expect('cause' in new Unreachable('x')).toBe(false)
  })
})

test('behavior: classes carry what their endpoints told', () => {
  const hint = { span: 50n, onlyHere: false }
  expect(new RangeTooWide('x', { hint }).hint).toBe(hint)
  expect(new TooManyResults('x', { hint }).hint).toBe(hint)
  expect(new RangeTooWide('x').hint).toEqual({ onlyHere: false })
  expect(new TooManyResults('x').hint).toEqual({ onlyHere: true })
  expect(new ArchiveUnavailable('x', { oldest: 0n }).oldest).toBe(0n)
  expect(new ArchiveUnavailable('x').oldest).toBeUndefined()
  const answers = [
    { operator: 'A', value: '1' },
    { operator: 'B', value: '2' },
  ]
  expect(new Disagreement('x', { answers }).answers).toBe(answers)
  expect(new Disagreement('x').answers).toEqual([])
  expect('hint' in new RateLimited('x', { hint, answers })).toBe(false)
})

test('behavior: NoEndpointServed tells every failure', () => {
  const failures = [new RateLimited('slow', { operator: 'A' }), new Unreachable('gone', { operator: 'B' })]
  const failure = new NoEndpointServed(failures)
  expect(failure).toBeInstanceOf(ChainError)
  expect(failure.failures).toEqual(failures)
  expect(failure.cause).toBe(failures[0])
  for (const { message } of failures) expect(failure.message).toContain(message)
  expect(new NoEndpointServed([]).failures).toEqual([])
})
