import { QueryClient } from '@tanstack/react-query'
import { describe, expect, test } from 'vitest'
import { RateLimited } from '../../src/chain/errors.ts'
import { readBalance } from '../../src/pools/infrastructure.ts'
import { rocketPool } from '../../src/pools/rocketPool.ts'
import { headerQuery } from '../../src/queries/header.ts'
import { liveQuery } from '../../src/queries/live.ts'
import { type AnsweredCall, groupCalls, type RecheckContext, readAgain } from '../../src/queries/recheck.ts'
import {
  ACCOUNT,
  createWorld,
  HEAD,
  NOW,
  OPERATOR,
  rateOf,
  timeOf,
  type World,
} from '../views/support/world.ts'

const callAt = (block: bigint, change: Partial<AnsweredCall> = {}): AnsweredCall => ({
  read: rocketPool.rate,
  block,
  time: timeOf(block),
  operators: [OPERATOR],
  heard: [],
  ...change,
})

const contextOf = ({ session }: World, isWallet = false): RecheckContext => ({
  session,
  queries: new QueryClient(),
  isWallet,
})

const names = (groups: ReturnType<typeof groupCalls>): string[][] =>
  groups.map(({ witnesses }) => witnesses.map(({ operator }) => operator))

const { signal } = new AbortController()
const wordOf = (value: bigint): string => `0x${value.toString(16).padStart(64, '0')}`

describe('groupCalls', () => {
  test('default: by block and by who has answered, with those who have not', () => {
    const context = contextOf(createWorld({ others: ['two', 'three'] }))
    const [rate, supply] = [callAt(HEAD), callAt(HEAD, { read: rocketPool.supply })]
    const [old, asked] = [callAt(10n), callAt(HEAD, { operators: [OPERATOR, 'two'] })]
    const groups = groupCalls([rate, old, supply, asked], context)
    expect(groups.map(({ calls }) => calls)).toEqual([[rate, supply], [old], [asked]])
    expect(names(groups)).toEqual([['two', 'three'], ['two', 'three'], ['three']])
  })

  test('behavior: those who have been heard come last', () => {
    const context = contextOf(createWorld({ others: ['two', 'three'] }))
    expect(names(groupCalls([callAt(HEAD, { heard: [OPERATOR, 'two'] })], context))).toEqual([
      ['three', 'two'],
    ])
  })

  test('behavior: a wallet is shown to one, and with nobody left there is nobody', () => {
    const world = createWorld({ others: ['two', 'three'] })
    expect(names(groupCalls([callAt(HEAD)], contextOf(world, true)))).toEqual([['two']])
    expect(names(groupCalls([callAt(HEAD)], contextOf(createWorld())))).toEqual([[]])
  })
})

describe('readAgain', () => {
  test('default: each block from another operator, by hash where a header was read', async () => {
    const world = createWorld({ others: ['two'] })
    const context = contextOf(world)
    await context.queries.fetchQuery(headerQuery(world.session, HEAD))
    const calls = [callAt(HEAD), callAt(HEAD - 5n)]
    const opinions = await readAgain(groupCalls(calls, context), context, signal)
    const rate = rateOf(rocketPool)
    expect(opinions).toEqual([
      { calls: [calls[0]], operator: 'two', isByHash: true, returnData: [wordOf(rate(HEAD))] },
      { calls: [calls[1]], operator: 'two', isByHash: false, returnData: [wordOf(rate(HEAD - 5n))] },
    ])
    const again = world.asked.filter(({ operator }) => operator === 'two')
    expect(again.map(({ block, isByHash }) => [block, isByHash])).toEqual([
      [HEAD, true],
      [HEAD - 5n, false],
    ])
  })

  test('behavior: a header of another time is of another block, and its hash is not used', async () => {
    const world = createWorld({ others: ['two'] })
    const context = contextOf(world)
    await context.queries.fetchQuery(headerQuery(world.session, HEAD))
    const call = callAt(HEAD, { time: NOW - 1n })
    const [opinion] = await readAgain(groupCalls([call], context), context, signal)
    expect(opinion).toMatchObject({ why: { name: 'NoEndpointServed' } })
    expect(world.asked.filter(({ operator }) => operator === 'two')).toMatchObject([{ isByHash: false }])
  })

  test('behavior: old blocks are asked as such, young ones as the head', async () => {
    const world = createWorld({ others: ['two'] })
    const context = contextOf(world)
    await context.queries.fetchQuery(liveQuery(world.session))
    const groups = groupCalls([callAt(HEAD - 128n), callAt(HEAD - 129n)], context)
    await readAgain(groups, context, signal)
    expect(world.asked.slice(1).map(({ role }) => role)).toEqual(['head', 'archive'])
  })

  test('behavior: a wallet’s calls are asked as such, of one only', async () => {
    const world = createWorld({ others: ['two', 'three'] })
    const context = contextOf(world, true)
    world.refuse = () => new RateLimited('wants fewer requests', { operator: 'two' })
    const call = callAt(HEAD, { read: readBalance(rocketPool.token.address, ACCOUNT) })
    const [opinion] = await readAgain(groupCalls([call], context), context, signal)
    expect(opinion).toMatchObject({ why: { failures: [{ name: 'RateLimited' }] } })
    expect(world.asked).toMatchObject([{ role: 'wallet', operator: 'two' }])
  })

  test('behavior: one block’s failure leaves the other’s answer, and nobody left is nobody asked', async () => {
    const world = createWorld({ others: ['two'] })
    const context = contextOf(world)
    world.refuse = ({ block }) => (block === 10n ? new RateLimited('wants fewer requests') : undefined)
    const calls = [callAt(10n), callAt(HEAD), callAt(20n, { operators: [OPERATOR, 'two'] })]
    const [failed, answered, none] = await readAgain(groupCalls(calls, context), context, signal)
    expect(failed).toMatchObject({ calls: [calls[0]], why: { name: 'NoEndpointServed' } })
    expect(answered).toMatchObject({ calls: [calls[1]], operator: 'two' })
    expect(none).toBeUndefined()
  })
})
