import { describe, expect, test } from 'vitest'
import { InvalidAddress, parseAddress } from '../../src/pools/account.ts'

const address = '0x7f39C581F595B53c5cb19bD0b3f8dA6c935E2Ca0'
const digits = address.slice(2)

describe('parseAddress', () => {
  test('default', () => {
    expect(parseAddress(address)).toBe(address)
  })

  test.each([
    ['small letters', address.toLowerCase()],
    ['capital letters', `0x${digits.toUpperCase()}`],
    ['a capital X', `0X${digits.toUpperCase()}`],
    ['a capital X before small letters', `0X${digits.toLowerCase()}`],
    ['a capital X before a checksum', `0X${digits}`],
    ['spaces around', `  ${address}\n`],
    ['a hard space and a tab around', `\u00a0${address}\t`],
  ])('behavior: %s are taken', (_, text) => {
    expect(parseAddress(text)).toBe(address)
  })

  test('behavior: digits without letters have no case', () => {
    expect(parseAddress(`0x${'0'.repeat(40)}`)).toBe(`0x${'0'.repeat(40)}`)
    expect(parseAddress(`0x${'12'.repeat(20)}`)).toBe(`0x${'12'.repeat(20)}`)
  })

  test.each([
    ['nothing', ''],
    ['spaces', '   '],
    ['0x alone', '0x'],
    ['no 0x', digits],
    ['a digit too few', address.slice(0, -1)],
    ['a digit too many', `${address}0`],
    ['a letter that is no digit', `0x${digits.slice(0, -1)}g`],
    ['a letter O for a 0', `0x${digits.slice(0, -1)}O`],
    ['a space inside', `0x${digits.slice(0, 20)} ${digits.slice(20)}`],
    ['a checksum with one letter in the wrong case', address.replace('C5', 'c5')],
    ['a checksum with one digit changed', address.replace('7f39', '7f38')],
    ['a transaction hash', `0x${'ab'.repeat(32)}`],
    ['a name', 'vitalik.eth'],
    ['a name under a name', 'pay.Somebody.ETH'],
    ['two addresses', `${address} ${address}`],
    ['an address in words', `my address is ${address}`],
    ['a link', `https://etherscan.io/address/${address}`],
    ['a zero-width space inside', `0x${digits.slice(0, 20)}\u200b${digits.slice(20)}`],
  ])('error: InvalidAddress for %s', (_, text) => {
    expect(() => parseAddress(text)).toThrow(InvalidAddress)
  })

  test('behavior: a name, a checksum and a length are told apart', () => {
    const messageOf = (text: string): string => {
      try {
        return parseAddress(text)
      } catch (error) {
        return error instanceof Error ? error.message : ''
      }
    }
    const messages = ['a.eth', address.replace('C5', 'c5'), `${address}0`, digits, `0x${'g'.repeat(40)}`].map(
      messageOf,
    )
    expect(new Set(messages).size).toBe(messages.length)
  })
})
