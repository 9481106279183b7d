import { useState } from 'react'
import type { EndpointSettings } from '../../queries/endpoints.ts'
import { useSession } from '../../queries/session.ts'
import callouts from '../ui/Callout.module.css'
import page from '../ui/Page.module.css'
import { AddEndpoint } from './AddEndpoint.tsx'
import { EndpointList } from './EndpointList.tsx'
import { LedgerPart } from './LedgerPart.tsx'

/** Who is asked, what each can do, and what was asked of them in this visit. */
export function EndpointsPanel() {
  const { choice } = useSession()
  const [isKept, setIsKept] = useState(true)
  const choose = (settings: EndpointSettings): void => setIsKept(choice.choose(settings))
  return (
    <>
      <p className={page['lead']}>
        Everything but the wallet is spread over the endpoints that are on, those above before those below.
        Only one of them sees the address that you paste. What you choose is kept in this browser only; an
        endpoint is never taken from a link.
      </p>
      <EndpointList choose={choose} />
      {isKept ? null : (
        <p role="status" className={callouts['callout']} data-tone="failure">
          This browser does not keep it: it lasts as long as the page.
        </p>
      )}
      <AddEndpoint choose={choose} />
      <LedgerPart />
    </>
  )
}
