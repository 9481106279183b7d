import { announceShell } from '../queries/shell.ts'
import { queries } from './connect.ts'

/** Keep the page on this device, with the code for it to come behind the page's own. */
export function keepLater(): void {
  addEventListener(
    'load',
    () => {
      import('./keepOffline.ts')
        .then(({ keepOffline }) => keepOffline(queries))
        .catch((problem: unknown) => announceShell({ isKept: false, problem }))
    },
    { once: true },
  )
}
