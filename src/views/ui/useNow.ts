import { useEffect, useState } from 'react'
import { nowInSeconds } from '../../format/time.ts'
import type { Seconds } from '../../math/fixedPoint.ts'

/** Get the time, renewed at an interval in milliseconds while the component is shown. */
export function useNow(interval: number): Seconds {
  const [now, setNow] = useState(nowInSeconds)
  useEffect(() => {
    const timer = setInterval(() => setNow(nowInSeconds()), interval)
    return () => clearInterval(timer)
  }, [interval])
  return now
}
