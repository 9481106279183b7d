import { useEffect, useRef } from 'react'
import { takeFocus } from './takeFocus.ts'

/** The last of what stands before a button: a row of a table, a part of a list, or one that can be opened by itself. */
function lastBefore(button: HTMLElement): Element | null {
  const before = button.previousElementSibling
  return before?.matches('details') === true
    ? before
    : ((before?.querySelector('tbody') ?? before)?.lastElementChild ?? null)
}

/**
 * Take the focus to the first of what a button brought, where the button itself goes: it would start over at the top
 * of the page.
 * @returns to be called with the button when it is pressed
 */
export function useFocusOnMore(rest: number): (button: HTMLElement) => void {
  const last = useRef<Element | null>(null)
  useEffect(() => {
    const next = last.current?.nextElementSibling
    last.current = null
    if (rest <= 0 && next instanceof HTMLElement) takeFocus(next.querySelector('summary') ?? next)
  }, [rest])
  return button => {
    last.current = lastBefore(button)
  }
}
