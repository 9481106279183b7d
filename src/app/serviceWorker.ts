import { announceShell, type Shell, shellNow } from '../queries/shell.ts'

/** What the page has around it; tests hand in their own. */
export type Surroundings = {
  readonly container: Pick<ServiceWorkerContainer, 'register' | 'addEventListener'>
  /** Written on the page at build. */
  readonly version: string
  readonly isLive: boolean
  readonly reload: () => void
  /** Follow the page's coming into sight. */
  readonly onSight: (listener: () => void) => void
}

/** Milliseconds that a worker is given to say its version: one that is not ours never does. */
const PATIENCE = 5_000
/** Milliseconds between two questions for a newer version, while a page stays open for days. */
const ASK_AFTER = 60 * 60 * 1_000

/** Ask a worker for its version. @returns undefined where it says none */
function versionOf(worker: ServiceWorker | null): Promise<unknown> {
  if (worker === null) return Promise.resolve(undefined)
  return new Promise(resolve => {
    const { port1, port2 } = new MessageChannel()
    const timer = setTimeout(() => resolve(undefined), PATIENCE)
    port1.onmessage = ({ data }) => {
      clearTimeout(timer)
      resolve(data)
      port1.close()
    }
    worker.postMessage('version', [port2])
  })
}

/** Let the waiting worker take over, then load its page, once; where none waits, its page is there already. */
function renewal({ waiting }: ServiceWorkerRegistration, reload: () => void): () => void {
  let isDone = false
  const once = (): void => {
    if (!isDone) reload()
    isDone = true
  }
  return () => {
    if (waiting === null) return once()
    waiting.addEventListener('statechange', () => {
      if (waiting.state === 'activated' || waiting.state === 'redundant') once()
    })
    // A reader may press in one tab after another has done it.
    if (waiting.state === 'activated' || waiting.state === 'redundant') return once()
    waiting.postMessage('take over')
  }
}

async function look(
  registration: ServiceWorkerRegistration,
  { version, reload }: Surroundings,
): Promise<Shell> {
  const { active, waiting } = registration
  const [current, next] = await Promise.all([versionOf(active), versionOf(waiting)])
  const newest = next ?? current
  return {
    isKept: current === version,
    ...(newest === undefined || newest === version ? {} : { renew: renewal(registration, reload) }),
  }
}

/**
 * Keep the page on this device, and announce what is kept and whether a newer version is ready. A page whose head says
 * what chain is behind it is kept by a worker that asks the server first: the next start says something else, on a port
 * that other projects use as well.
 */
export async function keepPage(surroundings: Surroundings): Promise<void> {
  const { container, isLive, onSight } = surroundings
  const fail = (problem: unknown): void => announceShell({ ...shellNow(), problem })
  try {
    const registration = await container.register(isLive ? './sw.js?live' : './sw.js')
    const tell = (): void => {
      look(registration, surroundings).then(announceShell, fail)
    }
    registration.addEventListener('updatefound', () => {
      registration.installing?.addEventListener('statechange', tell)
    })
    registration.installing?.addEventListener('statechange', tell)
    container.addEventListener('controllerchange', tell)
    let asked = Date.now()
    onSight(() => {
      if (Date.now() - asked < ASK_AFTER) return
      asked = Date.now()
      registration.update().catch(fail)
    })
    tell()
  } catch (problem) {
    fail(problem)
  }
}
