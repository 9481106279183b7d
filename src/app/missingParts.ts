/**
 * Have a part of the page that cannot be loaded say what to do. A browser gives its own words in an error of no class,
 * and React keeps that failure for as long as the page is open.
 */
export function tellMissingParts(): void {
  addEventListener('vite:preloadError', ({ payload }) => {
    payload.cause = payload.message
    payload.message = 'Reload the page: a part of it is gone.'
  })
}
