import { worthOf } from '../../../math/course.ts'
import { mulDivDown, type Seconds, WAD, type Wad } from '../../../math/fixedPoint.ts'
import { isSure } from '../../../math/lots.ts'
import type { Moment } from '../../../math/moment.ts'
import { type Flow, flowsOf, replay, replayWithout } from '../../../math/replay.ts'
import type { WalletPast } from '../../../math/walletPast.ts'
import type { TokenPool } from '../../../pools/definePool.ts'
import { weiOf } from './amounts.ts'
import type { HeldAsset } from './held.ts'

/** What the same ether on the same dates would be worth now. */
export type ReplayRow = {
  readonly id: string
  /** Undefined for the wallet itself and for not staking. */
  readonly pool: TokenPool | undefined
  readonly name: string
  readonly value: bigint
  /** What that is more than the wallet's. */
  readonly difference: bigint
  /** The difference as a WAD fraction of the wallet's value; undefined where that is nothing. */
  readonly fraction: Wad | undefined
}

export type LeftOut = { readonly pool: TokenPool; readonly why: 'later' | 'unread' }

export type Replays = {
  readonly flows: readonly Flow[]
  /** What came in less what went out. */
  readonly net: bigint
  /** When the first of it came in. */
  readonly first: Seconds
  readonly last: Moment
  /** The most first; with this wallet and not staking. */
  readonly rows: readonly ReplayRow[]
  readonly leftOut: readonly LeftOut[]
  /** Whether every move was at a known rate in a block that was read: else the other pool's is of a later moment. */
  readonly isExact: boolean
}

export const WALLET = 'wallet'
export const UNSTAKED = 'unstaked'

type Entry = Pick<ReplayRow, 'id' | 'pool' | 'name' | 'value'>

const byValue = (one: ReplayRow, other: ReplayRow): number =>
  one.value > other.value ? -1 : one.value < other.value ? 1 : 0

function compared(entry: Entry, wallet: bigint): ReplayRow {
  const difference = entry.value - wallet
  return {
    ...entry,
    difference,
    fraction: wallet > 0n ? mulDivDown(difference, WAD, wallet) : undefined,
  }
}

/** Replay what came and went with each pool, and without any; undefined where nothing ever came. */
export function replaysOf(
  { moments }: WalletPast,
  held: readonly HeldAsset[],
  pools: readonly TokenPool[],
): Replays | undefined {
  const courses = held.map(({ course }) => course)
  const flows = flowsOf(courses)
  const [start, last] = [flows[0], moments.at(-1)]
  if (start === undefined || last === undefined) return undefined
  const wallet = weiOf(
    courses.reduce((sum, { marks }) => {
      const mark = marks.at(-1)
      return mark === undefined ? sum : sum + worthOf(mark)
    }, 0n),
  )
  const net = weiOf(replayWithout(flows, moments).at(-1)?.value ?? 0n)
  const entries: Entry[] = [
    { id: WALLET, pool: undefined, name: 'This wallet', value: wallet },
    { id: UNSTAKED, pool: undefined, name: 'No staking', value: net },
  ]
  const leftOut: LeftOut[] = []
  const firstMoment = moments.find(({ block }) => block >= start.block)
  for (const pool of pools) {
    const { address } = pool.token
    const value = replay(flows, moments, ({ rates }) => rates[address]).at(-1)?.value
    if (value !== undefined) entries.push({ id: pool.id, pool, name: pool.name, value: weiOf(value) })
    else leftOut.push({ pool, why: firstMoment?.rates[address] === undefined ? 'later' : 'unread' })
  }
  return {
    flows,
    net,
    first: start.time,
    last,
    rows: entries.map(entry => compared(entry, wallet)).sort(byValue),
    leftOut,
    isExact: courses.every(({ moves }) => moves.every(isSure)),
  }
}
