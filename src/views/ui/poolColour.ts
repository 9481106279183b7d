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

const DISC = 'm-3.5,0a3.5,3.5 0 1 0 7,0a3.5,3.5 0 1 0 -7,0'
const SQUARE = 'm-3,-3h6v6h-6z'
const UP = 'm0,-4l4,7h-8z'

/** A shape to draw with the pen at its middle. One that is hollow has the colour of the paper inside. */
export type LineSymbol = { readonly path: string; readonly isHollow: boolean }

const solid = (path: string): LineSymbol => ({ path, isHollow: false })
const hollow = (path: string): LineSymbol => ({ path, isHollow: true })

/** One for each dash pattern, in their order. The hollow disc and diamond and the triangle downwards are marks of the chart. */
const SYMBOLS: readonly LineSymbol[] = [
  solid(DISC),
  solid(SQUARE),
  solid(UP),
  hollow(SQUARE),
  solid('m-4,0h8m-4,-4v8'),
  hollow(UP),
  solid('m-3,-4l7,4l-7,4z'),
  solid('m-3,-3l6,6m0,-6l-6,6'),
  solid('m-3.5,-4h7l-7,8h7z'),
  solid('m0,-5l1.2,3.8l3.8,1.2l-3.8,1.2l-1.2,3.8l-1.2,-3.8l-3.8,-1.2l3.8,-1.2z'),
  solid('m3,-4l-7,4l7,4z'),
  solid('m-1,-4.5h2v9h-2z'),
  solid('m0,-4v8m-3.5,-6l7,4m0,-4l-7,4'),
  hollow('m-4,2a4,4 0 0 1 8,0z'),
  solid('m-2,-4v8m4,-8v8'),
]

/** The symbol that goes with a dash pattern: the third mark, for lines that are too short to show their dashes. */
export const lineSymbol = (dash: string | undefined): LineSymbol =>
  SYMBOLS[Math.max(0, DASHES.indexOf(dash))] ?? solid(DISC)
