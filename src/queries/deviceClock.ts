import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { type ClockVerdict, type HeadSeen, judgeClock } from '../math/deviceClock.ts'
import { liveQuery } from './live.ts'
import { useSession } from './session.ts'

/** Newest blocks that are remembered: some minutes. */
const MOST_SEEN = 20

/** The newest blocks of one session. Those of another are other endpoints' and say nothing of its pace. */
type Watch = {
  readonly id: string
  readonly seen: readonly HeadSeen[]
  readonly verdict: ClockVerdict | undefined
}

/** Watch one block more. */
function watchOn({ id, seen, verdict }: Watch, head: HeadSeen): Watch {
  const newest = [...seen.slice(1 - MOST_SEEN), head]
  return { id, seen: newest, verdict: judgeClock(newest, verdict) }
}

/** What the newest blocks say of this device's clock; undefined where nothing speaks against it. */
export function useClockVerdict(): ClockVerdict | undefined {
  const session = useSession()
  const { chain, id } = session
  const { data, dataUpdatedAt } = useQuery(liveQuery(session))
  const [watch, setWatch] = useState<Watch>({ id, seen: [], verdict: undefined })
  const time = data?.time
  useEffect(() => {
    if (time === undefined) return
    const at = BigInt(Math.floor(dataUpdatedAt / 1_000))
    setWatch(before =>
      watchOn(before.id === id ? before : { id, seen: [], verdict: undefined }, { time, at }),
    )
  }, [id, time, dataUpdatedAt])
  // A local chain may have any time.
  return chain === 'local' || watch.id !== id ? undefined : watch.verdict
}
