import { hashKey, QueryClient } from '@tanstack/react-query'
import { describe, expect, test, vi } from 'vitest'
import { RateLimited } from '../../src/chain/errors.ts'
import { hostsToAsk, isNameProblem, isOfEndpoint, NamesNotLoaded, nameQuery } from '../../src/queries/name.ts'
import { leadsTo, lookup, notFound, question } from '../support/names.ts'
import { ACCOUNT, createWorld, HEAD, OPERATOR, type World } from '../views/support/world.ts'

const resolve = ({ session }: World, name: string) =>
  new QueryClient().fetchQuery(nameQuery(session, { name, mayAsk: [] }))

async function failureOf(world: World, name: string): Promise<Error> {
  const failure = await resolve(world, name).catch((error: unknown) => error)
  if (failure instanceof Error) return failure
  throw new TypeError(`${name} was resolved`)
}

describe('nameQuery', () => {
  test('default: the address, where and when it was told', async () => {
    const world = createWorld()
    world.record(question('glass.eth'), leadsTo(ACCOUNT))
    expect(await resolve(world, 'glass.eth')).toMatchObject({
      address: ACCOUNT,
      block: HEAD,
      operator: OPERATOR,
    })
    expect(world.asked).toMatchObject([{ role: 'wallet' }])
  })

  test('behavior: another name, other servers agreed to and another endpoint are other questions', () => {
    const { session } = createWorld()
    const elsewhere = { ...session, choice: { ...session.choice, walletUrl: 'http://other' } }
    const keys = [
      nameQuery(session, { name: 'glass.eth', mayAsk: [] }),
      nameQuery(session, { name: 'other.eth', mayAsk: [] }),
      nameQuery(session, { name: 'glass.eth', mayAsk: ['names.example.com'] }),
      nameQuery(elsewhere, { name: 'glass.eth', mayAsk: [] }),
    ].map(({ queryKey }) => hashKey(queryKey))
    expect(new Set(keys).size).toBe(keys.length)
  })

  test('behavior: it does not ask again by itself', () => {
    const { session } = createWorld()
    expect(nameQuery(session, { name: 'glass.eth', mayAsk: [] })).toMatchObject({
      retry: false,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
    })
    expect(nameQuery(session, { name: 'glass.eth', mayAsk: [] })).not.toHaveProperty('refetchInterval')
  })

  test('behavior: the name’s fault, the endpoint’s and the need of other servers are told apart', async () => {
    const world = createWorld()
    world.record(question('nobody.eth'), notFound('nobody.eth'))
    world.record(question('far.eth'), lookup(['https://names.example.com/']))
    const [nobody, far] = [await failureOf(world, 'nobody.eth'), await failureOf(world, 'far.eth')]
    world.refuse = () => new RateLimited('wants fewer requests')
    const failures = [nobody, far, await failureOf(world, 'glass.eth')]
    expect(failures.map(isNameProblem)).toEqual([true, true, false])
    expect(failures.map(isOfEndpoint)).toEqual([false, false, true])
    expect(failures.map(hostsToAsk)).toEqual([undefined, ['names.example.com'], undefined])
    expect(hostsToAsk(null)).toBeUndefined()
  })

  test('error: NamesNotLoaded where the part of the page does not come, and it is neither’s fault', async () => {
    vi.doMock('../../src/chain/readName.ts', () => {
      throw new TypeError('Failed to fetch dynamically imported module')
    })
    const world = createWorld()
    const failure = await failureOf(world, 'glass.eth')
    vi.doUnmock('../../src/chain/readName.ts')
    expect(failure).toBeInstanceOf(NamesNotLoaded)
    expect([isNameProblem(failure), isOfEndpoint(failure)]).toEqual([false, false])
    expect(world.asked).toEqual([])
  })
})
