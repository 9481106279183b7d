import type { Miner } from './build.ts'
import { type Day, dayAfter, type History, refreshedPrice } from './history.ts'
import type { KeeperCall } from './keeperCall.ts'
import { SLOT } from './schedule.ts'
import { dayCalls, type Measured, priceCall } from './script.ts'
import { TWINS } from './twins/list.ts'
import { createTwinScript } from './twins/script.ts'

/** Blocks between two refreshes of the ETH price: five minutes. */
const REFRESH_BLOCKS = 25n

/** Rocket Pool's v4 refuses a second report within 22.8 h, also when this computer slept through days. */
const BETWEEN_REPORTS = 23n * 3600n

const SLOT_MILLISECONDS = 12_000

/** A chain that goes on. `stop` waits for the block being mined. */
export type LiveChain = { stop(): Promise<void> }

/** Give the calls of the next block of a running chain, at its time (seconds) and number. */
export type NextCalls = (time: bigint, block: bigint) => KeeperCall[]

/** Carry a history on: a refreshed price now and then, and a day's reports when its time has come. */
export function createNextCalls({ schedule, days, opening }: History): NextCalls {
  const script = createTwinScript(schedule, TWINS)
  let last: Day = days[days.length - 1] ?? opening
  let next = dayAfter(schedule, last)
  let measured: Measured | undefined
  let price = last.ethUsd
  let landed = last.landedAt
  let refreshes = 0
  return (time, block) => {
    const calls: KeeperCall[] = []
    if (measured === undefined && time >= next.measuredAt) {
      measured = { block, measuredAt: time }
      calls.push(...script.callsBefore(next.day))
    } else if (measured !== undefined && time >= next.landedAt && time >= landed + BETWEEN_REPORTS) {
      calls.push(...dayCalls(schedule, last, next, measured), ...script.callsOn(next.day, measured.block))
      last = next
      next = dayAfter(schedule, last)
      measured = undefined
      landed = time
      price = last.ethUsd
    } else if (block % REFRESH_BLOCKS === 0n) {
      refreshes += 1
      price = refreshedPrice(schedule.seed, price, refreshes)
      calls.push(priceCall(price))
    }
    return calls
  }
}

/**
 * Mine a block every 12 s of real time, counted from `now` of the history at the instant `startedAt` (milliseconds).
 *
 * Slots in which this computer slept stay without a block. `onFailure` hears why mining ended before `stop`.
 */
export function keepMining(options: {
  miner: Miner
  history: History
  startedAt: number
  onFailure: (error: unknown) => void
}): LiveChain {
  const { miner, history } = options
  const nextCalls = createNextCalls(history)
  let stopped = false
  let slot = 0
  let mining: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  const scheduleSlot = () => {
    const elapsed = Date.now() - options.startedAt
    // A timer may come a millisecond early: the same slot is never mined twice.
    slot = Math.max(slot, Math.floor(elapsed / SLOT_MILLISECONDS)) + 1
    timer = setTimeout(
      () => {
        mining = mineSlot()
      },
      slot * SLOT_MILLISECONDS - elapsed,
    )
  }
  const mineSlot = async () => {
    const time = history.schedule.now + BigInt(slot) * SLOT
    try {
      await miner.mine(time, nextCalls(time, miner.head() + 1n))
      await miner.assertDone()
    } catch (error) {
      if (!stopped) options.onFailure(error)
      return
    }
    if (!stopped) scheduleSlot()
  }
  scheduleSlot()
  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      await mining
    },
  }
}
