import type { Hex } from 'viem'
import type { LastFigures } from '../math/lastFigures.ts'
import { poolKey, type TokenPool } from '../pools/definePool.ts'
import type { Read } from '../pools/read.ts'
import type { Outcome } from './blockReading.ts'
import { type Live, liveOf, liveReads } from './readLive.ts'

const keyOf = ({ address, callData }: { readonly address: string; readonly callData: string }): string =>
  `${address} ${callData}`.toLowerCase()

/** Take from a settled live reading what is kept of it: the answers themselves, and what operators differed about. */
export function keptFigures(live: Live, identity: string | undefined): LastFigures {
  const { block, time, chainId, operator, url } = live
  return {
    ...{ block, time, chainId, operator, url, identity },
    answers: live.outcomes.map(({ read, success, returnData }) => ({
      ...{ address: read.address, callData: read.callData, success, returnData },
    })),
    doubts: Object.fromEntries(
      live.pools.flatMap(({ pool, reading, claims }) =>
        claims !== undefined && reading.state === 'unknown' ? [[poolKey(pool), reading.why]] : [],
      ),
    ),
  }
}

const isHex = (text: string): text is Hex => /^0x(?:[0-9a-f]{2})*$/i.test(text)

/** What a kept reading says to a question; one that was not asked then has no answer. */
function recalledOutcomes({ answers }: LastFigures, reads: readonly Read[]): Outcome[] {
  const kept = new Map(answers.map(answer => [keyOf(answer), answer]))
  return reads.flatMap((read): Outcome[] => {
    const { success, returnData = '' } = kept.get(keyOf(read)) ?? {}
    return success === undefined || !isHex(returnData) ? [] : [{ read, success, returnData }]
  })
}

/** Judge the answers of an earlier visit as those of now are judged. Pools that were in doubt then still are. */
export function recallLive(figures: LastFigures, pools: readonly TokenPool[]): Live {
  const { block, time, chainId, operator, url, doubts } = figures
  const outcomes = recalledOutcomes(figures, liveReads(pools))
  const live = liveOf({ block, time, chainId, operator, url, outcomes }, pools)
  return {
    ...live,
    isRecalled: true,
    pools: live.pools.map(own => {
      const why = doubts[poolKey(own.pool)]
      return why === undefined ? own : { ...own, reading: { state: 'unknown', why } }
    }),
  }
}
