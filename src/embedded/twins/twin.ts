import type { Address } from 'viem'
import type { KeeperCall } from '../keeperCall.ts'
import type { Course, Line } from '../line.ts'
import type { Schedule } from '../schedule.ts'

/** A day as a twin sees it. */
export type TwinDay = {
  readonly schedule: Schedule
  readonly course: Course
  readonly day: number
  /** The rate (WAD) and the supply (wei) of the course on this day. */
  readonly rate: bigint
  readonly supply: bigint
  /** The day of the pool's first rate. */
  readonly startDay: number
}

/** A pool on the embedded chain: contracts of ours at its mainnet addresses, and what the keeper does to them. */
export type Twin = {
  /** The pool's id. */
  readonly id: string
  readonly line: Line
  /** Percent of the history after whose day the contracts are there; from the opening if absent. */
  readonly appears?: number
  /** Percent of the history on whose day the first rate is set, if that is not when the contracts appear. */
  readonly starts?: number
  /** Contracts' names by address. */
  readonly code: Readonly<Record<Address, string>>
  /** Tokens of which the first demo wallet gets one. */
  readonly holdings: readonly Address[]
  /** The contracts' first state. */
  readonly seed: (today: TwinDay) => readonly KeeperCall[]
  /** What a day's block brings. */
  readonly day: (today: TwinDay, reference: bigint) => readonly KeeperCall[]
  /** What the block before it brings, the one that the oracles measure. */
  readonly between?: (today: TwinDay) => readonly KeeperCall[]
}
