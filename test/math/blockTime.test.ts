import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { slotsOf, timeBounds } from '../../src/math/blockTime.ts'

const MERGE = 15_537_394n
const MAINNET = slotsOf(1n)
const LOCAL = slotsOf(31_337n)

describe('timeBounds', () => {
  const clock = [
    { block: MERGE, time: 1_000_000n },
    { block: MERGE + 100n, time: 1_001_224n },
  ]

  test('default: each slot takes 12 s, so only the two that stayed empty are open', () => {
    expect(timeBounds(clock, MERGE + 40n, MAINNET)).toEqual({ earliest: 1_000_480n, latest: 1_000_504n })
  })

  test('behavior: a known block is exact', () => {
    for (const { block, time } of clock)
      expect(timeBounds(clock, block, MAINNET)).toEqual({ earliest: time, latest: time })
  })

  test('behavior: outside of what is known nothing bounds it', () => {
    expect(timeBounds(clock, MERGE - 1n, MAINNET)).toBeUndefined()
    expect(timeBounds(clock, MERGE + 101n, MAINNET)).toBeUndefined()
    expect(timeBounds([], MERGE, MAINNET)).toBeUndefined()
  })

  test('behavior: before the Merge, and on other chains, blocks only come one after the other', () => {
    const old = [
      { block: 100n, time: 5_000n },
      { block: 200n, time: 6_000n },
    ]
    for (const slots of [MAINNET, LOCAL])
      expect(timeBounds(old, 150n, slots)).toEqual({ earliest: 5_050n, latest: 5_950n })
  })

  test('behavior: across the Merge only the part after it is regular', () => {
    const across = [
      { block: MERGE - 10n, time: 5_000n },
      { block: MERGE + 10n, time: 6_000n },
    ]
    expect(timeBounds(across, MERGE + 5n, MAINNET)).toEqual({ earliest: 5_070n, latest: 5_940n })
    expect(timeBounds(across, MERGE - 5n, MAINNET)).toEqual({ earliest: 5_005n, latest: 5_875n })
  })

  test('behavior: blocks closer together than slots allow leave their order alone', () => {
    const fork = [
      { block: MERGE, time: 1_000n },
      { block: MERGE + 10n, time: 1_010n },
    ]
    expect(timeBounds(fork, MERGE + 5n, MAINNET)).toEqual({ earliest: 1_000n, latest: 1_010n })
  })

  test('behavior: the truth lies within, whichever slots stay empty', () => {
    const slots = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 60 })
    fc.assert(
      fc.property(slots, fc.nat(), fc.nat(), (gaps, a, b) => {
        let time = 1_700_000_000n
        const chain = gaps.map((gap, index) => {
          time += BigInt(gap) * 12n
          return { block: MERGE + BigInt(index), time }
        })
        const known = chain.filter((_, index) => index % (1 + (a % 7)) === 0)
        const asked = chain[b % chain.length]
        if (asked === undefined) return
        const bounds = timeBounds(known, asked.block, MAINNET)
        if (bounds === undefined) expect(asked.block > (known.at(-1)?.block ?? 0n)).toBe(true)
        else expect(bounds.earliest <= asked.time && asked.time <= bounds.latest).toBe(true)
      }),
    )
  })
})
