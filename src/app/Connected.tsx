import { useMemo, useState } from 'react'
import { loadEndpointSettings } from '../store/endpointSettings.ts'
import { App, createQueries } from './App.tsx'
import { createSession, createVisit } from './createSession.ts'
import type { PageConfig } from './pageConfig.ts'

const queries = createQueries()

/** The page on its endpoints; choosing others connects it anew. */
export function Connected({ config }: { readonly config: PageConfig }) {
  const [visit] = useState(createVisit)
  const [settings, setSettings] = useState(() => loadEndpointSettings(config.chain))
  const session = useMemo(
    () => createSession(config, { settings, onChoice: setSettings, visit }),
    [config, settings, visit],
  )
  return <App session={session} queries={queries} />
}
