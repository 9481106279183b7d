import { encodeFunctionData, parseAbi } from 'viem'
import { describe, expect, test } from 'vitest'
import { WAD } from '../../src/math/fixedPoint.ts'
import { castLine, defineRead, MalformedSignature } from '../../src/pools/read.ts'

const token = '0xE95A203B1a91a908F9B9CE46459d101078c2c3cb'
const account = '0x1d8f8f00cfa6758d7bE78336684788Fb0ee0Fa46'
const SUPPLY = '0x18160ddd totalSupply() view returns (uint256)'
const SHARES = '0x6c58d43d sharesToBonds(uint256 amount) view returns (uint256)'

describe('defineRead', () => {
  test('default: everything that is needed to ask, and to repeat it by hand', () => {
    expect(defineRead(token, SUPPLY)).toEqual({
      address: token,
      signature: 'totalSupply() view returns (uint256)',
      shape: 'totalSupply()(uint256)',
      args: [],
      callData: '0x18160ddd',
      words: 1,
    })
  })

  test('behavior: arguments are part of the call', () => {
    const { callData, args, shape } = defineRead(token, SHARES, [WAD])
    expect(callData).toBe(`0x6c58d43d${WAD.toString(16).padStart(64, '0')}`)
    expect([args, shape]).toEqual([[WAD], 'sharesToBonds(uint256)(uint256)'])
  })

  test('behavior: several arguments stand in their order, as viem encodes them', () => {
    const { callData, shape } = defineRead(
      token,
      '0xdd62ed3e allowance(address owner, address spender) view returns (uint256)',
      [token, account],
    )
    const abi = parseAbi(['function allowance(address owner, address spender) view returns (uint256)'])
    expect(callData).toBe(encodeFunctionData({ abi, args: [token, account] }))
    expect(shape).toBe('allowance(address,address)(uint256)')
  })

  test('behavior: outputs are counted, named or not', () => {
    const read = defineRead(token, '0x752f77f1 three() view returns (uint16 first, uint16, uint16 third)')
    expect([read.words, read.shape]).toEqual([3, 'three()(uint16,uint16,uint16)'])
  })

  test('behavior: a pure function is a view too', () => {
    expect(defineRead(token, '0x5dfba115 isRebasing() pure returns (bool)').callData).toBe('0x5dfba115')
  })

  test.each([
    ['no selector', 'totalSupply() view returns (uint256)', []],
    ['half a selector', '0x1816 totalSupply() view returns (uint256)', []],
    ['a selector in capitals', '0x18160DDD totalSupply() view returns (uint256)', []],
    ['no return type', '0x18160ddd totalSupply() view', []],
    ['an empty return type', '0x18160ddd totalSupply() view returns ()', []],
    ['not a view', '0xa9059cbb transfer(address,uint256) returns (bool)', [token, 1n]],
    ['a tuple', '0x12345678 get((uint256 a, uint256 b) pair) view returns (uint256)', [1n]],
    ['a tuple of outputs', '0x12345678 get() view returns ((uint256 a, uint256 b) pair)', []],
    ['an argument too few', SHARES, []],
    ['an argument too many', SUPPLY, [1n]],
    ['nothing', '', []],
  ])('error: MalformedSignature for %s', (_, signature, args) => {
    expect(() => defineRead(token, signature, args as bigint[])).toThrow(MalformedSignature)
  })
})

describe('castLine', () => {
  test('default: repeats the call', () => {
    expect(castLine(defineRead(token, SUPPLY), 12_345n)).toBe(
      `cast call ${token} "totalSupply()(uint256)" --block 12345`,
    )
  })

  test('behavior: with its arguments, numbers in decimal', () => {
    expect(castLine(defineRead(token, SHARES, [WAD]), 12_345n)).toBe(
      `cast call ${token} "sharesToBonds(uint256)(uint256)" 1000000000000000000 --block 12345`,
    )
    const balance = defineRead(token, '0x70a08231 balanceOf(address) view returns (uint256)', [account])
    expect(castLine(balance, 1n)).toBe(
      `cast call ${token} "balanceOf(address)(uint256)" ${account} --block 1`,
    )
  })
})
