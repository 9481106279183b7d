import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { lazy, type ReactNode, type RefObject, Suspense, useEffect, useRef, useState } from 'react'
import { Route, Router, Switch } from 'wouter'
import { type Session, SessionContext } from '../queries/session.ts'
import { loadTheme, saveTheme, type Theme } from '../store/theme.ts'
import { Header } from '../views/header/Header.tsx'
import { Notices } from '../views/header/Notices.tsx'
import { OverviewPage } from '../views/overview/OverviewPage.tsx'
import { ReceiptProvider } from '../views/receipt/ReceiptDialog.tsx'
import { useHashPath, useHashSearch } from '../views/state/hashLocation.ts'
import { Boundary } from '../views/ui/Boundary.tsx'
import { Skeleton } from '../views/ui/Skeleton.tsx'
import { takeFocus } from '../views/ui/takeFocus.ts'
import styles from './App.module.css'
import { Footer } from './Footer.tsx'

// The overview answers the first question; the other pages come when they are asked for.
const NotFound = lazy(() => import('./NotFound.tsx').then(page => ({ default: page.NotFound })))
const Keeper = lazy<() => ReactNode>(() =>
  import('./Keeper.tsx').then(
    keeper => ({ default: keeper.Keeper }),
    () => ({ default: NoKeeper }),
  ),
)
const MethodPage = lazy(() =>
  import('../views/method/MethodPage.tsx').then(page => ({ default: page.MethodPage })),
)
const PoolPage = lazy(() => import('../views/pool/PoolPage.tsx').then(page => ({ default: page.PoolPage })))
const WalletPage = lazy(() =>
  import('../views/wallet/WalletPage.tsx').then(page => ({ default: page.WalletPage })),
)

/** The endpoint pool moves on to another operator by itself; one more try here covers a moment without network. */
export const createQueries = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        ...{ retry: 1, retryDelay: 1_000, throwOnError: false },
        // Without a network a node on this machine still answers, and what was kept takes the place of the rest.
        ...{ networkMode: 'always', refetchOnReconnect: true },
      },
    },
  })

function useTheme(): readonly [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState(loadTheme)
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset['theme']
    else document.documentElement.dataset['theme'] = theme
  }, [theme])
  // Only what somebody chooses is stored: what cannot be read there stays until it has been told.
  const choose = (next: Theme): void => {
    setTheme(next)
    saveTheme(next)
  }
  return [theme, choose]
}

type ArrivalProps = {
  readonly path: string
  /** The page that was arrived at before; the first one keeps the focus where the browser puts it. */
  readonly last: RefObject<string>
}

/** Take the focus to the heading of a page that was gone to, once it is there: so it is heard, and Tab goes on from it. */
function Arrival({ path, last }: ArrivalProps) {
  useEffect(() => {
    if (last.current === path) return
    last.current = path
    takeFocus(document.querySelector<HTMLElement>('main h1'))
  }, [path, last])
  return null
}

/** A fragment may hold what cannot be decoded: then it is taken as it stands. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch (error) {
    if (error instanceof URIError) return text
    throw error
  }
}

/** What stands in for a keeper that could not be loaded: the figures that are shown do not need it. */
function NoKeeper() {
  return (
    <p role="status">A part of the page is gone: nothing is kept for a visit without a network. Reload it.</p>
  )
}

type Props = { readonly session: Session; readonly queries: QueryClient }

/** The page: providers, frame and routes. */
export function App({ session, queries }: Props) {
  const [theme, setTheme] = useTheme()
  const [path] = useHashPath()
  const last = useRef(path)
  return (
    <QueryClientProvider client={queries}>
      <SessionContext value={session}>
        <Router hook={useHashPath} searchHook={useHashSearch}>
          <ReceiptProvider>
            <Notices />
            <Header theme={theme} onTheme={setTheme} />
            <main id="content" className={styles['main']}>
              <Boundary key={path} what="this page">
                <Suspense fallback={<Skeleton rows={6} height={54} label="Loading the page" />}>
                  <Arrival path={path} last={last} />
                  <Switch>
                    <Route path="/">
                      <OverviewPage />
                    </Route>
                    <Route path="/pool/:id">{({ id }) => <PoolPage id={id} />}</Route>
                    <Route path="/wallet/:text?">
                      {({ text }) => <WalletPage text={text === undefined ? undefined : decoded(text)} />}
                    </Route>
                    <Route path="/method/:part?">{({ part }) => <MethodPage part={part} />}</Route>
                    <Route>
                      <NotFound path={decoded(path)} />
                    </Route>
                  </Switch>
                </Suspense>
              </Boundary>
            </main>
            <Footer />
            <Suspense fallback={null}>
              <Keeper />
            </Suspense>
          </ReceiptProvider>
        </Router>
      </SessionContext>
    </QueryClientProvider>
  )
}
