import { describe, expect, test } from 'vitest'
import { PUBLIC_ENDPOINTS } from '../../../src/chain/endpoints.ts'
import { readWallet } from '../../../src/chain/readWallet.ts'
import { formatExact } from '../../../src/format/number.ts'
import { WAD } from '../../../src/math/fixedPoint.ts'
import { aboutToken } from '../../../src/pools/about.ts'
import { ankr } from '../../../src/pools/ankr.ts'
import { readBalance, readEtherBalance, readEtherPrice } from '../../../src/pools/infrastructure.ts'
import { lido } from '../../../src/pools/lido.ts'
import { rocketPool } from '../../../src/pools/rocketPool.ts'
import type { Wallet } from '../../../src/queries/wallet.ts'
import { supplyChange, WHY_NO_YIELD } from '../../../src/views/overview/poolFigures.ts'
import { receiptBook } from '../../../src/views/receipt/book.ts'
import { priceWords } from '../support/facts.ts'
import { livePoolOf, readFigures, readLive, thirtyDays } from '../support/figures.ts'
import { ACCOUNT, createWorld, HEAD, NOW, OPERATOR, rateOf, timeOf } from '../support/world.ts'

const { assetReceipt, changeReceipt, rateReceipt, supplyReceipt, totalReceipt, yieldReceipt } = receiptBook

const word = (hex: string): string => `0x${hex.padStart(64, '0')}`
const rETH = rocketPool.token.address

async function readHolder(): Promise<Wallet> {
  const world = createWorld()
  world.record(readEtherBalance(ACCOUNT), WAD / 2n)
  world.record(readBalance(rETH, ACCOUNT), 10n * WAD)
  world.record(readBalance(lido.siblings[0].address, ACCOUNT), 3n * WAD)
  world.record(ankr.rate, 'reverts')
  world.record(readBalance(ankr.token.address, ACCOUNT), WAD)
  return readWallet(world.session.client, world.session.tokenPools, [ACCOUNT])
}

const asset = (wallet: Wallet, symbol: string) => {
  const found = wallet.assets.find(one => one.symbol === symbol)
  if (found === undefined) throw new Error(`${symbol} was not read`)
  return found
}

describe('rateReceipt', () => {
  test('default', async () => {
    const live = await readLive(createWorld())
    const receipt = rateReceipt(live, livePoolOf(live, 'rocket-pool'))
    expect(receipt).toMatchObject({ value: '1.103 ETH per rETH', operator: OPERATOR })
    expect(receipt.calls).toMatchObject([
      {
        block: HEAD,
        time: NOW,
        // 1.103 × 10¹⁸
        returnData: word('f4ea4a7f3418000'),
        castLine: `cast call ${rETH} "getExchangeRate()(uint256)" --block 800`,
      },
    ])
    expect(receipt.calls[0]?.read.callData).toBe('0xe6aa216c')
  })

  test('behavior: a rate that is not known is said to be so', async () => {
    const world = createWorld()
    world.record(rocketPool.rate, 'reverts')
    const live = await readLive(world)
    expect(rateReceipt(live, livePoolOf(live, 'rocket-pool')).value).toMatch(/^not known/)
  })
})

describe('supplyReceipt', () => {
  test('default: tokens times rate, with both calls', async () => {
    const live = await readLive(createWorld())
    const receipt = supplyReceipt(live, livePoolOf(live, 'rocket-pool'))
    expect(receipt.value).toBe('441,200 ETH')
    expect(receipt.formula).toContain('400,000 × 1.103 = 441,200 ETH')
    expect(receipt.calls.map(({ read }) => read)).toEqual([rocketPool.rate, rocketPool.supply])
  })

  test("behavior: a contract's own total stands alone with its one call", async () => {
    const live = await readLive(createWorld())
    const receipt = supplyReceipt(live, livePoolOf(live, 'lido'))
    expect(receipt.value).toBe('9,000,000 ETH')
    expect(receipt.calls.map(({ read }) => read)).toEqual([lido.pooled])
    expect(receipt.formula.join()).not.toContain('×')
    expect(receipt.notes).toContain(aboutToken(lido).supply)
  })
})

describe('changeReceipt', () => {
  test.each([
    ['rocket-pool', [rocketPool.rate, rocketPool.supply]],
    ['lido', [lido.pooled]],
  ])('default: %s now and then, from both operators, with the calls of then', async (id, reads) => {
    const { live, history } = await readFigures(createWorld())
    const own = livePoolOf(live, id)
    const samples = history.samples.map(sample => ({ ...sample, operator: 'archive' }))
    const told = supplyChange(own, samples, live.time)
    if ('why' in told || own.reading.state !== 'known') throw new Error('nothing to show')
    const change = told.value
    const receipt = changeReceipt(live, own, change)
    expect(receipt.operator).toBe(`archive and ${OPERATOR}`)
    expect(receipt.calls.map(({ read }) => read)).toEqual(reads)
    expect(receipt.calls.every(({ block }) => block === HEAD - 30n)).toBe(true)
    const { pooled } = own.reading
    const before = change.before.reading.pooled
    expect(receipt.formula.at(-1)).toBe(`${formatExact(pooled)} ÷ ${formatExact(before)} − 1`)
    expect(change.fraction).toBe(((pooled - before) * WAD) / before)
  })
})

/** Who gave the samples of both ends. */
const GIVERS = new Map([10n, 40n].map(block => [block, OPERATOR]))

describe('yieldReceipt', () => {
  test('default: APY with the numbers put in and the two calls', () => {
    const receipt = yieldReceipt({ pool: rocketPool, result: thirtyDays(), measure: 'apy', source: GIVERS })
    expect(receipt.value).toBe('3.711763 %')
    expect(receipt.formula.at(-1)).toBe('(1.003 ÷ 1)^(31536000 ÷ 2592000) − 1 = 3.711763 %')
    expect(receipt.calls.map(({ block, returnData }) => [block, returnData])).toEqual([
      [10n, word('de0b6b3a7640000')],
      // 1.003 × 10¹⁸
      [40n, word('deb5f2f95b78000')],
    ])
    expect(receipt.calls[1]?.castLine).toMatch(/--block 40$/)
    expect(receipt.notes[0]).toBe('From 2026-07-01 00:00 UTC to 2026-07-31 00:00 UTC: 30 d, 30 changes.')
  })

  test('behavior: who gave which rate, where that is told, and else who may have', () => {
    const operators = new Map([
      [10n, 'Archive'],
      [40n, 'Head'],
    ])
    const told = yieldReceipt({ pool: rocketPool, result: thirtyDays(), measure: 'apy', source: operators })
    expect(told.operator).toBe('Archive and Head')
    expect(told.calls.map(call => call.operators)).toEqual([['Archive'], ['Head']])
  })

  test('behavior: no operator has a name that the two would be told apart by wrongly', () => {
    for (const { operator } of PUBLIC_ENDPOINTS) expect(operator).not.toContain(' and ')
  })

  test('behavior: APR has its own formula', () => {
    const receipt = yieldReceipt({ pool: rocketPool, result: thirtyDays(), measure: 'apr', source: GIVERS })
    expect(receipt.value).toBe('3.650000 %')
    expect(receipt.formula.at(-1)).toBe('(1.003 ÷ 1 − 1) × 31536000 ÷ 2592000 = 3.650000 %')
    // 0.003 × 365 ÷ 31 and ÷ 29
    expect(receipt.notes[1]).toContain('between 3.53 % and 3.78 %')
  })

  test('behavior: where the samples do not bracket an end, no band is made up', () => {
    const { start } = thirtyDays()
    const open = thirtyDays({ start: { ...start, notBefore: undefined } })
    const [, sure] = yieldReceipt({ pool: rocketPool, result: open, measure: 'apr', source: GIVERS }).notes
    expect(sure).toContain('what was before its start is not known')
    expect(sure).not.toContain('%')
  })
})

describe('what is worth dollars', () => {
  const priced = async (age: bigint) => {
    const world = createWorld()
    world.record(readEtherPrice, priceWords(200_012_345_678n, NOW - age))
    const live = await readLive(world)
    return receiptBook.supplyInDollarsReceipt(live, livePoolOf(live, 'rocket-pool'))
  }

  test('default: amount times price, and when the feed was updated', async () => {
    const receipt = await priced(60n)
    // 441,200 × 2,000.12345678
    expect(receipt.value).toBe('882,454,469.131336 USD')
    expect(receipt.formula).toEqual(['supply × price ÷ 10⁸', '441,200 × 2,000.12345678'])
    expect(receipt.notes[0]).toBe('The price was updated at 2026-08-27 11:59 UTC.')
    expect(receipt.calls).toMatchObject([
      { returnData: priceWords(200_012_345_678n, NOW - 60n), operators: [OPERATOR] },
    ])
  })

  test('behavior: a price that is too old to use still shows what the feed answered', async () => {
    const receipt = await priced(86_401n)
    expect(receipt.value).toBe('not known')
    expect(receipt.calls).toHaveLength(1)
  })

  test('behavior: a wallet’s assets and its total', async () => {
    const wallet = await readHolder()
    const rETHs = receiptBook.assetInDollarsReceipt(wallet, asset(wallet, 'rETH'), 1_103n * 10n ** 16n)
    expect(rETHs).toMatchObject({ value: '22,060 USD', operator: OPERATOR })
    expect(rETHs.formula).toEqual(['value in ETH × price ÷ 10⁸', '11.03 × 2,000'])
    const total = receiptBook.totalInDollarsReceipt(wallet)
    expect(total.value).toBe('29,060 USD')
    expect(total.formula.at(-1)).toBe('14.53 × 2,000')
    // The price names no wallet.
    expect([rETHs.account, total.account]).toEqual([undefined, undefined])
  })
})

describe('what a wallet holds', () => {
  test('default: balance, rate and share, each with its own calls', async () => {
    const wallet = await readHolder()
    const rETHs = asset(wallet, 'rETH')
    const balance = receiptBook.balanceReceipt(wallet, rETHs)
    expect(balance).toMatchObject({ value: '10 rETH', account: ACCOUNT })
    expect(balance.calls.map(({ read }) => read.callData)).toEqual([readBalance(rETH, ACCOUNT).callData])
    const rate = receiptBook.tokenRateReceipt(wallet, rETHs)
    expect(rate).toMatchObject({ value: '1.103 per rETH', operator: OPERATOR })
    expect(rate.calls.map(({ read }) => read)).toEqual([rocketPool.rate])
    expect(rate.account).toBeUndefined()
    const share = receiptBook.assetShareReceipt(wallet, rETHs, 1_103n * 10n ** 16n)
    expect(share.value).toBe('75.9119 %')
    expect(share.formula.at(-1)).toBe('11.03 ÷ 14.53')
  })

  test('behavior: what is ether already has rate 1 and nobody is asked for that', async () => {
    const wallet = await readHolder()
    const rate = receiptBook.tokenRateReceipt(wallet, asset(wallet, 'stETH'))
    expect(rate).toMatchObject({ value: '1 per stETH', operator: undefined, calls: [] })
  })

  test('behavior: what is not known says why', async () => {
    const wallet = await readHolder()
    expect(receiptBook.tokenRateReceipt(wallet, asset(wallet, 'ankrETH')).value).toContain('refused')
    const lost = { ...asset(wallet, 'ankrETH'), balance: undefined, why: 'The contract refused balanceOf.' }
    expect(receiptBook.balanceReceipt(wallet, lost).value).toBe('The contract refused balanceOf.')
  })
})

describe('assetReceipt', () => {
  test('default: balance times rate, with both calls', async () => {
    const wallet = await readHolder()
    const receipt = assetReceipt(wallet, asset(wallet, 'rETH'))
    expect(receipt.value).toBe('11.03 ETH')
    expect(receipt.formula.at(-1)).toBe('10 × 1.103')
    expect(receipt.account).toBe(ACCOUNT)
    expect(receipt.calls.map(({ castLine }) => castLine)).toEqual([
      `cast call ${rETH} "balanceOf(address)(uint256)" ${ACCOUNT} --block 800`,
      `cast call ${rETH} "getExchangeRate()(uint256)" --block 800`,
    ])
  })

  test('behavior: a rebasing token is ether already and needs its balance only', async () => {
    const wallet = await readHolder()
    const receipt = assetReceipt(wallet, asset(wallet, 'stETH'))
    expect(receipt.value).toBe('3 ETH')
    expect(receipt.calls).toHaveLength(1)
    expect(receipt.formula.join()).toContain('rate 1')
    expect(receipt.notes).toEqual([lido.siblings[0].note])
  })

  test('behavior: a value that is not known says why', async () => {
    const wallet = await readHolder()
    expect(assetReceipt(wallet, asset(wallet, 'ankrETH')).value).toContain('refused sharesToBonds')
  })
})

describe('totalReceipt', () => {
  test('default: each part with its value, and what is unknown or nothing left out', async () => {
    const receipt = totalReceipt(await readHolder())
    expect(receipt.value).toBe('14.53 ETH')
    expect(receipt.formula.slice(1)).toEqual(['ETH: 0.5', 'rETH: 11.03', 'stETH: 3'])
  })

  test('behavior: a total of nothing is 0 and not unknown', async () => {
    const { client, tokenPools } = createWorld().session
    const receipt = totalReceipt(await readWallet(client, tokenPools, [ACCOUNT]))
    expect(receipt.value).toBe('0 ETH')
    expect(receipt.formula).toHaveLength(1)
  })
})

describe('stepReceipt', () => {
  test('default: the two rates with their calls, and between when it happened', () => {
    const result = thirtyDays()
    const { start, end } = result
    const step = { start, end, change: 3n * 10n ** 15n, result }
    const receipt = receiptBook.stepReceipt(rocketPool, step, GIVERS)
    expect(receipt).toMatchObject({ value: '1.003 ETH', operator: OPERATOR })
    expect(receipt.formula).toEqual([
      '(R₂ ÷ R₁ − 1) × 10,000 = 30.0000 basis points',
      '(1.003 ÷ 1 − 1) × 10,000',
      `APY of the step: (1.003 ÷ 1)^(31536000 ÷ ${30n * 86_400n}) − 1 = 3.7118 %`,
      'It changed between 2026-07-30 00:00 UTC and 2026-07-31 00:00 UTC.',
    ])
    expect(receipt.calls.map(({ block }) => block)).toEqual([10n, 40n])
    // A rate that moves with every block did not happen in between.
    const exact = receiptBook.stepReceipt(
      rocketPool,
      { ...step, end: { ...end, notBefore: end.measuredAt }, result: undefined },
      GIVERS,
    )
    expect(exact.formula).toHaveLength(2)
  })
})

describe('chartReceipt', () => {
  const drawn = { shown: 'rate', measure: 'apy', from: undefined, samples: [] } as const
  const rocketSeries = async (window?: bigint) => {
    const { series } = await readFigures(createWorld(), 'apy', window)
    const own = series.find(({ pool }) => pool.id === 'rocket-pool')
    if (own === undefined) throw new Error('no series')
    return own
  }

  test('default: the rate of the sample in force, from who gave it', async () => {
    const own = await rocketSeries()
    const receipt = receiptBook.chartReceipt(own, drawn, timeOf(HEAD - 3n))
    expect(receipt).toMatchObject({
      title: 'rETH: exchange rate on 2026-08-24 12:00 UTC',
      value: `${formatExact(rateOf(rocketPool)(HEAD - 3n))} ETH per rETH`,
      operator: OPERATOR,
    })
    expect(receipt.calls).toMatchObject([{ block: HEAD - 3n, read: rocketPool.rate, operators: [OPERATOR] }])
    expect(receipt.notes.join()).not.toContain('In force since')
    const later = receiptBook.chartReceipt(own, drawn, timeOf(HEAD - 3n) + 60n)
    expect(later.calls).toEqual(receipt.calls)
    expect(later.notes[0]).toContain('In force since the sample of 2026-08-24 12:00 UTC')
  })

  test('behavior: a yield is the one of its window, with its two rates', async () => {
    const own = await rocketSeries(10n * 86_400n)
    const receipt = receiptBook.chartReceipt(
      own,
      { ...drawn, shown: 'yield', measure: 'apr' },
      timeOf(HEAD - 3n),
    )
    expect(receipt.title).toBe('rETH: implied APR')
    expect(receipt.calls.map(({ block }) => block)).toEqual([HEAD - 13n, HEAD - 3n])
  })

  test('behavior: what is not known says why', async () => {
    const own = await rocketSeries()
    const early = receiptBook.chartReceipt(own, drawn, timeOf(1n))
    expect(early.why).toBe('No rate has been read that was in force then.')
    const first = own.points[0]
    if (first === undefined) throw new Error('no points')
    const none = receiptBook.chartReceipt(own, { ...drawn, shown: 'yield' }, first.measuredAt)
    expect(none.why).toBe(WHY_NO_YIELD.oneRate)
  })
})
