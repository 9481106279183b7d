import { announceShell, type Shell, shellNow } from '../queries/shell.ts'

/** What the page has around it; tests hand in their own. */
export type Surroundings = {
  readonly container: Pick<ServiceWorkerContainer, 'register' | 'addEventListener' | 'controller'>
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

/** A version was found and could not be installed. */
export class VersionNotKept extends Error {
  override readonly name = 'VersionNotKept'
  constructor() {
    super('A version was not kept: one of its files was not to be had, or there is no room. Reload later.')
  }
}

/** What has come over the page since it was opened. */
type Course = {
  /** Another tab had a newer version take over. */
  isTakenOver: boolean
  /** Of the last version that was found. */
  failure: VersionNotKept | undefined
}

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
  course: Course,
): Promise<Shell> {
  const { active, waiting } = registration
  const [current, next] = await Promise.all([versionOf(active), versionOf(waiting)])
  const { isTakenOver, failure } = course
  // Where nobody took over, a worker of another version is older than the page that its server has just sent.
  const newest = next ?? (isTakenOver ? current : undefined)
  return {
    isKept: current === version,
    ...(failure === undefined ? {} : { lacksVersion: true, problem: failure }),
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
    const course: Course = { isTakenOver: false, failure: undefined }
    let { controller } = container
    const registration = await container.register(isLive ? './sw.js?live' : './sw.js')
    const tell = (): void => {
      look(registration, surroundings, course).then(announceShell, fail)
    }
    const follow = (): void => {
      const { installing } = registration
      const judge = (): void => {
        course.failure = installing?.state === 'redundant' ? new VersionNotKept() : undefined
      }
      // What was installed becomes that first, and redundant only when another has replaced it.
      installing?.addEventListener('statechange', judge, { once: true })
      installing?.addEventListener('statechange', tell)
    }
    registration.addEventListener('updatefound', follow)
    follow()
    container.addEventListener('controllerchange', () => {
      // The first worker of all finds a page that had none: it takes over from nobody.
      course.isTakenOver ||= controller !== null
      controller = container.controller
      tell()
    })
    let asked = Date.now()
    const ask = (): void => {
      asked = Date.now()
      registration.update().catch(fail)
    }
    onSight(() => {
      if (Date.now() - asked >= ASK_AFTER) ask()
    })
    tell()
    // The browser has asked by itself; what it found may have failed before anybody listened.
    if (registration.active !== null) ask()
  } catch (problem) {
    fail(problem)
  }
}
