import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createLogSpan, type LogSpan } from '../../src/chain/logSpan.ts'

/** Ask an endpoint of a cap until the size stands still, and say how often it refused. */
function search(span: LogSpan, cap: bigint, told?: bigint, most = 60): { refused: number; asked: number } {
  let refused = 0
  let asked = 0
  for (let size = span.size(), last = 0n; size !== last && asked < most; ) {
    last = size
    asked += 1
    if (size <= cap) span.serve(size)
    else {
      refused += 1
      span.refuse(size, told)
      last = 0n
    }
    size = span.size()
  }
  return { refused, asked }
}

test('default: ten thousand blocks, or what was seen or remembered', () => {
  expect(createLogSpan().size()).toBe(10_000n)
  expect(createLogSpan({}, 1_024n).size()).toBe(1_024n)
  expect(createLogSpan({ span: 77n }, 1_024n).size()).toBe(77n)
})

describe('a stated limit', () => {
  test('default: it is used exactly and never gone beyond', () => {
    const span = createLogSpan()
    span.refuse(10_000n, 800n)
    expect(span.size()).toBe(800n)
    for (let answer = 0; answer < 50; answer += 1) span.serve(800n)
    expect(span.size()).toBe(800n)
    expect(span.learned()).toEqual({ span: 800n, isStated: true })
  })

  test('behavior: it holds from an earlier visit', () => {
    const span = createLogSpan({ span: 5_000n, isStated: true })
    span.serve(5_000n)
    expect(span.size()).toBe(5_000n)
  })

  test('behavior: one that is refused itself is one too many', () => {
    const span = createLogSpan()
    expect(search(span, 9_999n, 10_000n)).toEqual({ refused: 1, asked: 2 })
    expect(span.size()).toBe(9_999n)
  })

  test('behavior: a smaller one takes its place', () => {
    const span = createLogSpan()
    span.refuse(10_000n, 5_000n)
    span.refuse(5_000n, 100n)
    expect(span.size()).toBe(100n)
  })

  test('behavior: one that is larger than what was refused is not believed', () => {
    const span = createLogSpan()
    search(span, 700n, 10_000n)
    expect(span.size()).toBeLessThanOrEqual(700n)
    expect(span.size()).toBeGreaterThan(670n)
  })
})

describe('an unknown limit', () => {
  test.each([
    [1n, 15],
    [50n, 15],
    [1_000n, 10],
    [9_999n, 7],
    [10_000n, 8],
    [20_000n, 10],
    [100_000n, 12],
  ])('default: a cap of %s blocks is found in %s requests at most', (cap, most) => {
    const span = createLogSpan()
    const { asked } = search(span, cap)
    expect(asked).toBeLessThanOrEqual(most)
    expect(span.size()).toBeLessThanOrEqual(cap)
    expect(span.size() * 32n).toBeGreaterThanOrEqual(cap * 31n)
  })

  test('behavior: any cap is found, and what was found is asked for from then on', () => {
    const cap = fc.bigInt({ min: 1n, max: 3_000_000n })
    const start = fc.bigInt({ min: 1n, max: 100_000n })
    fc.assert(
      fc.property(cap, start, (most, first) => {
        const span = createLogSpan({}, first)
        search(span, most)
        const found = span.size()
        expect(found <= most && found * 32n >= most * 31n - 32n).toBe(true)
        span.serve(found)
        span.serve(1n)
        expect(span.size()).toBe(found)
      }),
    )
  })

  test('behavior: what was remembered and is still right costs one refusal', () => {
    const span = createLogSpan({ span: 10_000n, isStated: false })
    expect(search(span, 10_000n).refused).toBe(1)
    expect(span.size()).toBe(10_000n)
  })

  test('behavior: pieces that are small because little was wanted say nothing', () => {
    const span = createLogSpan()
    span.serve(300n)
    expect(span.size()).toBe(10_000n)
    expect(span.learned()).toBeUndefined()
  })

  test('behavior: what was served before and is refused now is searched from below', () => {
    const span = createLogSpan()
    search(span, 20_000n)
    search(span, 100n)
    expect(span.size()).toBeLessThanOrEqual(100n)
    expect(span.size()).toBeGreaterThan(95n)
  })

  test('behavior: refused down to one block, it asks for one', () => {
    const span = createLogSpan()
    for (let refusal = 0; refusal < 40; refusal += 1) span.refuse(span.size())
    expect(span.size()).toBe(1n)
  })
})

describe('memory', () => {
  test('behavior: what was searched is remembered as such, a start that simply worked is not', () => {
    const fresh = createLogSpan()
    fresh.serve(10_000n)
    expect(fresh.learned()).toBeUndefined()
    fresh.serve(20_000n)
    expect(fresh.learned()).toEqual({ span: 20_000n, isStated: false })
    fresh.refuse(40_000n)
    expect(fresh.learned()).toEqual({ span: 20_000n, isStated: false })
  })

  test('behavior: trying is asking for more than was ever served', () => {
    const span = createLogSpan()
    expect(span.isTrying(10_000n)).toBe(false)
    span.serve(10_000n)
    expect(span.isTrying(10_000n)).toBe(false)
    expect(span.isTrying(20_000n)).toBe(true)
    span.refuse(20_000n, 15_000n)
    expect(span.isTrying(15_000n)).toBe(false)
  })
})
