import { type Abi, decodeEventLog, type Hex } from 'viem'
import { afterAll, beforeAll } from 'vitest'
import { type Course, layCourse } from '../../src/embedded/line.ts'
import { type EmbeddedChain, startEmbeddedChain } from '../../src/embedded/start.ts'
import { TWINS } from '../../src/embedded/twins/list.ts'
import { createReading } from './reading.ts'

/** The chain that the tests of a file share. Its values are there from the first test on. */
export class SharedChain {
  readonly #running: { chain?: EmbeddedChain; reading?: ReturnType<typeof createReading> } = {}

  constructor(seed: number) {
    beforeAll(async () => {
      this.#running.chain = await startEmbeddedChain({ days: 40, live: false, now: 1_795_000_000n, seed })
    }, 60_000)
    afterAll(() => this.#running.chain?.stop())
  }

  get chain(): EmbeddedChain {
    if (this.#running.chain === undefined) throw new ReferenceError('The chain has not started yet.')
    return this.#running.chain
  }

  get reading() {
    this.#running.reading ??= createReading(this.chain)
    return this.#running.reading
  }

  /** The block of a day's reports. */
  blockOf(day: number): bigint {
    return this.chain.landmarks.dayBlocks[day] ?? -1n
  }

  /** The day whose reports a block carries. */
  dayOf(block: bigint | null): number {
    return this.chain.landmarks.dayBlocks.indexOf(block ?? -1n)
  }

  firstBlock(id: string): bigint {
    return this.chain.twins[id]?.firstBlock ?? -1n
  }

  /** What the rates and supplies of a pool ought to be. */
  course(id: string): Course {
    const twin = TWINS.find(candidate => candidate.id === id)
    if (twin === undefined) throw new RangeError(`There is no twin ${id}.`)
    return layCourse(this.chain.history.schedule, twin.line)
  }
}

/** Read what the logs of one event tell. */
export function readArgs<const EventAbi extends Abi>(
  abi: EventAbi,
  logs: readonly { data: Hex; topics: readonly Hex[] }[],
) {
  return logs.map(({ data, topics }) => {
    const { args } = decodeEventLog({ abi, data, topics: topics as [Hex, ...Hex[]] })
    return args as unknown as Readonly<Record<string, bigint | Hex>>
  })
}

/** Tell how far a value is from another, in parts of 10^18 of the latter, rounded up: only the same value is 0 away. */
export function distance(value: bigint, wanted: bigint): bigint {
  const apart = value > wanted ? value - wanted : wanted - value
  return (apart * 10n ** 18n + wanted - 1n) / wanted
}
