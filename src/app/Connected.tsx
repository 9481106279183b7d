import { useEffect, useMemo, useState } from 'react'
import { App } from './App.tsx'
import { type Connection, connect, queries } from './connect.ts'
import { createSession } from './createSession.ts'
import type { PageConfig } from './pageConfig.ts'

type Props = {
  readonly config: PageConfig
  /** Made before the page is drawn, so that its first question is on its way by then. */
  readonly connection?: Connection
}

/** The page on its endpoints; choosing others connects it anew. */
export function Connected({ config, connection }: Props) {
  const [first] = useState(() => connection ?? connect(config))
  const [settings, setSettings] = useState(first.settings)
  useEffect(() => first.listen(setSettings), [first])
  const session = useMemo(
    () =>
      settings === first.settings
        ? first.session
        : createSession(config, { settings, onChoice: setSettings, visit: first.visit }),
    [config, settings, first],
  )
  return <App session={session} queries={queries} />
}
