import { QueryClient } from '@tanstack/react-query'
import { describe, expect, test } from 'vitest'
import { InvalidAddress } from '../../src/pools/account.ts'
import { accountKindQuery } from '../../src/queries/accountKind.ts'
import { ACCOUNT, createWorld } from '../views/support/world.ts'

describe('accountKindQuery', () => {
  test.each([
    ['0x', 'none'],
    ['0x6080', 'contract'],
    [`0xef0100${'ab'.repeat(20)}`, 'delegated'],
  ])('default: %s is %s, asked of the wallet’s endpoint', async (code, kind) => {
    const world = createWorld()
    world.tamper = () => code
    expect(await new QueryClient().fetchQuery(accountKindQuery(world.session, ACCOUNT))).toBe(kind)
    expect(world.asked).toMatchObject([{ method: 'eth_getCode', role: 'wallet' }])
  })

  test('error: InvalidAddress before anything is asked', async () => {
    const world = createWorld()
    const asked = new QueryClient().fetchQuery(accountKindQuery(world.session, '0x12'))
    await expect(asked).rejects.toBeInstanceOf(InvalidAddress)
    expect(world.asked).toEqual([])
  })
})
