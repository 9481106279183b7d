import { describe, expect, test } from 'vitest'
import { BadInput } from '../../../src/cli/common/errors.ts'
import { parseStartOptions } from '../../../src/cli/start/options.ts'

describe('parseStartOptions', () => {
  test('default', () => {
    expect(parseStartOptions([])).toEqual({ choice: { kind: 'auto' }, grid: undefined, port: undefined })
  })

  test('behavior: a chain, a spacing and a port', () => {
    expect(parseStartOptions(['--rpc', 'http://127.0.0.1:1', '--grid', '5', '--port', '80'])).toEqual({
      choice: { kind: 'rpc', url: 'http://127.0.0.1:1' },
      grid: 5n,
      port: 80,
    })
    expect(parseStartOptions(['--embedded'])?.choice).toEqual({ kind: 'embedded' })
    expect(parseStartOptions(['--mainnet'])?.choice).toEqual({ kind: 'mainnet' })
    expect(parseStartOptions(['--help', '--mainnet'])).toBeUndefined()
  })

  test.each([
    [['--mainnet', '--rpc', 'http://127.0.0.1:1']],
    [['--grid', '0']],
    [['--port', 'http']],
    [['now']],
  ])('error: BadInput for %j', args => {
    expect(() => parseStartOptions(args)).toThrow(BadInput)
  })
})
