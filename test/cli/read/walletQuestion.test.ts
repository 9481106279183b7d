import { describe, expect, test } from 'vitest'
import { BadInput } from '../../../src/cli/common/errors.ts'
import { splitOptions } from '../../../src/cli/common/options.ts'
import { parseWalletQuestion, WALLET_OPTIONS } from '../../../src/cli/read/walletQuestion.ts'
import { InvalidWallet } from '../../../src/pools/account.ts'

const ONE = '0xae78736Cd615f374D3085123A210448E74Fc6393'
const OTHER = '0xE95A203B1a91a908F9B9CE46459d101078c2c3cb'

const parse = (...args: readonly string[]) => {
  const options = splitOptions(args, {
    ...WALLET_OPTIONS,
    grid: { type: 'string' },
    window: { type: 'string' },
  })
  return parseWalletQuestion(options, options.positionals)
}

describe('parseWalletQuestion', () => {
  test('default', () => {
    expect(parse(ONE)).toEqual({
      ...{ kind: 'wallet', entries: [{ text: ONE, address: ONE }], way: 'auto', method: 'fifo' },
      ...{ isHoldingsOnly: false, isThorough: false, mayAsk: [], window: 2_592_000n },
    })
  })

  test('behavior: addresses and names, in one word or several, each once', () => {
    const entries = [
      { text: ONE, address: ONE },
      { text: 'glass.eth', name: 'glass.eth' },
      { address: OTHER },
    ]
    for (const words of [[`${ONE},glass.eth,${OTHER}`], [ONE, 'glass.eth', OTHER, ONE.toLowerCase()]])
      expect(parse(...words).entries).toMatchObject(entries)
    expect(parse(ONE, ONE).entries).toHaveLength(1)
  })

  test('behavior: every option is heard', () => {
    expect(parse(ONE, '--window', '7d').window).toBe(604_800n)
    expect(
      parse(
        ONE,
        '--way',
        'grid',
        '--lots',
        'average',
        '--thorough',
        '--ask-host',
        'a.example,b.example:8443',
      ),
    ).toMatchObject({
      ...{ way: 'grid', method: 'average', isThorough: true },
      mayAsk: ['a.example', 'b.example:8443'],
    })
    expect(parse(ONE, '--holdings-only').isHoldingsOnly).toBe(true)
  })

  test.each([
    [[]],
    [[ONE, '--way', 'fast']],
    [[ONE, '--lots', 'lifo']],
    [[ONE, '--holdings-only', '--way', 'logs']],
    [[ONE, '--holdings-only', '--lots', 'fifo']],
    [[ONE, '--holdings-only', '--thorough']],
    [[ONE, '--holdings-only', '--grid', '2']],
    [[ONE, '--holdings-only', '--window', '7d']],
    [[ONE, '--window', 'long']],
  ])('error: BadInput for %j', args => {
    expect(() => parse(...args)).toThrow(BadInput)
  })

  test('error: InvalidWallet names the entry', () => {
    expect(() => parse(ONE, '0x12')).toThrow(InvalidWallet)
    expect(() => parse(ONE, '0x12')).toThrow('Entry 2 of 2')
  })
})
