import { describe, expect, test } from 'vitest'
import { InvalidEndpoint } from '../../../src/chain/endpoints.ts'
import { NoEndpointServed, RateLimited, Unreachable, WrongChain } from '../../../src/chain/errors.ts'
import { GatewayFailed, NameNotFound, NameOffChain } from '../../../src/chain/nameErrors.ts'
import {
  BadInput,
  EmbeddedChainEnded,
  NothingRead,
  PageNotBuilt,
  TransfersNotSearched,
  verdictOf,
} from '../../../src/cli/common/errors.ts'
import { AnvilNotFound, PortTaken } from '../../../src/embedded/anvil.ts'
import { InvalidAddress, InvalidWallet } from '../../../src/pools/account.ts'

describe('verdictOf', () => {
  test.each([
    [2, new BadInput('no')],
    [2, new InvalidAddress('no')],
    [2, new InvalidWallet('no')],
    [2, new NameNotFound('no')],
    [2, new NameOffChain('no', ['a.example'])],
    [2, new InvalidEndpoint('no')],
    [2, new PortTaken(4173)],
    [3, new Unreachable('no')],
    [3, new WrongChain('no')],
    [3, new AnvilNotFound('no')],
    [3, new NothingRead()],
    [3, new GatewayFailed('no')],
    [3, new TransfersNotSearched(undefined)],
    [3, new EmbeddedChainEnded()],
    [3, new EmbeddedChainEnded(new RangeError('no'))],
    [1, new PageNotBuilt('no')],
    [1, new RangeError('no')],
    [1, 'no'],
  ])('default: %i for %s', (code, error) => {
    expect(verdictOf(error).code).toBe(code)
  })

  test('behavior: only a bug shows its stack', () => {
    const bug = new RangeError('odd')
    expect(verdictOf(bug).message).toBe(bug.stack)
    expect(verdictOf(new BadInput('Say what.')).message).toBe('Say what.')
    const away = new Unreachable('is away', { operator: 'a.example' })
    expect(verdictOf(away).message).toBe(away.message)
  })

  test('behavior: where several endpoints failed, each has its line', () => {
    const failures = [new RateLimited('busy', { operator: 'A' }), new Unreachable('away', { operator: 'B' })]
    const { code, message } = verdictOf(new NoEndpointServed(failures))
    expect(code).toBe(3)
    expect(message.split('\n').slice(1)).toEqual(failures.map(({ message: said }) => `  ${said}`))
  })
})
