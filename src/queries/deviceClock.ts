import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { type ClockVerdict, type HeadSeen, judgeClock } from '../math/deviceClock.ts'
import { liveQuery } from './live.ts'
import { useSession } from './session.ts'

/** Newest blocks that are remembered: some minutes. */
const MOST_SEEN = 20

/** What the newest blocks say of this device's clock; undefined where nothing speaks against it. */
export function useClockVerdict(): ClockVerdict | undefined {
  const { chain, ...session } = useSession()
  const { data, dataUpdatedAt } = useQuery(liveQuery({ chain, ...session }))
  const [seen, setSeen] = useState<readonly HeadSeen[]>([])
  const time = data?.time
  useEffect(() => {
    if (time === undefined) return
    const at = BigInt(Math.floor(dataUpdatedAt / 1_000))
    setSeen(before => [...before.slice(1 - MOST_SEEN), { time, at }])
  }, [time, dataUpdatedAt])
  // A local chain may have any time.
  return chain === 'local' ? undefined : judgeClock(seen)
}
