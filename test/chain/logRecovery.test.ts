import { describe, expect, test } from 'vitest'
import { RangeTooWide, RateLimited, TooManyResults } from '../../src/chain/errors.ts'
import { partsOf } from '../../src/chain/logRecovery.ts'
import { lengthOf } from '../../src/math/intervals.ts'

const piece = { from: 100n, to: 199n }
const crowded = (hint: { from?: bigint; to?: bigint } = {}) =>
  new TooManyResults('has too many', { hint: { ...hint, onlyHere: true } })

describe('partsOf', () => {
  test('default: halves, so that the newer is asked first', () => {
    expect(partsOf(piece, crowded())).toEqual([
      { from: 100n, to: 149n },
      { from: 150n, to: 199n },
    ])
    expect(partsOf({ from: 7n, to: 8n }, crowded())).toEqual([
      { from: 7n, to: 7n },
      { from: 8n, to: 8n },
    ])
  })

  test.each<[string, { from?: bigint; to?: bigint }, readonly (readonly [bigint, bigint])[]]>([
    [
      'at its beginning',
      { from: 100n, to: 119n },
      [
        [100n, 119n],
        [120n, 199n],
      ],
    ],
    [
      'at its end',
      { from: 180n, to: 199n },
      [
        [100n, 179n],
        [180n, 199n],
      ],
    ],
    [
      'in the middle',
      { from: 120n, to: 139n },
      [
        [100n, 119n],
        [120n, 139n],
        [140n, 199n],
      ],
    ],
    [
      'that is the piece itself',
      { from: 100n, to: 199n },
      [
        [100n, 149n],
        [150n, 199n],
      ],
    ],
    [
      'that reaches beyond',
      { from: 90n, to: 119n },
      [
        [100n, 149n],
        [150n, 199n],
      ],
    ],
    [
      'that is turned round',
      { from: 150n, to: 120n },
      [
        [100n, 149n],
        [150n, 199n],
      ],
    ],
  ])('behavior: a proposed range %s', (_, hint, expected) => {
    const parts = partsOf(piece, crowded(hint)) ?? []
    expect(parts.map(({ from, to }) => [from, to])).toEqual(expected)
    expect(parts.reduce((sum, part) => sum + lengthOf(part), 0n)).toBe(100n)
  })

  test('behavior: a range that is too wide is split only where that is about these blocks', () => {
    const wide = (onlyHere: boolean) => new RangeTooWide('allows fewer', { hint: { onlyHere } })
    expect(partsOf(piece, wide(true))).toHaveLength(2)
    expect(partsOf(piece, wide(false))).toBeUndefined()
    expect(partsOf(piece, new RateLimited('slower'))).toBeUndefined()
  })

  test('behavior: one block has no parts', () => {
    expect(partsOf({ from: 5n, to: 5n }, crowded())).toBeUndefined()
  })
})
