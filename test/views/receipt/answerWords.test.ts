import { describe, expect, test } from 'vitest'
import { readBalance, readEtherPrice, readParentHash } from '../../../src/pools/infrastructure.ts'
import { defineRead } from '../../../src/pools/read.ts'
import { rocketPool } from '../../../src/pools/rocketPool.ts'
import { answerInWords, argumentsOf } from '../../../src/views/receipt/answerWords.ts'
import { priceWords, words } from '../support/facts.ts'
import { ACCOUNT } from '../support/world.ts'

const TOKEN = rocketPool.token.address
const returning = (type: string) => defineRead(TOKEN, `0x00000000 f() view returns (${type})`)

describe('answerInWords', () => {
  test.each([
    ['uint256', 1_103n * 10n ** 15n, '1,103,000,000,000,000,000 = 1.103 × 10¹⁸'],
    ['uint256', 999_999_999_999_999n, '999,999,999,999,999'],
    ['uint256', 10n ** 15n, '1,000,000,000,000,000 = 0.001 × 10¹⁸'],
    ['uint8', 18n, '18'],
    ['int256', -5n, '-5'],
    ['int256', -(10n ** 18n), '-1,000,000,000,000,000,000 = -1 × 10¹⁸'],
    ['bool', 1n, 'true'],
    ['bool', 0n, 'false'],
    ['address', BigInt(ACCOUNT), ACCOUNT.toLowerCase()],
    ['bytes32', 5n, `0x${'5'.padStart(64, '0')}`],
  ])('default: %s %s', (type, value, text) => {
    expect(answerInWords(returning(type), words(value))).toBe(text)
  })

  test('behavior: several values by their names', () => {
    expect(answerInWords(readEtherPrice, priceWords(7n, 9n))).toBe(
      'roundId 1, answer 7, startedAt 9, updatedAt 9, answeredInRound 1',
    )
  })

  test.each([
    ['0x', 'nothing'],
    ['0x1234', 'bytes that are no answer of this function'],
    [words(1n, 2n), 'bytes that are no answer of this function'],
    ['proof', 'bytes that are no answer of this function'],
  ])('behavior: %s is %s', (data, text) => {
    expect(answerInWords(readParentHash, data)).toBe(text)
  })
})

describe('argumentsOf', () => {
  test('default: by name, or by type where there is none', () => {
    expect(argumentsOf(readBalance(TOKEN, ACCOUNT))).toEqual([{ name: 'address', value: ACCOUNT }])
    const named = defineRead(TOKEN, '0x00000000 f(uint256 id, address) view returns (bool)', [5_000n, TOKEN])
    expect(argumentsOf(named)).toEqual([
      { name: 'id', value: '5,000' },
      { name: 'address', value: TOKEN },
    ])
    expect(argumentsOf(rocketPool.rate)).toEqual([])
  })
})
