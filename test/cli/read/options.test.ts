import { describe, expect, test } from 'vitest'
import { InvalidEndpoint, PUBLIC_ENDPOINTS } from '../../../src/chain/endpoints.ts'
import { BadInput } from '../../../src/cli/common/errors.ts'
import { parseReadOptions } from '../../../src/cli/read/options.ts'
import { InvalidWallet } from '../../../src/pools/account.ts'
import { pools } from '../../../src/pools/index.ts'

const ACCOUNT = '0xae78736Cd615f374D3085123A210448E74Fc6393'

describe('parseReadOptions', () => {
  test('default', () => {
    expect(parseReadOptions(['rates'])).toEqual({
      question: { kind: 'rates', block: undefined },
      // Whoever says that they track has to be asked for.
      endpoints: PUBLIC_ENDPOINTS.filter(({ privacy }) => privacy !== 'tracks'),
      isOwn: false,
      grid: 7_200n,
      pools,
      form: 'text',
    })
  })

  test('behavior: history has a year without a window', () => {
    expect(parseReadOptions(['history'])?.question).toEqual({
      kind: 'history',
      range: 31_536_000n,
      window: undefined,
      isReported: false,
    })
    expect(parseReadOptions(['history', '--range', 'all', '--window', '30d'])?.question).toEqual({
      kind: 'history',
      range: undefined,
      window: 2_592_000n,
      isReported: false,
    })
    expect(parseReadOptions(['history', '--reports'])?.question).toMatchObject({ isReported: true })
  })

  test('behavior: a wallet is an address in any case', () => {
    const account = parseReadOptions(['wallet', ACCOUNT.toLowerCase(), '--csv', '--grid', '2'])
    expect(account?.question).toMatchObject({ kind: 'wallet', entries: [{ address: ACCOUNT }] })
    expect(account).toMatchObject({ form: 'csv', grid: 2n })
  })

  test('behavior: an own endpoint may be a local chain', () => {
    const options = parseReadOptions(['rates', '--rpc', 'http://127.0.0.1:8545', '--json'])
    expect(options).toMatchObject({ isOwn: true, form: 'json' })
    expect(options?.endpoints.map(({ url }) => url)).toEqual(['http://127.0.0.1:8545'])
  })

  test('behavior: --help comes before everything', () => {
    expect(parseReadOptions(['--help'])).toBeUndefined()
    expect(parseReadOptions(['wallet', '--help'])).toBeUndefined()
  })

  test.each([
    [[]],
    [['prices']],
    [['rates', 'now']],
    [['wallet']],
    [['rates', '--way', 'logs']],
    [['history', '--holdings-only']],
    [['rates', '--grid', '1']],
    [['rates', '--json', '--csv']],
    [['rates', '--range', '30d']],
    [['rates', '--reports']],
    [['wallet', ACCOUNT, '--reports']],
    [['history', '--block', '5']],
    [['rates', '--pools', 'nobody']],
  ])('error: BadInput for %j', args => {
    expect(() => parseReadOptions(args)).toThrow(BadInput)
  })

  test('error: InvalidWallet and InvalidEndpoint', () => {
    expect(() => parseReadOptions(['wallet', '0x12'])).toThrow(InvalidWallet)
    expect(() => parseReadOptions(['rates', '--rpc', 'http://node.example'])).toThrow(InvalidEndpoint)
  })
})
