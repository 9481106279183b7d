import { useQuery } from '@tanstack/react-query'
import { act, waitFor } from '@testing-library/react'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { Keeper } from '../../../src/app/Keeper.tsx'
import { RateLimited, Unreachable } from '../../../src/chain/errors.ts'
import { liveKey } from '../../../src/queries/live.ts'
import { useSession } from '../../../src/queries/session.ts'
import { renderPage } from '../support/render.tsx'

const GONE = new Unreachable('cannot be reached', { operator: 'Test node' })
const LIMITED = new RateLimited('too many requests', { operator: 'Test node' })

afterEach(() => void vi.restoreAllMocks())

type Asked = { readonly read: () => Promise<unknown> }

/** Somebody who looks at a history. */
function Looker({ read }: Asked) {
  const { id } = useSession()
  useQuery({ queryKey: ['history', id, 'test'], queryFn: read, retry: false, staleTime: Infinity })
  return null
}

/** A page with a history that is read in some way; it goes away from its endpoints and comes back. */
async function renderKeeper(read: () => Promise<unknown>) {
  const page = renderPage(
    <>
      <Keeper />
      <Looker read={read} />
    </>,
  )
  const { queries, world } = page
  await waitFor(() => expect(queries.getQueryData(liveKey(world.session))).toBeDefined())
  const refetchLive = async (): Promise<void> => {
    await act(() => queries.refetchQueries({ queryKey: ['live'] }))
    // The page hears of it a moment later.
    await act(() => new Promise(resolve => setTimeout(resolve, 20)))
  }
  return async (): Promise<void> => {
    world.refuse = () => GONE
    await refetchLive()
    world.refuse = () => undefined
    await refetchLive()
  }
}

describe('when live figures come again', () => {
  test('default: what failed is read again, but within a minute only once', async () => {
    const read = vi.fn(() => Promise.reject(LIMITED))
    const goAndCome = await renderKeeper(read)
    expect(read).toHaveBeenCalledTimes(1)
    await goAndCome()
    expect(read).toHaveBeenCalledTimes(2)
    await goAndCome()
    expect(read).toHaveBeenCalledTimes(2)
    const now = Date.now()
    vi.spyOn(Date, 'now').mockImplementation(() => now + 61_000)
    await goAndCome()
    expect(read).toHaveBeenCalledTimes(3)
  })

  test('behavior: what stood in for it is read again each time', async () => {
    const read = vi.fn(async () => ({ isRecalled: true }))
    const goAndCome = await renderKeeper(read)
    await goAndCome()
    await goAndCome()
    expect(read).toHaveBeenCalledTimes(3)
  })

  test('behavior: what is being read goes on', async () => {
    const signals: AbortSignal[] = []
    const read = vi.fn(({ signal }: { readonly signal: AbortSignal }) => {
      signals.push(signal)
      return signals.length === 1 ? Promise.resolve({ isRecalled: true }) : new Promise(() => undefined)
    })
    const goAndCome = await renderKeeper(read as never)
    await goAndCome()
    await goAndCome()
    expect(signals.map(({ aborted }) => aborted)).toEqual([false, false])
  })

  test('behavior: what was read well is left alone', async () => {
    const read = vi.fn(async () => ({}))
    const goAndCome = await renderKeeper(read)
    await goAndCome()
    expect(read).toHaveBeenCalledTimes(1)
  })
})
