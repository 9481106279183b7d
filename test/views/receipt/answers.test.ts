import { describe, expect, test } from 'vitest'
import type { Reading, Sample } from '../../../src/math/sample.ts'
import { poolKey } from '../../../src/pools/definePool.ts'
import { tokenPools } from '../../../src/pools/index.ts'
import { lido } from '../../../src/pools/lido.ts'
import { rocketPool } from '../../../src/pools/rocketPool.ts'
import type { Agreement } from '../../../src/queries/agreement.ts'
import type { Opinion } from '../../../src/queries/recheck.ts'
import {
  agreementInWords,
  answersTo,
  doDiffer,
  earlierAgreement,
  type PlacedCall,
} from '../../../src/views/receipt/answers.ts'
import { callOf, wordOf } from '../../../src/views/receipt/receipt.ts'

const AT = { block: 10n, time: 100n, operator: 'A' }
const key = poolKey(rocketPool)
const call: PlacedCall = { ...callOf('Rate', rocketPool.rate, wordOf(5n), AT), place: 0 }
const known = (rate: bigint): Reading => ({ state: 'known', rate, supply: 7n, pooled: 8n })

const agreementOf = (verdict: Agreement['verdict'], change: Partial<Agreement> = {}): Agreement => ({
  block: 10n,
  time: 100n,
  verdict,
  doubts: new Map(),
  ...change,
})
const agreed = (...operators: string[]) => agreementOf({ kind: 'agreed', operators })
const again = (operator: string, value: bigint, isByHash = true): Opinion<{ readonly place: number }> => ({
  calls: [{ place: 3 }, { place: 0 }],
  operator,
  returnData: ['0x', wordOf(value)],
  isByHash,
})

const say = (agreement?: Agreement, ...opinions: readonly Opinion<{ readonly place: number }>[]) =>
  agreementInWords(answersTo(call, tokenPools, agreement, opinions), call.read)

describe('agreementInWords', () => {
  test('default: one has been asked', () => {
    expect(say()).toBe('Only A has been asked.')
  })

  test('behavior: others gave the same', () => {
    expect(say(undefined, again('B', 5n))).toBe('A and B gave the same.')
    expect(say(undefined, again('B', 5n), again('C', 5n))).toBe('A, B and C gave the same.')
  })

  test('behavior: bytes are the same in small letters and in capitals', () => {
    const small = { operator: 'A', returnData: wordOf(0xabn), how: 'figure' } as const
    const capital = { operator: 'B', returnData: small.returnData.replace('ab', 'AB'), how: 'hash' } as const
    expect(doDiffer([small, capital])).toBe(false)
    expect(agreementInWords([small, capital], call.read)).toBe('A and B gave the same.')
  })

  test('behavior: who differs, and what each says', () => {
    expect(say(undefined, again('B', 6n))).toBe('A and B differ: A says 5; B says 6.')
    expect(say(undefined, again('B', 6n), again('C', 5n))).toBe('A, B and C differ: A and C say 5; B says 6.')
  })
})

describe('answersTo', () => {
  test('behavior: what was asked to settle the headlines counts for its block alone', () => {
    expect(say(agreed('A', 'B'))).toBe('A and B gave the same.')
    for (const change of [{ block: 11n }, { time: 101n }])
      expect(say(agreementOf({ kind: 'agreed', operators: ['A', 'B'] }, change))).toBe(
        'Only A has been asked.',
      )
  })

  test('behavior: it counts for headline figures alone', () => {
    const other: PlacedCall = { ...callOf('Report', rocketPool.lastReport.read, wordOf(5n), AT), place: 0 }
    expect(answersTo(other, tokenPools, agreed('A', 'B'), [])).toHaveLength(1)
    for (const read of [rocketPool.supply, lido.pooled]) {
      const headline: PlacedCall = { ...callOf('Supply', read, wordOf(5n), AT), place: 0 }
      expect(answersTo(headline, tokenPools, agreed('A', 'B'), [])).toHaveLength(2)
    }
  })

  test('behavior: nobody agrees with an operator that was outvoted', () => {
    expect(say(agreed('B', 'C'))).toBe('Only A has been asked.')
  })

  test('behavior: a refutation and a dispute say what each said', () => {
    const sample: Sample = { block: 10n, time: 100n, operator: 'B', readings: { [key]: known(6n) } }
    expect(say(agreementOf({ kind: 'refuted', operators: ['B', 'C'], sample }))).toBe(
      'A, B and C differ: A says 5; B and C say 6.',
    )
    const claims = [
      { operator: 'A', reading: known(5n) },
      { operator: 'B', reading: known(9n) },
      { operator: 'C', reading: { state: 'notYet' } as const },
    ]
    const disputes = [
      { poolKey: poolKey(lido), claims: [{ operator: 'D', reading: known(1n) }] },
      { poolKey: key, claims },
    ]
    expect(say(agreementOf({ kind: 'disputed', operators: ['A', 'B'], disputes }))).toBe(
      'A and B differ: A says 5; B says 9.',
    )
    const supply: PlacedCall = { ...callOf('Supply', rocketPool.supply, wordOf(7n), AT), place: 0 }
    const told = answersTo(
      supply,
      tokenPools,
      agreementOf({ kind: 'disputed', operators: ['A', 'B'], disputes }),
      [],
    )
    expect(doDiffer(told)).toBe(false)
  })

  test('behavior: the reader’s own question stands for what was heard before, once', () => {
    const answers = answersTo(call, tokenPools, agreed('A', 'B'), [again('B', 5n), again('C', 5n, false)])
    expect(answers.map(({ operator, how }) => [operator, how])).toEqual([
      ['A', 'figure'],
      ['B', 'hash'],
      ['C', 'number'],
    ])
  })

  test('behavior: an opinion of other calls is none of this one', () => {
    const opinion = { ...again('B', 5n), calls: [{ place: 3 }, { place: 4 }] }
    expect(answersTo(call, tokenPools, undefined, [opinion])).toHaveLength(1)
  })

  test('behavior: where it is not told who gave it, it is one of several', () => {
    const joined = { ...call, operators: ['A', 'B'] }
    const [own] = answersTo(joined, tokenPools, undefined, [])
    expect(own?.operator).toBe('A or B')
  })
})

describe('earlierAgreement', () => {
  test('default: for headline figures of a later block', () => {
    const earlier = agreementOf({ kind: 'agreed', operators: ['A', 'B'] }, { block: 9n })
    expect(earlierAgreement([call], tokenPools, earlier)).toEqual({ operators: 'A and B', block: 9n })
    expect(earlierAgreement([call], tokenPools, agreed('A', 'B'))).toBeUndefined()
    const later = agreementOf({ kind: 'agreed', operators: ['A', 'B'] }, { block: 11n })
    expect(earlierAgreement([call], tokenPools, later)).toBeUndefined()
    const report: PlacedCall = { ...callOf('Report', rocketPool.lastReport.read, wordOf(5n), AT), place: 0 }
    expect(earlierAgreement([report], tokenPools, earlier)).toBeUndefined()
    expect(earlierAgreement([call], tokenPools, undefined)).toBeUndefined()
  })
})
