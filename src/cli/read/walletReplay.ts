import { addUp, type Course, worthOf } from '../../math/course.ts'
import { mulDivDown, WAD, type Wei } from '../../math/fixedPoint.ts'
import { isSure } from '../../math/lots.ts'
import { flowsOf, replay, replayWithout } from '../../math/replay.ts'
import type { WalletPast } from '../../math/walletPast.ts'
import type { TokenPool } from '../../pools/definePool.ts'
import { fixed, UNKNOWN } from './figures.ts'
import { textTable } from './table.ts'

/** What the same ether, in and out on the same dates, would be in one pool. */
type ReplayRow = {
  readonly pool: string
  readonly token: string
  readonly valueWei: string | null
  /** Its value less what the wallet has. */
  readonly differenceWei: string | null
  readonly why: string | null
}

export type ReplayReport = {
  readonly ownWei: string
  /** What came in less what went out, each at its worth then. */
  readonly unstakedWei: string
  /** Whether some of what moved is counted at the middle of what it may have been worth, or at a rate of a later moment. */
  readonly isEstimated: boolean
  readonly pools: readonly ReplayRow[]
}

const inEther = (value: bigint): Wei => mulDivDown(value, 1n, WAD)

/** What the holdings are worth at the newest moment, in WeiWad. */
const ownWorth = (courses: readonly Course[]): bigint =>
  addUp(
    courses.flatMap(({ marks }) => {
      const last = marks.at(-1)
      return last === undefined ? [] : [{ low: worthOf(last), high: worthOf(last) }]
    }),
  ).low

/** Report what the same ether would be elsewhere; null where nothing was ever held. */
export function replayReport(
  { courses, moments, unsure }: WalletPast,
  pools: readonly TokenPool[],
): ReplayReport | null {
  const flows = flowsOf(courses)
  if (flows.length === 0) return null
  const own = ownWorth(courses)
  const rows = pools.map(({ id, token }): ReplayRow => {
    const value = replay(flows, moments, ({ rates }) => rates[token.address]).at(-1)?.value
    return {
      pool: id,
      token: token.symbol,
      valueWei: value === undefined ? null : inEther(value).toString(),
      differenceWei: value === undefined ? null : inEther(value - own).toString(),
      why: value === undefined ? 'Its rate is not known at all of these dates.' : null,
    }
  })
  return {
    ownWei: inEther(own).toString(),
    unstakedWei: inEther(replayWithout(flows, moments).at(-1)?.value ?? 0n).toString(),
    isEstimated: unsure > 0 || !courses.every(({ moves }) => moves.every(isSure)),
    pools: rows,
  }
}

const ether = (wei: string | null): string => (wei === null ? UNKNOWN : fixed(BigInt(wei), 18, 9))

const byValue = (one: ReplayRow, other: ReplayRow): number =>
  BigInt(one.valueWei ?? 0) < BigInt(other.valueWei ?? 0) ? 1 : -1

/** Write a replay for a terminal, the highest value first. */
export function replayText({ ownWei, unstakedWei, isEstimated, pools }: ReplayReport): string {
  const known = pools.filter(({ valueWei }) => valueWei !== null).toSorted(byValue)
  const missing = pools.filter(({ valueWei }) => valueWei === null).map(({ token }) => token)
  const unstaked = (BigInt(unstakedWei) - BigInt(ownWei)).toString()
  return [
    'The same ETH on the same dates',
    textTable(
      [{ title: 'In' }, { title: 'ETH', align: 'right' }, { title: 'Difference', align: 'right' }],
      [
        ['this wallet', ether(ownWei), ''],
        ['no staking', ether(unstakedWei), ether(unstaked)],
        ...known.map(({ token, valueWei, differenceWei }) => [token, ether(valueWei), ether(differenceWei)]),
      ],
    ),
    ...(isEstimated
      ? [
          '≈ What moved at a rate that is not known exactly is counted at the middle, in a block that was not read at the other pools’ next known rate.',
        ]
      : []),
    ...(missing.length > 0
      ? [`Left out, since their rates are not known at all dates: ${missing.join(', ')}.`]
      : []),
  ].join('\n')
}
