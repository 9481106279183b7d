import { describe, expect, test } from 'vitest'
import { BadInput } from '../../../src/cli/common/errors.ts'
import {
  parseBlock,
  parseDuration,
  parseGrid,
  parsePools,
  parsePort,
  splitOptions,
  textOf,
} from '../../../src/cli/common/options.ts'

const OPTIONS = { rpc: { type: 'string' }, json: { type: 'boolean' } } as const

describe('splitOptions', () => {
  test('default', () => {
    const options = splitOptions(['rates', '--rpc', 'http://x', '--json'], OPTIONS)
    expect(options.positionals).toEqual(['rates'])
    expect(textOf(options, 'rpc')).toBe('http://x')
    expect(options.values['json']).toBe(true)
    expect(textOf(options, 'json')).toBeUndefined()
  })

  test.each([[['--colour']], [['--rpc']], [['--json=yes']], [['-x']]])('error: BadInput for %j', args => {
    expect(() => splitOptions(args, OPTIONS)).toThrow(BadInput)
  })
})

describe('numbers', () => {
  test('default', () => {
    expect(parseBlock('block', '24479994')).toBe(24_479_994n)
    expect(parseBlock('block', '0')).toBe(0n)
    expect(parseGrid('7200')).toBe(7_200n)
    expect(parsePort('65535')).toBe(65_535)
  })

  test.each([
    () => parseGrid('0'),
    () => parseGrid('1.5'),
    () => parsePort('65536'),
    () => parseBlock('block', '-1'),
    () => parseBlock('block', ''),
    () => parseBlock('block', '0x10'),
    () => parseBlock('block', '9'.repeat(30)),
  ])('error: BadInput', parse => {
    expect(parse).toThrow(BadInput)
  })
})

describe('parseDuration', () => {
  test.each([
    ['30d', 2_592_000n],
    ['2w', 1_209_600n],
    ['1y', 31_536_000n],
  ])('default: %s', (text, seconds) => {
    expect(parseDuration('range', text)).toBe(seconds)
  })

  test.each(['0d', '30', 'd', '-1d', '1.5y', '30 d', 'all', ''])('error: BadInput for “%s”', text => {
    expect(() => parseDuration('window', text)).toThrow(BadInput)
  })
})

describe('parsePools', () => {
  test('default', () => {
    expect(parsePools('wstETH, rocket-pool,STAKED').map(({ id }) => id)).toEqual([
      'lido',
      'rocket-pool',
      'staked',
    ])
  })

  test('behavior: a pool that is named twice counts once', () => {
    expect(parsePools('lido,wsteth')).toHaveLength(1)
  })

  test.each(['', 'lido,', 'steth2'])('error: BadInput for “%s”', text => {
    expect(() => parsePools(text)).toThrow(BadInput)
  })
})
