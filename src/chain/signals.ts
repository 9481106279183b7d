/** An abort that comes with the caller's or by itself. */
export type Leash = {
  readonly signal: AbortSignal
  readonly abort: (reason: unknown) => void
  /** Let go of the caller's signal and of the time limit, once the work is done. */
  readonly release: () => void
}

/** One listener on a signal for all that follow it: hundreds of requests may, and Node warns of more than ten. */
const followers = new WeakMap<AbortSignal, Set<() => void>>()

function followersOf(caller: AbortSignal): Set<() => void> {
  const known = followers.get(caller)
  if (known !== undefined) return known
  const fresh = new Set<() => void>()
  followers.set(caller, fresh)
  const tell = (): void => {
    for (const follow of fresh) follow()
  }
  caller.addEventListener('abort', tell, { once: true })
  return fresh
}

/**
 * Follow a caller's signal, and a time limit where one is given. AbortSignal.any with AbortSignal.timeout would say the
 * same in a line, but Node 20 loses such signals to its garbage collection, and a request then hangs for minutes.
 * @param limit milliseconds after which it aborts with a TimeoutError
 */
export function leash(caller: AbortSignal | undefined, limit?: number): Leash {
  const own = new AbortController()
  const follow = (): void => own.abort(caller?.reason)
  if (caller?.aborted === true) follow()
  else if (caller !== undefined) followersOf(caller).add(follow)
  const timer =
    limit === undefined
      ? undefined
      : setTimeout(() => own.abort(new DOMException(`No answer within ${limit} ms.`, 'TimeoutError')), limit)
  return {
    signal: own.signal,
    abort: reason => own.abort(reason),
    release: () => {
      clearTimeout(timer)
      if (caller !== undefined) followers.get(caller)?.delete(follow)
    },
  }
}
