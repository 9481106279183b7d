import { describe, expect, test } from 'vitest'
import {
  formatWallet,
  InvalidAddress,
  InvalidWallet,
  MOST_ENTRIES,
  parseAddress,
  parseWallet,
} from '../../src/pools/account.ts'

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

describe('parseWallet', () => {
  const other = '0xae78736Cd615f374D3085123A210448E74Fc6393'
  const both = [
    { text: address, address },
    { text: other, address: other },
  ]
  const refusal = (text: string): InvalidWallet => {
    try {
      parseWallet(text)
    } catch (error) {
      if (error instanceof InvalidWallet) return error
    }
    throw new TypeError(`“${text}” was taken`)
  }

  test('default: one address', () => {
    expect(parseWallet(` ${address}\n`)).toEqual([{ text: address, address }])
  })

  test.each([
    ['a space', ' '],
    ['a comma', ','],
    ['a semicolon', ';'],
    ['a line', '\n'],
    ['a line as Windows ends it', '\r\n'],
    ['a comma and a line', ',\n'],
    ['a tab and two commas', '\t,, '],
    ['nothing, where a field dropped the line end', ''],
  ])('behavior: several, separated by %s', (_, separator) => {
    expect(parseWallet(`${address}${separator}${other}`)).toEqual(both)
    expect(parseWallet(`,${address}${separator}${other};`)).toEqual(both)
  })

  test('behavior: each in any case, with its checksum put right', () => {
    const text = `${address.toLowerCase()} 0X${other.slice(2).toUpperCase()}`
    expect(parseWallet(text).map(entry => 'address' in entry && entry.address)).toEqual([address, other])
  })

  test.each([
    ['vitalik.eth'],
    ['Pay.Somebody.ETH'],
    ['name.example.com'],
    ['💩.eth'],
    ['0xmaki.eth'],
    ['a..eth'],
  ])('behavior: %s is a name, to be judged by its resolution', name => {
    expect(parseWallet(`${name}, ${address}`)).toEqual([
      { text: name, name },
      { text: address, address },
    ])
  })

  test('behavior: what is there twice counts once, whatever its case', () => {
    expect(parseWallet(`${address} ${other} ${address.toLowerCase()}`)).toEqual(both)
    expect(parseWallet('glass.eth Glass.ETH')).toEqual([{ text: 'glass.eth', name: 'glass.eth' }])
  })

  test.each([[''], ['  \n'], [',;']])('error: InvalidWallet for the empty text %j', text => {
    expect(refusal(text).problems).toEqual([])
  })

  test('error: InvalidWallet says which of several, and why', () => {
    const wrong = address.replace('C5', 'c5')
    const { problems, message } = refusal(`${other} ${wrong} glass.eth 0x12`)
    expect(problems.map(({ position, text }) => [position, text])).toEqual([
      [2, wrong],
      [4, '0x12'],
    ])
    expect(message).toMatch(
      /^Entry 2 of 4, “0x7f39.*”: The capital .* Entry 4 of 4, “0x12”: An address has 40/,
    )
  })

  test('error: InvalidWallet for one alone says what parseAddress says', () => {
    expect(refusal('0x12').message).toBe(
      'An address has 40 digits after 0x; this one has 2. Copy it again, whole.',
    )
  })

  test.each([
    [`https://etherscan.io/address/${address}`],
    ['eth:0x7f39C581F595B53c5cb19bD0b3f8dA6c935E2Ca0'],
    ['somebody@example.com'],
    ['vitalik'],
    ['.eth'],
    ['...'],
    [`${address}.`],
    [`0x${digits.slice(0, 20)}.${digits.slice(20)}`],
  ])('error: InvalidWallet for %s, which is neither address nor name', text => {
    expect(refusal(text).problems).toHaveLength(1)
  })

  test('behavior: signs that cannot be seen are shown by their code', () => {
    expect(refusal('glass\u202e eth\u200b').message).toMatch(/“glass\{202E\}”.*“eth\{200B\}”/)
  })

  test('error: InvalidWallet for a page of prose stays a few sentences', () => {
    const { problems, message } = refusal('lorem ipsum '.repeat(500))
    expect(problems).toHaveLength(1_000)
    expect(message).toContain('997 more are no address either.')
    expect(message.length).toBeLessThan(600)
  })

  test('error: InvalidWallet for more than are read together; twice the same is not more', () => {
    const many = Array.from({ length: MOST_ENTRIES }, (_, index) => `n${index}.eth`)
    expect(parseWallet([...many, ...many].join(' '))).toHaveLength(MOST_ENTRIES)
    expect(refusal([...many, address].join(' ')).message).toContain(`At most ${MOST_ENTRIES}`)
  })

  test('behavior: written and read again it is the same', () => {
    const entries = parseWallet(`${address} 💩.eth ${other}`)
    expect(formatWallet(entries)).toBe(`${address},💩.eth,${other}`)
    expect(parseWallet(formatWallet(entries))).toEqual(entries)
  })
})
