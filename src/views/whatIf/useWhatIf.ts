import { useCallback } from 'react'
import { useSearchParams } from 'wouter'
import type { Texts } from './inputs.ts'

const KEYS = ['since', 'amount'] as const

/** Get what was asked, from the URL and undefined where nobody has asked, and ask something or nothing. */
export function useWhatIf(usual: Texts): readonly [Texts | undefined, (asked: Texts | undefined) => void] {
  const [params, setParams] = useSearchParams()
  const isAsked = KEYS.some(key => params.has(key))
  const asked = {
    since: params.get('since') ?? usual.since,
    amount: params.get('amount') ?? usual.amount,
  }
  const ask = useCallback(
    (texts: Texts | undefined) =>
      setParams(
        current => {
          // Whatever else the address holds is somebody else's.
          const next = new URLSearchParams(current)
          for (const key of KEYS)
            if (texts === undefined) next.delete(key)
            else next.set(key, texts[key].trim())
          return next
        },
        { replace: true },
      ),
    [setParams],
  )
  return [isAsked ? asked : undefined, ask]
}
