import { describe, expect, test } from 'vitest'
import { tokenPools } from '../../src/pools/index.ts'
import type { AccountKind } from '../../src/queries/accountKind.ts'
import { remarkOn, remarkOnSum } from '../../src/queries/remarks.ts'

const ADDRESS = '0x52908400098527886E0F7030069857D2E4169EE7'
const RETH = '0xae78736Cd615f374D3085123A210448E74Fc6393'
const STETH = '0xae7ab96520DE3A18E5e111B5EaAb095312D7fE84'

const remark = (account: string, kind?: AccountKind) => remarkOn(account, tokenPools, kind)

describe('remarkOn', () => {
  test('default: of an ordinary account, or one that is not known, nothing is said', () => {
    expect([remark(ADDRESS, 'none'), remark(ADDRESS)]).toEqual([undefined, undefined])
  })

  test('behavior: a contract may be many people’s, and one may act for a key', () => {
    expect(remark(ADDRESS, 'contract')).toMatch(/^This address is a contract/)
    expect(remark(ADDRESS, 'delegated')).toMatch(/^A contract may act for this address/)
  })

  test('behavior: a token and its other form are named, in any letters, whatever else is known', () => {
    expect(remark(RETH, 'contract')).toMatch(/^This is the contract of rETH itself/)
    expect(remark(RETH.toLowerCase())).toContain('rETH itself')
    expect(remark(STETH)).toContain('stETH itself')
  })

  test('behavior: nobody has the key of the zero address', () => {
    expect(remark(`0x${'0'.repeat(40)}`, 'none')).toMatch(/^Nobody has the key/)
    expect(remark(`0x${'0'.repeat(39)}1`, 'none')).toBeUndefined()
  })
})

describe('remarkOnSum', () => {
  test('default: less than a millionth of an ETH is dust', () => {
    expect(remarkOnSum({ total: 10n ** 12n - 1n, missing: [] })).toContain('is dust')
    expect(remarkOnSum({ total: 1n, missing: [] })).toContain('is dust')
    expect(remarkOnSum({ total: 10n ** 12n, missing: [] })).toBeUndefined()
  })

  test('behavior: nothing is not dust, nor is what is not known', () => {
    expect(remarkOnSum({ total: 0n, missing: [] })).toBeUndefined()
    expect(remarkOnSum({ total: 1n, missing: ['rETH'] })).toBeUndefined()
  })
})
