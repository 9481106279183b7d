import { describe, expect, test } from 'vitest'
import { requireHex, requireQuantity } from '../../src/chain/answers.ts'
import { UnexpectedReply } from '../../src/chain/errors.ts'

describe('requireQuantity', () => {
  test('default', () => {
    expect(requireQuantity('0x0', 'node')).toBe(0n)
    expect(requireQuantity('0x7a69', 'node')).toBe(31_337n)
  })

  test.each([['0x'], ['7'], [''], [7], [null], [undefined], [{}], ['0xzz']])(
    'error: UnexpectedReply for %j',
    result => {
      expect(() => requireQuantity(result, 'node')).toThrow(UnexpectedReply)
    },
  )
})

describe('requireHex', () => {
  test('default', () => {
    expect(requireHex('0x', 'node')).toBe('0x')
    expect(requireHex('0x00ff', 'node')).toBe('0x00ff')
  })

  test.each([[null], [undefined], [1], ['ff'], ['0xnothex'], [['0x']]])(
    'error: UnexpectedReply for %j',
    result => {
      expect(() => requireHex(result, 'node')).toThrow(UnexpectedReply)
    },
  )
})
