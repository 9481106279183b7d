import { QueryClientProvider } from '@tanstack/react-query'
import { act, renderHook, waitFor } from '@testing-library/react'
import type { ReactNode } from 'react'
import { expect, test } from 'vitest'
import { Unreachable } from '../../../src/chain/errors.ts'
import { poolKey } from '../../../src/pools/definePool.ts'
import { rocketPool } from '../../../src/pools/rocketPool.ts'
import { type Agreement, agreementQuery } from '../../../src/queries/agreement.ts'
import { type Live, liveQuery } from '../../../src/queries/live.ts'
import { SessionContext } from '../../../src/queries/session.ts'
import { useSettledLive } from '../../../src/queries/settledLive.ts'
import { createTestQueries } from '../support/render.tsx'
import { createWorld } from '../support/world.ts'

test('behavior: a dispute stands while others are asked about new rates, an agreement does not', async () => {
  const world = createWorld()
  const queries = createTestQueries()
  const wrapper = ({ children }: { readonly children: ReactNode }) => (
    <QueryClientProvider client={queries}>
      <SessionContext value={world.session}>{children}</SessionContext>
    </QueryClientProvider>
  )
  const renders: { readonly live: Live | undefined; readonly verdict: string | undefined }[] = []
  const use = () => {
    const settled = useSettledLive()
    renders.push({ live: settled.live.data, verdict: settled.agreement?.verdict.kind })
    return settled
  }
  const { result } = renderHook(use, { wrapper })
  await waitFor(() => expect(result.current.agreement?.verdict.kind).toBe('alone'))
  const key = liveQuery(world.session).queryKey
  const live = queries.getQueryData<Live>(key)
  if (live === undefined) return expect.unreachable()
  const told = (doubts: Agreement['doubts']): Agreement => ({
    block: live.block,
    time: live.time,
    verdict: { kind: 'agreed', operators: ['A', 'B'] },
    doubts,
  })
  const say = (doubts: Agreement['doubts']) =>
    act(
      () =>
        void queries.setQueryData(
          agreementQuery(world.session, queries.getQueryData<Live>(key)).queryKey,
          told(doubts),
        ),
    )
  /** Other rates, about which nobody is heard. */
  const move = (by: bigint) =>
    act(() => {
      world.hold = () => true
      queries.setQueryData<Live>(key, {
        ...live,
        block: live.block + by,
        pools: live.pools.map(own =>
          own.reading.state === 'known'
            ? { ...own, reading: { ...own.reading, rate: own.reading.rate + by } }
            : own,
        ),
      })
    })
  const readingIn = (data: Live | undefined) =>
    data?.pools.find(({ pool }) => pool.id === rocketPool.id)?.reading.state
  /** The first that is drawn of another block. */
  const firstAfter = async (by: bigint) => {
    move(by)
    const isMoved = ({ live: data }: (typeof renders)[number]): boolean => data?.block === live.block + by
    await waitFor(() => expect(renders.some(isMoved)).toBe(true))
    return renders.find(isMoved)
  }
  say(new Map([[poolKey(rocketPool), { why: 'A and B differ.', claims: [] }]]))
  await waitFor(() => expect(readingIn(result.current.live.data)).toBe('unknown'))
  expect(readingIn((await firstAfter(1n))?.live)).toBe('unknown')
  say(new Map())
  await waitFor(() => expect(result.current.agreement?.verdict.kind).toBe('agreed'))
  expect((await firstAfter(2n))?.verdict).toBeUndefined()
})

test('behavior: a failure is told until it is known to be over, also while it is tried again', async () => {
  const world = createWorld()
  const gone = new Unreachable('cannot be reached', { operator: 'Test node' })
  world.refuse = () => gone
  const queries = createTestQueries()
  const wrapper = ({ children }: { readonly children: ReactNode }) => (
    <QueryClientProvider client={queries}>
      <SessionContext value={world.session}>{children}</SessionContext>
    </QueryClientProvider>
  )
  const { result } = renderHook(() => useSettledLive().live, { wrapper })
  await waitFor(() => expect(result.current.error).toBe(gone))
  world.refuse = () => undefined
  world.hold = () => true
  act(() => void result.current.refetch())
  await waitFor(() => expect(result.current.isFetching).toBe(true))
  expect([result.current.error, result.current.isError]).toEqual([gone, true])
  act(() => world.release())
  await waitFor(() => expect(result.current.data).toBeDefined())
  expect([result.current.error, result.current.isError]).toEqual([null, false])
})

test('behavior: what the endpoints of before failed with is not told of others that are asked', async () => {
  const gone = new Unreachable('cannot be reached', { operator: 'Test node' })
  const [dead, other] = [createWorld({ id: 'dead' }), createWorld({ id: 'other' })]
  dead.refuse = () => gone
  other.hold = () => true
  const queries = createTestQueries()
  let { session } = dead
  const wrapper = ({ children }: { readonly children: ReactNode }) => (
    <QueryClientProvider client={queries}>
      <SessionContext value={session}>{children}</SessionContext>
    </QueryClientProvider>
  )
  const { result, rerender } = renderHook(() => useSettledLive().live, { wrapper })
  await waitFor(() => expect(result.current.error).toBe(gone))
  session = other.session
  rerender()
  await waitFor(() => expect(result.current.isFetching).toBe(true))
  expect([result.current.error, result.current.isError]).toEqual([null, false])
  act(() => other.release())
  await waitFor(() => expect(result.current.data).toBeDefined())
})
