import type { Pace } from './endpoints.ts'

/** Milliseconds between two starts once an endpoint has asked for fewer: at first, and at most. */
const SLOWED = 300
const SLOWEST = 2_000

/** When an endpoint may be sent its next request. */
export type Pacer = {
  /** Milliseconds between the starts of two requests, as it stands. */
  readonly spacing: () => number
  /** Milliseconds until the next start. */
  readonly delay: () => number
  /** Wait for the next start. @throws the reason of an abort */
  readonly turn: (signal: AbortSignal | undefined) => Promise<void>
  /** Take longer steps: the endpoint asked for fewer requests. */
  readonly slow: () => void
  /** Take shorter steps again, as far as the stated pace: the endpoint answered. */
  readonly ease: () => void
}

/** Wait, unless the signal is aborted before or meanwhile. @throws the reason of the abort */
export function wait(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) return reject(signal.reason)
    const leave = (): void => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', leave)
      resolve()
    }, milliseconds)
    signal?.addEventListener('abort', leave, { once: true })
  })
}

/**
 * Keep an endpoint's pace: never faster than stated, half as slow again after each refusal, a fifth quicker after each
 * answer. Steady slowing asks less than long rests do, and fixed rests of 20 s were measured to be worse.
 * @param remembered spacing in milliseconds that an earlier visit ended with
 */
export function createPacer({ spacing: stated }: Pace, remembered: number = stated): Pacer {
  const slowest = Math.max(stated, SLOWEST)
  let spacing = Math.min(slowest, Math.max(stated, remembered))
  let next = 0
  return {
    spacing: () => spacing,
    delay: () => Math.max(0, next - performance.now()),
    turn: async signal => {
      const now = performance.now()
      const start = Math.max(now, next)
      next = start + spacing
      if (start > now) await wait(start - now, signal)
    },
    slow: () => {
      spacing = Math.min(slowest, Math.max(SLOWED, spacing * 1.5))
      next = Math.max(next, performance.now() + spacing)
    },
    ease: () => {
      spacing = Math.max(stated, spacing * 0.8)
    },
  }
}
