import { hashKey, QueryClient } from '@tanstack/react-query'
import { describe, expect, test, vi } from 'vitest'
import { Unreachable } from '../../src/chain/errors.ts'
import { WAD } from '../../src/math/fixedPoint.ts'
import { InvalidAddress } from '../../src/pools/account.ts'
import { readBalance, readEtherBalance } from '../../src/pools/infrastructure.ts'
import { rocketPool } from '../../src/pools/rocketPool.ts'
import { HEAD as HEAD_FRESHNESS } from '../../src/queries/freshness.ts'
import { walletKey, walletQuery } from '../../src/queries/wallet.ts'
import { ACCOUNT, createWorld } from '../views/support/world.ts'

describe('walletQuery', () => {
  test('default: balances, rates and price from one call for a wallet', async () => {
    const world = createWorld()
    world.record(readEtherBalance(ACCOUNT), WAD / 2n)
    world.record(readBalance(rocketPool.token.address, ACCOUNT), 10n * WAD)
    const wallet = await new QueryClient().fetchQuery(walletQuery(world.session, [ACCOUNT]))
    expect(world.asked).toMatchObject([{ method: 'eth_call', role: 'wallet', block: undefined }])
    expect(wallet.accounts).toEqual([ACCOUNT])
    // 0.5 + 10 × 1.103
    expect(wallet.holdings.total).toBe((1_153n * WAD) / 100n)
    expect(walletQuery(world.session, [ACCOUNT])).toMatchObject(HEAD_FRESHNESS)
  })

  test('behavior: the signal reaches the transport', async () => {
    const world = createWorld()
    world.hold = () => true
    const queries = new QueryClient()
    const options = walletQuery(world.session, [ACCOUNT])
    queries.fetchQuery(options).catch(() => undefined)
    await vi.waitFor(() => expect(world.asked).toHaveLength(1), { timeout: 10_000 })
    expect(world.asked[0]?.signal?.aborted).toBe(false)
    await queries.cancelQueries({ queryKey: options.queryKey })
    expect(world.asked[0]?.signal?.aborted).toBe(true)
  })

  test('behavior: another address or endpoint set is another question', () => {
    const [one, other] = [createWorld().session, createWorld({ id: 'http://other 1' }).session]
    const [chosen, none] = [
      { ...one.choice, walletUrl: 'http://b' },
      { ...one.choice, walletUrl: undefined },
    ]
    const keys = [
      walletKey(one, [ACCOUNT]),
      walletKey(one, ['0x0']),
      walletKey(one, [ACCOUNT, '0x0']),
      walletKey(other, [ACCOUNT]),
      walletKey({ ...one, choice: chosen }, [ACCOUNT]),
      walletKey({ ...one, choice: none }, [ACCOUNT]),
    ]
    expect(new Set(keys.map(hashKey)).size).toBe(6)
  })

  test('behavior: the same addresses in another order are the same question', () => {
    const { session } = createWorld()
    const accounts = ['0x2', ACCOUNT]
    expect(walletKey(session, accounts)).toEqual(walletKey(session, [ACCOUNT, '0x2']))
    expect(accounts).toEqual(['0x2', ACCOUNT])
  })

  test('error: InvalidAddress before anything is asked', async () => {
    const world = createWorld()
    const read = new QueryClient().fetchQuery(walletQuery(world.session, ['0x123']))
    await expect(read).rejects.toBeInstanceOf(InvalidAddress)
    expect(world.asked).toEqual([])
  })

  test('error: Unreachable comes through as it is', async () => {
    const world = createWorld()
    world.refuse = () => new Unreachable('cannot be reached')
    await expect(new QueryClient().fetchQuery(walletQuery(world.session, [ACCOUNT]))).rejects.toBeInstanceOf(
      Unreachable,
    )
  })
})
