import { encodeAbiParameters, type Hex } from 'viem'
import { describe, expect, test } from 'vitest'
import { UnexpectedReply } from '../../src/chain/errors.ts'
import { decodeAggregate, encodeAggregate } from '../../src/chain/multicall.ts'

const address = '0xcA11bde05977b3631167028862bE2a173976CA11'
const results = [
  { success: true, returnData: '0x01' as Hex },
  { success: false, returnData: '0x' as Hex },
]
const tuple = { type: 'tuple[]', components: [{ type: 'bool' }, { type: 'bytes' }] } as const
const encoded = encodeAbiParameters(
  [tuple],
  [results.map(({ success, returnData }): readonly [boolean, Hex] => [success, returnData])],
)

describe('encodeAggregate', () => {
  test('default: aggregate3 with every inner call allowed to fail', () => {
    const data = encodeAggregate([{ address, callData: '0x42cbb15c' }])
    const words = data.slice(10).match(/.{64}/g) ?? []
    expect(data.slice(0, 10)).toBe('0x82ad56cb')
    expect(words.slice(0, 5).map(word => BigInt(`0x${word}`))).toEqual([32n, 1n, 32n, BigInt(address), 1n])
    expect(data).toContain('42cbb15c')
  })
})

describe('decodeAggregate', () => {
  test('default', () => {
    expect(decodeAggregate(encoded, 2, 'test')).toEqual(results)
  })

  test('behavior: nothing means that there is no Multicall3', () => {
    expect(decodeAggregate('0x', 2, 'test')).toBeUndefined()
  })

  test('error: UnexpectedReply wherever the answer is cut', () => {
    for (let length = 3; length < encoded.length; length += 1)
      expect(() => decodeAggregate(encoded.slice(0, length) as Hex, 2, 'test'), `${length}`).toThrow(
        UnexpectedReply,
      )
  })

  test('error: UnexpectedReply for another number of results', () => {
    expect(() => decodeAggregate(encoded, 1, 'test')).toThrow(UnexpectedReply)
    expect(() => decodeAggregate(encoded, 3, 'test')).toThrow(UnexpectedReply)
  })
})
