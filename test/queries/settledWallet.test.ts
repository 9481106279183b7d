import { describe, expect, test } from 'vitest'
import { readLive } from '../../src/chain/readLive.ts'
import { readWallet } from '../../src/chain/readWallet.ts'
import { WAD } from '../../src/math/fixedPoint.ts'
import { tokenPools } from '../../src/pools/index.ts'
import { rocketPool } from '../../src/pools/rocketPool.ts'
import { walletAssets } from '../../src/pools/walletAssets.ts'
import type { Live } from '../../src/queries/live.ts'
import { settleWallet } from '../../src/queries/settledWallet.ts'
import type { Wallet } from '../../src/queries/wallet.ts'
import { createFakeChain, RATE } from '../chain/fakeChain.ts'

const ACCOUNT = '0x52908400098527886E0F7030069857D2E4169EE7'

async function readBoth(): Promise<{ wallet: Wallet; live: Live }> {
  const chain = createFakeChain()
  for (const { balance, units } of walletAssets(tokenPools)) {
    for (const read of units.reads(ACCOUNT)) chain.reply(read, `0x${'0'.repeat(64 * read.words)}`)
    chain.reply(balance(ACCOUNT), WAD)
  }
  const wallet = await readWallet(chain.client, tokenPools, [ACCOUNT])
  return { wallet, live: await readLive(chain.client, tokenPools, { role: 'head' }) }
}

const { wallet, live } = await readBoth()

/** The live figures with another rate of rETH. */
const withRate = (rate: bigint): Live => ({
  ...live,
  operator: 'B',
  pools: live.pools.map(own =>
    own.pool.id === rocketPool.id && own.reading.state === 'known'
      ? { ...own, reading: { ...own.reading, rate } }
      : own,
  ),
})

const tokenOf = ({ assets }: Wallet) => assets.find(({ id }) => id === rocketPool.token.address)

describe('settleWallet', () => {
  test('default: rates that agree leave the wallet as it is', () => {
    expect(settleWallet(wallet, live)).toEqual(wallet)
    expect(settleWallet(wallet, undefined)).toBe(wallet)
  })

  test('behavior: an ordinary report between the two blocks is no contradiction', () => {
    expect(tokenOf(settleWallet(wallet, withRate(RATE + RATE / 1_001n)))?.rate).toBe(RATE)
    expect(tokenOf(settleWallet(wallet, withRate(RATE - RATE / 1_001n)))?.rate).toBe(RATE)
  })

  test.each([
    ['more', (RATE * 101n) / 100n],
    ['less', (RATE * 99n) / 100n],
  ])(
    'behavior: a rate that another operator contradicts (%s) values nothing, and both stand there',
    (_, rate) => {
      const settled = settleWallet(wallet, withRate(rate))
      const asset = tokenOf(settled)
      expect(asset?.rate).toBeUndefined()
      expect(asset?.balance).toBe(WAD)
      expect(asset?.why).toContain('B')
      expect(asset?.claims?.map(({ reading }) => reading.state === 'known' && reading.rate)).toEqual([
        RATE,
        rate,
      ])
      expect(settled.holdings.missing).toEqual([rocketPool.token.address])
      expect(settled.holdings.total).toBe(wallet.holdings.total - RATE)
    },
  )

  test('behavior: what is disputed live is not valued here either', () => {
    const claims = [{ operator: 'A', reading: { state: 'notYet' } }] as const
    const disputed: Live = {
      ...live,
      pools: live.pools.map(own =>
        own.pool.id === rocketPool.id
          ? { ...own, reading: { state: 'unknown', why: 'disputed' }, claims }
          : own,
      ),
    }
    expect(tokenOf(settleWallet(wallet, disputed))).toMatchObject({
      rate: undefined,
      why: 'disputed',
      claims,
    })
  })

  test('behavior: a live rate that is not known contradicts nothing', () => {
    const silent: Live = {
      ...live,
      pools: live.pools.map(own => ({ ...own, reading: { state: 'unknown', why: 'silent' } })),
    }
    expect(settleWallet(wallet, silent)).toEqual(wallet)
  })
})
