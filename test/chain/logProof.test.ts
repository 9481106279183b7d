import { describe, expect, test } from 'vitest'
import { createLogProof } from '../../src/chain/logProof.ts'

const known = [
  { from: 101n, to: 200n },
  { from: 201n, to: 300n },
  { from: 401n, to: 410n },
]

test('default: a log in a known range proves, one elsewhere does not', () => {
  const proof = createLogProof(known, false)
  proof.enter({ from: 500n, to: 600n }, [550n])
  expect(proof.isProven()).toBe(false)
  proof.enter({ from: 150n, to: 160n }, [155n])
  expect(proof.isProven()).toBe(true)
  expect(createLogProof(known, true).isProven()).toBe(true)
})

describe('isLost', () => {
  test('default: an answer for a whole known range without a log in it', () => {
    const proof = createLogProof(known, false)
    expect(proof.isLost({ from: 101n, to: 200n }, [])).toBe(true)
    expect(proof.isLost({ from: 90n, to: 210n }, [205n])).toBe(true)
    expect(proof.isLost({ from: 90n, to: 210n }, [200n])).toBe(false)
    expect(proof.isLost({ from: 102n, to: 300n }, [250n])).toBe(false)
    expect(proof.isLost({ from: 102n, to: 200n }, [])).toBe(false)
  })

  test('behavior: answers add up', () => {
    const proof = createLogProof(known, true)
    proof.enter({ from: 101n, to: 150n }, [])
    expect(proof.isLost({ from: 151n, to: 200n }, [])).toBe(true)
    expect(proof.isLost({ from: 151n, to: 200n }, [151n])).toBe(false)
    expect(proof.isLost({ from: 152n, to: 200n }, [])).toBe(false)
    proof.enter({ from: 201n, to: 250n }, [230n])
    expect(proof.isLost({ from: 251n, to: 300n }, [])).toBe(false)
  })
})

describe('what to ask', () => {
  test('default: the newest range that fits, or else the shortest, part by part from its end', () => {
    const proof = createLogProof(known, false)
    expect(proof.nextProof(0n, 100n)).toEqual({ from: 401n, to: 410n })
    expect(createLogProof(known.slice(0, 2), false).nextProof(0n, 100n)).toEqual({ from: 201n, to: 300n })
    expect(proof.nextKnown(0n, 5n)).toEqual({ from: 401n, to: 410n })
    expect(proof.nextProof(0n, 4n)).toEqual({ from: 407n, to: 410n })
    proof.enter({ from: 407n, to: 410n }, [])
    expect(proof.nextProof(0n, 4n)).toEqual({ from: 403n, to: 406n })
    expect(proof.nextProof(402n, 100n)).toBeUndefined()
  })

  test('behavior: a piece tells when it holds a whole range', () => {
    const proof = createLogProof(known, false)
    expect(proof.isTold({ from: 101n, to: 200n })).toBe(true)
    expect(proof.isTold({ from: 102n, to: 299n })).toBe(false)
  })
})
