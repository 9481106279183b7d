import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { configure, type RenderResult, render } from '@testing-library/react'
import { type UserEvent, userEvent } from '@testing-library/user-event'
import type { ReactNode } from 'react'
import { onTestFinished } from 'vitest'
import { Router } from 'wouter'
import { SessionContext } from '../../../src/queries/session.ts'
import { ReceiptProvider } from '../../../src/views/receipt/ReceiptDialog.tsx'
import { useHashPath, useHashSearch } from '../../../src/views/state/hashLocation.ts'
import { createWorld, type World } from './world.ts'

// How long a slow machine may take; nothing waits longer than it has to.
configure({ asyncUtilTimeout: 10_000 })

type Options = {
  readonly world?: World
  /** Path and query behind `#`. */
  readonly path?: string
}

type Page = RenderResult & { readonly world: World; readonly queries: QueryClient; readonly user: UserEvent }

/** Put the browser on an address without history of its own. */
export const visit = (path: string): void => history.replaceState(null, '', `#${path}`)

/** Make a real query client that fails at once and leaves no timer behind. */
export function createTestQueries(): QueryClient {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false, networkMode: 'always' } } })
  onTestFinished(() => queries.clear())
  return queries
}

/** Render a part of the page inside everything that it expects around it. */
export function renderPage(ui: ReactNode, { world = createWorld(), path = '/' }: Options = {}): Page {
  visit(path)
  const queries = createTestQueries()
  const view = render(
    <QueryClientProvider client={queries}>
      <SessionContext value={world.session}>
        <Router hook={useHashPath} searchHook={useHashSearch}>
          <ReceiptProvider>{ui}</ReceiptProvider>
        </Router>
      </SessionContext>
    </QueryClientProvider>,
  )
  return { ...view, world, queries, user: userEvent.setup() }
}
