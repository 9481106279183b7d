import { describe, expect, test } from 'vitest'
import {
  GatewayFailed,
  InvalidName,
  NameNotFound,
  NameOffChain,
  NameProblem,
  NamesUnavailable,
  NameWithoutAddress,
} from '../../src/chain/nameErrors.ts'

describe('nameErrors', () => {
  test.each([InvalidName, NameNotFound, NameWithoutAddress, NamesUnavailable])(
    'default: %o is the name’s own problem, under its own name',
    Failure => {
      const failure = new Failure('why')
      expect(failure).toBeInstanceOf(NameProblem)
      expect(failure).toMatchObject({ name: Failure.name, message: 'why' })
    },
  )

  test('behavior: NameOffChain names whom it takes', () => {
    const failure = new NameOffChain('far.eth', ['one.test', 'two.test:8443'])
    expect(failure).toBeInstanceOf(NameProblem)
    expect(failure).toMatchObject({ name: 'NameOffChain', hosts: ['one.test', 'two.test:8443'] })
    expect(failure.message).toContain('far.eth')
    expect(failure.message).toContain('one.test, two.test:8443')
  })

  test('behavior: GatewayFailed is no problem of the name: it may pass', () => {
    expect(new GatewayFailed('why')).not.toBeInstanceOf(NameProblem)
    expect(new GatewayFailed('why').name).toBe('GatewayFailed')
  })
})
