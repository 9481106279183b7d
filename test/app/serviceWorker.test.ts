import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { keepPage, type Surroundings, VersionNotKept } from '../../src/app/serviceWorker.ts'
import { announceShell, shellNow } from '../../src/queries/shell.ts'

/** A worker as the page sees it, of a version or of somebody else, who says none. */
function createWorker(version: string | undefined) {
  const worker = Object.assign(new EventTarget(), {
    state: 'installing',
    told: [] as unknown[],
    postMessage: (message: unknown, [port]: readonly MessagePort[] = []) => {
      worker.told.push(message)
      if (message === 'version' && version !== undefined) port?.postMessage(version)
    },
    become: (state: string) => {
      worker.state = state
      worker.dispatchEvent(new Event('statechange'))
    },
  })
  return worker
}
type Worker = ReturnType<typeof createWorker>

/** A browser whose workers are put in place by hand. */
function createBrowser(over: Partial<Surroundings> = {}) {
  const registration = Object.assign(new EventTarget(), {
    installing: null as Worker | null,
    waiting: null as Worker | null,
    active: null as Worker | null,
    update: vi.fn(async () => undefined),
  })
  const container = Object.assign(new EventTarget(), {
    controller: null as Worker | null,
    register: vi.fn(async () => registration),
  })
  /** Have a worker come into use, and serve the page as it is. */
  const control = (worker: Worker): void => {
    registration.active = worker
    container.controller = worker
    container.dispatchEvent(new Event('controllerchange'))
  }
  /** Have the browser find a version. */
  const find = (version: string): Worker => {
    const worker = createWorker(version)
    registration.installing = worker
    registration.dispatchEvent(new Event('updatefound'))
    return worker
  }
  const reload = vi.fn()
  const sights: (() => void)[] = []
  const surroundings = {
    container: container as unknown as Surroundings['container'],
    version: 'v1',
    isLive: false,
    reload,
    onSight: (listener: () => void) => sights.push(listener),
    ...over,
  }
  const see = (): void => {
    for (const sight of sights) sight()
  }
  return { registration, container, control, find, reload, see, keep: () => keepPage(surroundings) }
}

/** Long enough for an answer that would say something else. */
const settle = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 50))

beforeEach(() => announceShell({ isKept: false }))
afterEach(() => vi.useRealTimers())

describe('keepPage', () => {
  test('default: kept once a worker of this version is in use', async () => {
    const { registration, container, keep } = createBrowser()
    const worker = createWorker('v1')
    registration.installing = worker
    await keep()
    expect(container.register).toHaveBeenCalledExactlyOnceWith('./sw.js')
    expect(shellNow().isKept).toBe(false)
    registration.active = worker
    worker.become('activated')
    await expect.poll(shellNow).toEqual({ isKept: true })
  })

  test('behavior: a live page asks for a worker that asks the server first', async () => {
    const { container, keep } = createBrowser({ isLive: true })
    await keep()
    expect(container.register).toHaveBeenCalledExactlyOnceWith('./sw.js?live')
  })

  test('behavior: a newer version that waits is told, takes over when it is asked, and the page loads once', async () => {
    const { registration, find, reload, keep } = createBrowser()
    registration.active = createWorker('v1')
    await keep()
    const next = find('v2')
    Object.assign(registration, { installing: null, waiting: next })
    next.become('installed')
    await expect.poll(() => shellNow().renew).toBeDefined()
    expect(shellNow().isKept).toBe(true)
    expect(next.told).not.toContain('take over')
    shellNow().renew?.()
    expect(next.told).toContain('take over')
    expect(reload).not.toHaveBeenCalled()
    next.become('activating')
    expect(reload).not.toHaveBeenCalled()
    next.become('activated')
    next.become('redundant')
    expect(reload).toHaveBeenCalledOnce()
  })

  test('behavior: in another tab of the version before, whose worker was replaced, the page is just loaded', async () => {
    const { registration, container, control, reload, keep } = createBrowser()
    registration.active = createWorker('v1')
    container.controller = registration.active
    await keep()
    await expect.poll(shellNow).toEqual({ isKept: true })
    control(createWorker('v2'))
    await expect.poll(() => shellNow().renew).toBeDefined()
    expect(shellNow().isKept).toBe(false)
    expect(reload).not.toHaveBeenCalled()
    shellNow().renew?.()
    expect(reload).toHaveBeenCalledOnce()
  })

  test('behavior: the same where the page’s first worker was the one replaced', async () => {
    const { control, keep } = createBrowser()
    await keep()
    control(createWorker('v1'))
    await expect.poll(shellNow).toEqual({ isKept: true })
    control(createWorker('v2'))
    await expect.poll(() => shellNow().renew).toBeDefined()
  })

  test('behavior: a page that its server has just sent is the newest, whatever version is kept', async () => {
    const { registration, container, keep } = createBrowser({ isLive: true, version: 'v2' })
    registration.active = createWorker('v1')
    container.controller = registration.active
    announceShell({ isKept: true })
    await keep()
    await expect.poll(shellNow).toEqual({ isKept: false })
  })

  test('behavior: a worker of another version that finds a page without one is no news', async () => {
    const { control, keep } = createBrowser({ isLive: true, version: 'v2' })
    await keep()
    announceShell({ isKept: true })
    control(createWorker('v1'))
    await expect.poll(shellNow).toEqual({ isKept: false })
  })

  test('behavior: a newer version that could not be kept is told, until one could', async () => {
    const { registration, find, keep } = createBrowser()
    registration.active = createWorker('v1')
    await keep()
    const next = find('v2')
    registration.installing = null
    next.become('redundant')
    const problem = expect.any(VersionNotKept)
    await expect.poll(shellNow).toEqual({ isKept: true, lacksVersion: true, problem })
    const third = find('v3')
    Object.assign(registration, { installing: null, waiting: third })
    third.become('installed')
    await expect.poll(shellNow).toEqual({ isKept: true, renew: expect.any(Function) })
  })

  test('behavior: so is the first of all, whose installing was under way before', async () => {
    const { registration, keep } = createBrowser()
    const worker = createWorker('v1')
    registration.installing = worker
    await keep()
    registration.installing = null
    worker.become('redundant')
    const problem = expect.any(VersionNotKept)
    await expect.poll(shellNow).toEqual({ isKept: false, lacksVersion: true, problem })
  })

  test('behavior: a version that was kept and then replaced by a newer one has not failed', async () => {
    const { registration, find, keep } = createBrowser()
    registration.active = createWorker('v1')
    await keep()
    const next = find('v2')
    for (const state of ['installed', 'activating', 'activated', 'redundant']) next.become(state)
    await settle()
    expect(shellNow()).toEqual({ isKept: true })
  })

  test('behavior: what failed before anybody listened is looked for again, where something is kept', async () => {
    const { registration, keep } = createBrowser()
    await keep()
    expect(registration.update).not.toHaveBeenCalled()
    registration.active = createWorker('v1')
    await keep()
    expect(registration.update).toHaveBeenCalledOnce()
  })

  test('behavior: pressed after another tab has done it, the page is just loaded', async () => {
    const { registration, reload, keep } = createBrowser()
    const next = createWorker('v2')
    Object.assign(registration, { active: createWorker('v1'), waiting: next })
    await keep()
    await expect.poll(() => shellNow().renew).toBeDefined()
    next.state = 'activated'
    shellNow().renew?.()
    expect(reload).toHaveBeenCalledOnce()
  })

  test('behavior: a worker that waits with this very version is no news', async () => {
    const { registration, keep } = createBrowser()
    Object.assign(registration, { active: createWorker('v0'), waiting: createWorker('v1') })
    await keep()
    await vi.waitFor(() => expect(registration.waiting?.told).toContain('version'))
    await settle()
    expect(shellNow().renew).toBeUndefined()
  })

  test('behavior: somebody else’s worker, which says no version, is neither kept nor news', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { registration, keep } = createBrowser()
    registration.active = createWorker(undefined)
    announceShell({ isKept: true })
    await keep()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(shellNow()).toEqual({ isKept: false })
  })

  test('behavior: a browser that refuses is told where one looks, and not loudly', async () => {
    const refusal = new DOMException('Denied.', 'SecurityError')
    const { container, keep } = createBrowser()
    container.register.mockRejectedValueOnce(refusal)
    await expect(keep()).resolves.toBeUndefined()
    expect(shellNow()).toEqual({ isKept: false, problem: refusal })
  })

  test('behavior: a page in sight again asks for a newer version once an hour, and survives that nobody answers', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const { registration, see, keep } = createBrowser()
    registration.active = createWorker('v1')
    await keep()
    await expect.poll(shellNow).toEqual({ isKept: true })
    registration.update.mockClear()
    see()
    expect(registration.update).not.toHaveBeenCalled()
    vi.setSystemTime(Date.now() + 3_600_000)
    const offline = new TypeError('Failed to fetch')
    registration.update.mockRejectedValueOnce(offline)
    see()
    see()
    expect(registration.update).toHaveBeenCalledOnce()
    await expect.poll(shellNow).toEqual({ isKept: true, problem: offline })
  })
})
