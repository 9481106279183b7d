/** Take the focus to an element, be it one that is not reached by Tab, without moving the page. */
export function takeFocus(element: HTMLElement | null): void {
  if (element === null) return
  if (element.tabIndex < 0) element.tabIndex = -1
  element.focus({ preventScroll: true })
}
