import type { TokenPool } from '../../pools/definePool.ts'

/** A pool's colour, from the tokens of the theme. */
export const poolColour = ({ colour }: TokenPool): string => `var(--pool-${colour})`

const DASHES = [
  undefined,
  '6 3',
  '2 3',
  '8 3 2 3',
  '14 4',
  '4 2',
  '10 3 2 3 2 3',
  '1 2',
  '6 2 1 2',
  '3 6',
  '14 4 3 4',
  '5 5',
  '2 6',
  '18 3',
  '7 4 1 4 1 4',
]

/** A pool's dash pattern: the second mark, so that colour is never the only one. */
export const poolDash = ({ colour }: TokenPool): string | undefined => DASHES[(colour - 1) % DASHES.length]
