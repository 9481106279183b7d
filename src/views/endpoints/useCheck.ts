import { useCallback, useEffect, useRef, useState } from 'react'
import { checkEndpoint, type Step } from '../../queries/checkEndpoint.ts'
import type { Endpoint } from '../../queries/endpoints.ts'
import { useSession } from '../../queries/session.ts'

export type Check = {
  readonly steps: readonly Step[]
  readonly isRunning: boolean
  /** Why it could not be carried through; what an endpoint fails at is a step, not this. */
  readonly error?: Error | undefined
}

const NOT_BEGUN: Check = { steps: [], isRunning: false }

type Checking = {
  readonly check: Check
  /** Climb the ladder. @returns the steps; undefined where it was cancelled or could not be carried through */
  readonly start: (endpoint: Endpoint) => Promise<readonly Step[] | undefined>
  readonly cancel: () => void
}

/** Climb the ladder of an endpoint, a step at a time; whoever leaves or cancels ends it. */
export function useCheck(): Checking {
  const session = useSession()
  const [check, setCheck] = useState(NOT_BEGUN)
  const running = useRef<AbortController>(undefined)
  const cancel = useCallback(() => {
    running.current?.abort()
    setCheck(now => ({ ...now, isRunning: false }))
  }, [])
  useEffect(() => () => running.current?.abort(), [])
  const start: Checking['start'] = async endpoint => {
    running.current?.abort()
    const controller = new AbortController()
    running.current = controller
    const { signal } = controller
    let steps: readonly Step[] = []
    setCheck({ steps, isRunning: true })
    try {
      for await (const step of checkEndpoint(session, endpoint, signal)) {
        signal.throwIfAborted()
        steps = [...steps, step]
        setCheck({ steps, isRunning: true })
      }
      setCheck({ steps, isRunning: false })
      return steps
    } catch (thrown) {
      if (signal.aborted) return undefined
      setCheck({
        steps,
        isRunning: false,
        error: thrown instanceof Error ? thrown : new Error(String(thrown)),
      })
      return undefined
    }
  }
  return { check, start, cancel }
}
