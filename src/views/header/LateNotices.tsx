import { lazy, Suspense, useState } from 'react'
import { useSettledLive } from '../../queries/settledLive.ts'
import { Boundary } from '../ui/Boundary.tsx'

const AwayNotice = lazy(() => import('./AwayNotice.tsx').then(notice => ({ default: notice.AwayNotice })))
const ClockNotice = lazy(() => import('./ClockNotice.tsx').then(notice => ({ default: notice.ClockNotice })))
const IgnoredNotice = lazy(() =>
  import('./IgnoredNotice.tsx').then(notice => ({ default: notice.IgnoredNotice })),
)

/** What is rarely to be said: looked for once the first figures are there, or known not to come. */
export function LateNotices() {
  const { live } = useSettledLive()
  const [isTime, setIsTime] = useState(false)
  // For good: what is shown here asks for the figures too, and a failure that is tried again is none for a moment.
  if (!isTime && (live.data !== undefined || live.isError)) setIsTime(true)
  return (
    <Boundary what="what is to be noticed">
      {/* It is there before they are, or nobody would hear them; each is told by itself. */}
      <div role="status" aria-atomic="false">
        {isTime ? (
          <Suspense fallback={null}>
            <AwayNotice />
            <ClockNotice />
            <IgnoredNotice />
          </Suspense>
        ) : null}
      </div>
    </Boundary>
  )
}
