import { liveQuery } from '../queries/live.ts'
import type { Session } from '../queries/session.ts'
import { type EndpointSettings, loadEndpointSettings } from '../store/endpointSettings.ts'
import { createQueries } from './App.tsx'
import { createSession, createVisit, type Visit } from './createSession.ts'
import type { PageConfig } from './pageConfig.ts'

export const queries = createQueries()

/** A visit with the session that it begins with. */
export type Connection = {
  readonly visit: Visit
  readonly settings: EndpointSettings
  readonly session: Session
  /** Have somebody told when the reader chooses other endpoints. */
  readonly listen: (onChoice: (settings: EndpointSettings) => void) => void
}

/** Connect a visit to the endpoints that an earlier one chose. @throws InvalidEndpoint */
export function connect(config: PageConfig): Connection {
  const visit = createVisit()
  const settings = loadEndpointSettings(config.chain)
  let tell: (settings: EndpointSettings) => void = () => undefined
  const session = createSession(config, { settings, onChoice: next => tell(next), visit })
  return {
    visit,
    settings,
    session,
    listen: onChoice => {
      tell = onChoice
    },
  }
}

/** Ask for the first figures at once: the page is drawn while they are on their way. */
export function askFirst({ session }: Connection): void {
  void queries.prefetchQuery(liveQuery(session))
}
