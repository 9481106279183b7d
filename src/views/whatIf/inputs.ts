import { chartTime, isoTime } from '../../format/time.ts'
import { startOfDay } from '../../math/day.ts'
import { type Seconds, WAD, type Wei, YEAR } from '../../math/fixedPoint.ts'

/** What stands in the two fields. */
export type Texts = { readonly since: string; readonly amount: string }

/** There is not more ether than this, give or take. */
const ALL_ETHER: Wei = 120_000_000n * WAD
const DECIMALS = 18

/** The day of a moment, in UTC, as a date field holds it. */
export const dayOf = (time: Seconds): string => isoTime(chartTime(time)).slice(0, 10)

/** What the fields hold until somebody changes them: one ether, a year ago. */
export const usualTexts = (now: Seconds): Texts => ({ since: dayOf(now - YEAR), amount: '1' })

type Amount = { readonly amount: Wei } | { readonly problem: string }

function weiOf(whole: string, fraction: string): Amount {
  const amount = BigInt(whole + fraction.padEnd(DECIMALS, '0'))
  if (amount === 0n) return { problem: 'Nothing grows to nothing: enter more than 0 ETH.' }
  return amount < ALL_ETHER
    ? { amount }
    : { problem: 'There are only about 120 million ETH: enter less than that.' }
}

/** Read an amount of ether, with a point or a comma before its decimals, or say what is wrong with it. */
export function parseAmount(text: string): Amount {
  const plain = text.trim()
  if (plain === '') return { problem: 'Enter an amount of ETH, such as 1 or 0.5.' }
  if (/^[-−]/.test(plain)) return { problem: 'An amount below 0 cannot be staked.' }
  const [, whole = '', fraction = ''] = /^(\d*)[.,]?(\d*)$/.exec(plain) ?? []
  if (whole + fraction === '')
    return {
      problem: `“${plain}” is not an amount of ETH: write digits, with one point or comma before the decimals.`,
    }
  // Half of the world writes a thousand so, and the other half one.
  if (/^[1-9]\d*,\d{3}$/.test(plain))
    return {
      problem: `“${plain}” may mean two things: write ${plain.replace(',', '')} or ${plain.replace(',', '.')}.`,
    }
  return fraction.length > DECIMALS
    ? { problem: 'ETH has 18 decimals; this amount has more.' }
    : weiOf(whole, fraction)
}

/** Read a day that has passed, or say what is wrong with it. `now` is the time of the head. */
export function parseSince(
  text: string,
  now: Seconds,
): { readonly since: string; readonly time: Seconds } | { readonly problem: string } {
  const since = text.trim()
  if (since === '') return { problem: 'Choose a day.' }
  const time = startOfDay(since)
  if (time === undefined)
    return { problem: `“${since}” is not a day of the calendar: write it as 2025-03-01.` }
  if (since === dayOf(now))
    return { problem: 'Today has brought nothing yet that could be compared: choose an earlier day.' }
  return time > now
    ? { problem: `${since} has not come yet: choose a day that has passed.` }
    : { since, time }
}
