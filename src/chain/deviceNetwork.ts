/** Whether the browser is sure that there is no network. Elsewhere, as in a terminal, nobody says so. */
export const isOffline = (): boolean => globalThis.navigator?.onLine === false
