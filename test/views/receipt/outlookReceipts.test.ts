import { describe, expect, test } from 'vitest'
import { readWallet } from '../../../src/chain/readWallet.ts'
import { WAD } from '../../../src/math/fixedPoint.ts'
import { readBalance, readEtherBalance } from '../../../src/pools/infrastructure.ts'
import { lido } from '../../../src/pools/lido.ts'
import { origin } from '../../../src/pools/origin.ts'
import { rocketPool } from '../../../src/pools/rocketPool.ts'
import { receiptBook } from '../../../src/views/receipt/book.ts'
import { SPANS, windowOutlook } from '../../../src/views/wallet/outlook.ts'
import { words } from '../support/facts.ts'
import { readFigures } from '../support/figures.ts'
import { ACCOUNT, createWorld, OPERATOR } from '../support/world.ts'

const rETH = rocketPool.token.address
const [, , YEAR] = SPANS

async function read(world = createWorld()) {
  world.record(readEtherBalance(ACCOUNT), WAD)
  world.record(readBalance(rETH, ACCOUNT), 10n * WAD)
  const { client, tokenPools } = world.session
  const wallet = await readWallet(client, tokenPools, [ACCOUNT])
  const { series, live } = await readFigures(world)
  const outlook = windowOutlook(wallet, { series, live, isRead: true, window: '30d' })
  const assetOf = (id: string) => {
    const asset = wallet.assets.find(one => one.id === id) ?? expect.unreachable(id)
    return { asset, prospect: outlook.prospects.get(id) ?? expect.unreachable(id) }
  }
  return { wallet, outlook, live, assetOf }
}

describe('earnsReceipt', () => {
  test('default: the value, the yield and the calls behind it, which name no wallet', async () => {
    const { wallet, assetOf } = await read()
    const receipt = receiptBook.earnsReceipt({ wallet, time: YEAR, ...assetOf(rETH) })
    expect(receipt.title).toBe('rETH: what it earns a year')
    // 11.03 × 3.36917860009271976… %, as the yield is told: rounded down to 18 places before.
    expect(receipt.value).toMatch(/^0\.37162039959022\d* ETH$/)
    expect(receipt.formula.slice(0, 2)).toEqual([
      'value that earns × ((1 + APY)^(days ÷ 365) − 1), rounded down',
      '11.03 × ((1 + 3.369179 %)^(365 ÷ 365) − 1)',
    ])
    expect(receipt.formula[3]).toContain('APY: (1.103 ÷ 1.1)^')
    expect(receipt.calls).toHaveLength(2)
    expect(receipt.account).toBeUndefined()
    expect(receipt.notes[0]).toMatch(/^A projection/)
  })

  test('behavior: what earns nothing has nothing behind it', async () => {
    const { wallet, assetOf } = await read()
    const receipt = receiptBook.earnsReceipt({ wallet, time: YEAR, ...assetOf('ETH') })
    expect(receipt).toMatchObject({ value: '0 ETH', formula: ['It earns nothing by itself.'], calls: [] })
  })
})

describe('together', () => {
  test('default: each part with its yield', async () => {
    const { wallet, outlook } = await read()
    const receipt = receiptBook.earnsTogetherReceipt(wallet, outlook, YEAR.span)
    expect(receipt.title).toBe(`What ${ACCOUNT} earns in 365 days`)
    expect(receipt.value).toMatch(/^0\.3716\d* ETH$/)
    expect(receipt.formula.slice(1)).toEqual(['rETH: 11.03 ETH at 3.369179 %'])
  })

  test('behavior: the weighted yield says what it is of', async () => {
    const { wallet, outlook } = await read()
    const staked = receiptBook.weightedReceipt(wallet, outlook, 'staked')
    const whole = receiptBook.weightedReceipt(wallet, outlook, 'whole')
    expect([staked.value, staked.formula.at(-1)]).toEqual(['3.369179 %', '÷ 11.03 ETH'])
    expect([whole.value, whole.formula.at(-1)]).toEqual(['3.089114 %', '÷ 12.03 ETH'])
  })
})

describe('poolShareReceipt', () => {
  test('default: value by supply, with the supply’s calls', async () => {
    const { wallet, live, assetOf } = await read()
    const own = live.pools.find(({ pool }) => pool.id === 'rocket-pool') ?? expect.unreachable()
    const value = 11_030n * 10n ** 15n
    const receipt = receiptBook.poolShareReceipt({ wallet, live, own, value, asset: assetOf(rETH).asset })
    expect(receipt).toMatchObject({
      title: 'rETH: share of Rocket Pool',
      value: '0.002500000000 %',
      operator: OPERATOR,
      formula: ['value ÷ supply of the pool', '11.03 ÷ 441,200'],
    })
    expect(receipt.calls).toHaveLength(2)
    expect(receipt.account).toBeUndefined()
  })
})

describe('several accounts', () => {
  test('behavior: a balance names each account, and whoever is asked sees all of them', async () => {
    const world = createWorld()
    const second = '0xde709f2102306220921060314715629080e2fb77'
    const { wallet } = await read(world)
    const one = wallet.assets.find(({ id }) => id === rETH) ?? expect.unreachable()
    const [part] = one.balances
    if (part === undefined) return expect.unreachable('one account')
    const both = {
      ...one,
      balance: 12n * WAD,
      balances: [part, { ...part, account: second, balance: 2n * WAD }],
    } as const
    const receipt = receiptBook.balanceReceipt({ ...wallet, accounts: [ACCOUNT, second] }, both)
    expect(receipt.title).toBe('rETH of 2 addresses')
    expect(receipt.value).toBe('12 rETH')
    expect(receipt.formula).toEqual([
      'The sum of the contract’s answers, divided by 10¹⁸.',
      `${ACCOUNT}: 10 rETH`,
      `${second}: 2 rETH`,
    ])
    expect(receipt.calls.map(({ label }) => label)).toEqual([`Balance of ${ACCOUNT}`, `Balance of ${second}`])
    expect(receipt.account).toBe(`${ACCOUNT}, ${second}`)
  })

  test('behavior: OETH says how much of it rebases, with the calls that tell it', async () => {
    const world = createWorld()
    const [oeth] = origin.siblings
    world.record(readBalance(oeth.address, ACCOUNT), 4n * WAD)
    world.record(oeth.credits(ACCOUNT), words(4n * WAD, WAD, 1n))
    const { wallet, assetOf } = await read(world)
    const receipt = receiptBook.balanceReceipt(wallet, assetOf(oeth.address).asset)
    expect(receipt.notes.join()).toContain('4 OETH of it does not take part in rebasing')
    expect(receipt.calls.map(({ read: { signature } }) => signature.split('(')[0])).toEqual([
      'balanceOf',
      'creditsBalanceOfHighres',
      'rebasingCreditsPerTokenHighres',
    ])
    const steth = receiptBook.balanceReceipt(
      wallet,
      wallet.assets.find(({ id }) => id === lido.siblings[0].address) ?? expect.unreachable(),
    )
    expect(steth.calls).toHaveLength(1)
  })
})
