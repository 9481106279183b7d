import { type RefObject, useEffect, useState } from 'react'

/** So far below the screen counts as near: what is drawn there is ready before a reader has come to it. */
const MARGIN = '800px 0px'

/** Tell whether an element has ever been near the screen; at once where the browser cannot tell. */
export function useNear(element: RefObject<Element | null>): boolean {
  const [isNear, setIsNear] = useState(() => typeof IntersectionObserver !== 'function')
  useEffect(() => {
    if (isNear || element.current === null) return undefined
    const observer = new IntersectionObserver(
      entries => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setIsNear(true)
      },
      { rootMargin: MARGIN },
    )
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [isNear, element])
  return isNear
}
