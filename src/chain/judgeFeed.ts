import { type Seconds, WAD, type Wad } from '../math/fixedPoint.ts'
import { decodeRound, HEARTBEAT, type Round } from '../pools/infrastructure.ts'
import { decodeWord, MalformedAnswer } from '../pools/words.ts'
import type { Outcome } from './blockReading.ts'

type Judged<Value> = { readonly value: Value } | { readonly why: string }

/** Seconds by which a feed's clock may seem ahead of the block's. */
const AHEAD: Seconds = 60n

/** Judge a feed's newest round: fresh, above zero and not of the future, or why it is not to be used. */
function judgeRound({ success, returnData }: Outcome, time: Seconds, name: string): Judged<Round> {
  if (!success || returnData === '0x') return { why: `${name} did not answer at this block.` }
  try {
    const round = decodeRound(returnData)
    const age = time - round.updatedAt
    if (age > HEARTBEAT) return { why: `${name} was not updated for more than its heartbeat of 24 h.` }
    return age < -AHEAD ? { why: `${name} tells an update of the future.` } : { value: round }
  } catch (error) {
    if (error instanceof MalformedAnswer)
      return { why: `${name} answered something that is no price above 0.` }
    throw error
  }
}

type EtherPrice = Round

/** US dollars per ETH, or why they are not known. */
export type PriceReading = {
  readonly price: EtherPrice | undefined
  readonly why?: string
  readonly outcome: Outcome
}

/** US dollars per ETH with 8 decimals between which a price is believed. */
const ETHER_PRICES = { lowest: 10n ** 8n, highest: 10n ** 14n } as const

/** Judge the ETH price. */
export function judgePrice(outcome: Outcome, time: Seconds): PriceReading {
  const judged = judgeRound(outcome, time, 'The ETH/USD feed')
  if ('why' in judged) return { price: undefined, why: judged.why, outcome }
  const { answer } = judged.value
  return answer < ETHER_PRICES.lowest || answer > ETHER_PRICES.highest
    ? { price: undefined, why: 'The ETH/USD feed tells a price that cannot be.', outcome }
    : { price: judged.value, outcome }
}

/** What a market pays in ETH (WAD), and since when. */
export type MarketPrice = { readonly price: Wad; readonly updatedAt: Seconds }

/** More than any feed has; a larger answer is none. */
const MOST_DECIMALS = 36n

/** Judge a market feed with the decimals that it tells itself. */
export function judgeMarket(round: Outcome, decimals: Outcome, time: Seconds): Judged<MarketPrice> {
  const judged = judgeRound(round, time, 'The feed')
  if (!('value' in judged)) return judged
  if (!decimals.success || decimals.returnData.length !== 66)
    return { why: 'The feed does not tell its decimals, so its answer has no scale.' }
  const places = decodeWord(decimals.returnData)
  if (places > MOST_DECIMALS) return { why: 'The feed tells an impossible number of decimals.' }
  const { answer, updatedAt } = judged.value
  const price = (answer * WAD) / 10n ** places
  // A decimal place too many is likelier than a token that is worth nothing.
  return price === 0n ? { why: 'The feed’s answer is 0 at its scale.' } : { value: { price, updatedAt } }
}
