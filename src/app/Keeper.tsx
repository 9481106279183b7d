import { useKeptFigures } from '../queries/keepFigures.ts'

/** Keep what the page shows for a visit without a network; it has nothing to show itself. */
export function Keeper(): null {
  useKeptFigures()
  return null
}
