import { formatBlock, formatCount } from '../../../format/number.ts'
import { formatDay, formatTime } from '../../../format/time.ts'
import { DAY, type Seconds } from '../../../math/fixedPoint.ts'
import type { WalletPast } from '../../../math/walletPast.ts'
import type { Beginning } from './held.ts'
import { unseenBefore } from './unseen.ts'

export const counted = (count: number | bigint, one: string, many: string): string =>
  `${formatCount(count)} ${count === 1 || count === 1n ? one : many}`

/** Say since when something is held, as well as it is known. */
export function sinceInWords({ since, time, isBefore }: Beginning): string {
  const day = formatDay(time)
  if (isBefore) return `since ${day}, the first day that could be read`
  const first = formatDay(since)
  return first === day ? `since ${day}` : `since a day between ${first} and ${day}`
}

/** Say by what it is known what was earned, and how sure that is. */
export function wayInWords(past: WalletPast, isExact: boolean): string {
  const { way, unsure, moments, isOver } = past
  if (isExact) return 'From transfer logs and archive state: exact to the wei.'
  const soFar = isOver ? '' : ' so far'
  if (way === 'logs')
    return `From transfer logs and archive state. ${counted(unsure, 'move is', 'moves are')} not known to the block and its rate${soFar}: ± says how much that leaves open.`
  return `From balances at ${counted(moments.length, 'moment', 'moments')}${soFar}: what came and went between two of them is not seen; ± says what is left open by what moved at a time between.`
}

/** Say what may have been missed before the first holding; nothing where nothing can have been. */
export function unseenInWords(past: WalletPast): string {
  const unseen = unseenBefore(past)
  if (unseen === undefined) return ''
  const days = (unseen.gap + DAY - 1n) / DAY
  return ` Before ${formatDay(unseen.before)} blocks up to ${counted(days, 'day', 'days')} apart were read: what came and went between two of them is not seen.`
}

/** Say up to where the past was read. */
export function headInWords({ moments, operator }: WalletPast): string | undefined {
  const last = moments.at(-1)
  return last === undefined
    ? undefined
    : `Up to block ${formatBlock(last.block)}, ${formatTime(last.time)}, from ${operator} alone, which has seen the address.`
}

/** How far a reading is. */
export function progressInWords({ moments, calls, unsure, way }: WalletPast): string {
  const read = `${counted(moments.length, 'moment', 'moments')} from ${counted(calls, 'request', 'requests')}`
  const left = unsure === 0 ? '' : `, ${counted(unsure, 'move', 'moves')} not exact yet`
  return `${read}${way === 'logs' ? ', transfers searched' : ''}${left}`
}

/** Give a time, or the two between which something happened. */
export const whenInWords = ({ since, time }: { readonly since: Seconds; readonly time: Seconds }): string =>
  since === time ? formatTime(time) : `between ${formatTime(since)} and ${formatTime(time)}`
