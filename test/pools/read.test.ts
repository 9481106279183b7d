import { describe, expect, test } from 'vitest'
import { WAD } from '../../src/math/fixedPoint.ts'
import {
  castLine,
  decodeWord,
  defineRead,
  MalformedAnswer,
  MalformedSignature,
} from '../../src/pools/read.ts'

const address = '0xE95A203B1a91a908F9B9CE46459d101078c2c3cb'

describe('defineRead', () => {
  test('default', () => {
    const read = defineRead(address, 'totalSupply() view returns (uint256)')
    expect([read.address, read.callData, read.args]).toEqual([address, '0x18160ddd', []])
  })

  test('behavior: arguments are part of the call', () => {
    const { callData } = defineRead(address, 'sharesToBonds(uint256 amount) view returns (uint256)', [WAD])
    expect(callData).toBe(`0x6c58d43d${WAD.toString(16).padStart(64, '0')}`)
  })
})

describe('decodeWord', () => {
  test('default: a whole word, the largest too', () => {
    expect(decodeWord(`0x${'0'.repeat(63)}7`)).toBe(7n)
    expect(decodeWord(`0x${'f'.repeat(64)}`)).toBe(2n ** 256n - 1n)
    expect(decodeWord(`0x${'0'.repeat(64)}`)).toBe(0n)
  })

  test.each([
    ['nothing', '0x'],
    ['half a word', `0x${'0'.repeat(32)}`],
    ['a digit less', `0x${'0'.repeat(63)}`],
    ['a byte more', `0x${'0'.repeat(66)}`],
    ['two words', `0x${'0'.repeat(128)}`],
    ['a word that is not hexadecimal', `0x${'0'.repeat(63)}g`],
    ['a word without 0x', '0'.repeat(66)],
  ])('error: MalformedAnswer for %s', (_, data) => {
    expect(() => decodeWord(data as `0x${string}`)).toThrow(MalformedAnswer)
  })
})

describe('signatures', () => {
  const token = '0xae78736Cd615f374D3085123A210448E74Fc6393'

  test.each([
    ['no return type', 'totalSupply() view'],
    ['not a view', 'transfer(address,uint256) returns (bool)'],
    ['a tuple', 'get((uint256 a, uint256 b) pair) view returns (uint256)'],
    ['nothing', ''],
  ])('error: MalformedSignature for %s', (_, signature) => {
    expect(() => defineRead(token, signature)).toThrow(MalformedSignature)
  })

  test('behavior: a cast line repeats the call', () => {
    const read = defineRead(token, 'sharesToBonds(uint256 amount) view returns (uint256)', [WAD])
    expect(castLine(read, 12_345n)).toBe(
      `cast call ${token} "sharesToBonds(uint256)(uint256)" 1000000000000000000 --block 12345`,
    )
  })
})
