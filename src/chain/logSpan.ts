import type { Learned } from '../math/endpointMemory.ts'

/** Blocks in a first request to an endpoint of which nothing is known. */
const FIRST: bigint = 10_000n

/** How many blocks an endpoint gives in one log request, as far as its answers have told. */
export type LogSpan = {
  /** Blocks to ask for next. */
  readonly size: () => bigint
  /** Take note that so many blocks were served at once. */
  readonly serve: (blocks: bigint) => void
  /**
   * Take note that so many blocks were too many.
   * @param stated blocks that are allowed, in the endpoint's own words
   */
  readonly refuse: (blocks: bigint, stated?: bigint) => void
  /** Whether so many blocks are more than were ever served. */
  readonly isTrying: (blocks: bigint) => boolean
  /** What is worth remembering; undefined where nothing new was found out. */
  readonly learned: () => Pick<Learned, 'span' | 'isStated'> | undefined
}

/** Near enough: a 32nd more would save 3 % of the requests and cost several refused ones. */
const nearly = (low: bigint): bigint => (low / 32n > 1n ? low / 32n : 1n)

/**
 * Learn an endpoint's span. One that it states is used exactly and never gone beyond. Otherwise it is searched for
 * between the most that was served and the least that was refused; as long as nothing was refused, it grows.
 * @param learned what an earlier visit remembered
 * @param seen the span of the endpoint's record
 */
export function createLogSpan(learned: Pick<Learned, 'span' | 'isStated'> = {}, seen?: bigint): LogSpan {
  const known = learned.span ?? seen
  const start = known ?? FIRST
  let stated = learned.isStated === true ? learned.span : undefined
  let low = 0n
  let high: bigint | undefined

  function size(): bigint {
    if (stated !== undefined) return stated
    if (high !== undefined) return high - low <= nearly(low) ? low : low + (high - low) / 2n
    if (low < start) return start
    // What was found out before is tried only a little beyond, so that being right costs one refusal.
    return known !== undefined && low === start ? low + nearly(low) : low * 2n
  }

  return {
    size: () => (size() > 0n ? size() : 1n),
    serve: blocks => {
      if (blocks > low && (high === undefined || blocks < high)) low = blocks
    },
    refuse: (blocks, told) => {
      if (told !== undefined && told > 0n && told <= blocks && blocks > 1n) {
        // Some refuse what they say that they allow: they count otherwise at an end.
        stated = told < blocks ? told : blocks - 1n
        return
      }
      stated = undefined
      // Less than was served before: the endpoint is many machines, or has changed its mind.
      if (blocks <= low) low = 0n
      if (high === undefined || blocks < high) high = blocks
    },
    isTrying: blocks => stated === undefined && low > 0n && blocks > low,
    learned: () => {
      if (stated !== undefined) return { span: stated, isStated: true }
      if (low > 0n && (high !== undefined || low > start)) return { span: low, isStated: false }
      return undefined
    },
  }
}
