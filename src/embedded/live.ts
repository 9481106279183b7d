import type { Landmarks, Miner } from './build.ts'
import { type Day, dayAfter, type History, refreshedPrice } from './history.ts'
import type { KeeperCall } from './keeperCall.ts'
import { withoutSilence } from './scenario.ts'
import { BETWEEN_REPORTS, SLOT } from './schedule.ts'
import { dayCalls, type Measured, priceCall, rocketReportCalls } from './script.ts'
import { TWINS } from './twins/list.ts'
import { createTwinScript } from './twins/script.ts'

/** Blocks between two refreshes of the ETH price: five minutes. */
const REFRESH_BLOCKS = 25n

const SLOT_MILLISECONDS = 12_000

/** A chain that goes on. `stop` waits for the block being mined. */
export type LiveChain = { stop(): Promise<void> }

/** Give the calls of the next block of a running chain, at its time (seconds) and number. */
export type NextCalls = (time: bigint, block: bigint) => KeeperCall[]

/** The silence of Rocket Pool that a scenario asked for. */
export type Silence = {
  /** What its oracle measured on the last day of the history without telling it. */
  readonly measured: Measured
  isEnded(): boolean
  end(): void
}

/** Give the silence in which a history ends; undefined where its scenario has none. */
export function endingSilence({ schedule, days }: History, landmarks: Landmarks): Silence | undefined {
  const last = days[days.length - 1]
  const block = landmarks.referenceBlocks[days.length - 1]
  if ((schedule.scenario?.silentDays ?? 0) === 0 || last === undefined || block === undefined)
    return undefined
  let ended = false
  return {
    measured: { block, measuredAt: last.measuredAt },
    isEnded: () => ended,
    end: () => {
      ended = true
    },
  }
}

/**
 * Carry a history on: a refreshed price now and then, and a day's reports when its time has come.
 *
 * Once a silence is ended, the next block brings the newest report that Rocket Pool kept to itself.
 */
export function createNextCalls(history: History, silence?: Silence): NextCalls {
  const { days, opening } = history
  let schedule = history.schedule
  const script = createTwinScript(schedule, TWINS)
  let before: Day = days[days.length - 2] ?? opening
  let last: Day = days[days.length - 1] ?? opening
  let next = dayAfter(schedule, last)
  let untold = silence?.measured
  let measured: Measured | undefined
  let price = last.ethUsd
  let landed = last.landedAt
  let refreshes = 0
  return (time, block) => {
    const calls: KeeperCall[] = []
    if (untold !== undefined && silence?.isEnded() === true) {
      schedule = { ...schedule, scenario: withoutSilence(schedule.scenario ?? {}) }
      calls.push(...rocketReportCalls(schedule, dayAfter(schedule, before), untold))
      next = dayAfter(schedule, last)
      untold = undefined
      landed = time
    } else if (measured === undefined && time >= next.measuredAt) {
      measured = { block, measuredAt: time }
      calls.push(...script.callsBefore(next.day))
    } else if (measured !== undefined && time >= next.landedAt && time >= landed + BETWEEN_REPORTS) {
      calls.push(...dayCalls(schedule, last, next, measured), ...script.callsOn(next.day, measured.block))
      if (untold !== undefined) untold = measured
      before = last
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
  silence?: Silence | undefined
  startedAt: number
  onFailure: (error: unknown) => void
}): LiveChain {
  const { miner, history } = options
  const nextCalls = createNextCalls(history, options.silence)
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
