import { describe, expect, test } from 'vitest'
import { formatBlock } from '../../../src/format/number.ts'
import { DAY, WAD } from '../../../src/math/fixedPoint.ts'
import { aboutToken } from '../../../src/pools/about.ts'
import type { TokenPool } from '../../../src/pools/definePool.ts'
import { dinero } from '../../../src/pools/dinero.ts'
import { etherFi } from '../../../src/pools/etherFi.ts'
import { frax } from '../../../src/pools/frax.ts'
import { tokenPools } from '../../../src/pools/index.ts'
import { readEtherPrice } from '../../../src/pools/infrastructure.ts'
import { lido } from '../../../src/pools/lido.ts'
import { castLine } from '../../../src/pools/read.ts'
import { rocketPool } from '../../../src/pools/rocketPool.ts'
import { stader } from '../../../src/pools/stader.ts'
import type { Live, LivePool } from '../../../src/queries/live.ts'
import { wholeOf } from '../../../src/views/overview/poolFacts.ts'
import { receiptBook } from '../../../src/views/receipt/book.ts'
import type { Receipt } from '../../../src/views/receipt/receipt.ts'
import { exitOf, feedOf, premiumOf, priceWords, words } from '../support/facts.ts'
import { livePoolOf, readFigures, readLive } from '../support/figures.ts'
import { createWorld, HEAD, NOW, OPERATOR, pooledOf, rateOf } from '../support/world.ts'

const each = tokenPools.map(pool => [pool.id, pool] as const)

async function read({ id }: TokenPool, world = createWorld()): Promise<{ live: Live; own: LivePool }> {
  const live = await readLive(world)
  return { live, own: livePoolOf(live, id) }
}

/** A value of 18 decimals in full, as anybody would write it. */
function plain(value: bigint): string {
  const fraction = `${value % WAD}`.padStart(18, '0').replace(/0+$/, '')
  return `${new Intl.NumberFormat('en-US').format(value / WAD)}${fraction === '' ? '' : `.${fraction}`}`
}

/** Every call of a receipt can be repeated at its block, and shows what was answered. */
function expectCalls({ calls }: Receipt, { facts, outcomes }: LivePool, price: Live['price']): void {
  const told = [facts.fee, facts.market, facts.lastReport, facts.streamEnd, ...facts.exit].flatMap(
    fact => fact?.outcomes ?? [],
  )
  for (const call of calls) {
    expect(call.castLine).toBe(castLine(call.read, HEAD))
    expect([call.block, call.time]).toEqual([HEAD, NOW])
    const outcome = [...told, ...outcomes, price.outcome].find(one => one.read === call.read)
    expect(call.returnData).toBe(outcome?.returnData)
  }
}

describe('feeReceipt', () => {
  test.each(each)(
    'default: %s: read with its calls, or published with nobody to have read it from',
    async (_, pool) => {
      const { live, own } = await read(pool)
      const receipt = receiptBook.feeReceipt(live, own)
      const { fee } = pool
      expectCalls(receipt, own, live.price)
      expect(receipt.notes.at(-1)).toContain('net of it')
      if (fee.kind === 'read') {
        expect(receipt).toMatchObject({ value: '10.0000 % of the rewards', operator: OPERATOR })
        expect(receipt.calls.map(call => call.read)).toEqual(fee.reads)
        expect(receipt.formula.join()).toMatch(
          fee.reads.length > 1 ? /^The sum of/ : /^The contract’s answer ÷/,
        )
        expect(receipt.formula.join().replaceAll(',', '')).toContain(`÷ ${fee.whole}`)
      } else {
        expect(receipt).toMatchObject({ operator: undefined, calls: [] })
        if (fee.kind === 'published') {
          expect(receipt.value).toBe(`${Number(fee.fraction / 10n ** 12n) / 10_000}.0000 % of the rewards`)
          expect(receipt.formula.join()).toContain(`${fee.source}; looked up on ${fee.date}.`)
        } else expect(receipt.value).toBe(fee.why)
      }
    },
  )

  test('behavior: a fee that nobody tells', async () => {
    const { live, own } = await read(etherFi)
    expect(receiptBook.feeReceipt(live, own)).toMatchObject({ value: etherFi.fee.why, operator: undefined })
  })
})

describe('premiumReceipt', () => {
  test.each(each.filter(([, { market }]) => market.kind === 'feed'))(
    'default: %s: the price over what it prices, with the feed and its decimals',
    async (_, pool) => {
      const { live, own } = await read(pool)
      const { premium, market } = own.facts
      if (!('value' in premium) || !('value' in market)) throw new Error('no premium')
      const receipt = receiptBook.premiumReceipt(live, own, premium.value.fraction)
      expectCalls(receipt, own, live.price)
      const isOfToken = pool.market.kind === 'feed' && pool.market.prices === 'token'
      const basis = isOfToken ? rateOf(pool)(HEAD) : WAD
      const price = (basis * (WAD + premiumOf(pool))) / WAD
      expect(receipt.formula.at(-1)).toBe(
        isOfToken ? `${plain(price)} ÷ ${plain(basis)} − 1` : `${plain(price)} − 1`,
      )
      expect(Number.parseFloat(receipt.value.replace('−', '-'))).toBeCloseTo(
        Number(premiumOf(pool)) / 1e16,
        3,
      )
      const feed = feedOf(pool)
      expect(receipt.calls.map(call => call.read.callData)).toEqual(
        [feed?.round, feed?.decimals, ...(isOfToken ? [pool.rate] : [])].map(one => one?.callData),
      )
      expect(receipt.operator).toBe(OPERATOR)
      expect(receipt.notes.join()).toContain('2026-08-27 11:50 UTC')
    },
  )
})

describe('reportReceipt', () => {
  test('default: a time as its contract tells it', async () => {
    const { live, own } = await read(rocketPool)
    const receipt = receiptBook.reportReceipt(live, own, '3 h')
    expect(receipt).toMatchObject({ value: '2026-08-27 09:00 UTC', operator: OPERATOR })
    expect(receipt.formula).toEqual([
      'The contract’s answer.',
      `Shown as “3 h”, at block ${HEAD}, 2026-08-27 12:00 UTC.`,
    ])
    expect(receipt.calls.map(call => call.read)).toEqual([rocketPool.lastReport.read])
    expectCalls(receipt, own, live.price)
  })

  test('behavior: a block stays a block', async () => {
    const { live, own } = await read(stader)
    expect(receiptBook.reportReceipt(live, own, '3 h').value).toBe(`block ${formatBlock(HEAD - 1n)}`)
  })

  test('behavior: the end of a stream less its length, with its one reading', async () => {
    const { live, own } = await read(dinero)
    const receipt = receiptBook.reportReceipt(live, own, '3 h')
    expect(receipt.value).toBe('2026-08-27 09:00 UTC')
    expect(receipt.formula[0]).toBe(`The contract’s answer − ${(7n * DAY).toLocaleString('en-US')} s`)
    expect(receipt.notes.join()).toContain('ends at 2026-09-03 09:00 UTC')
    expect(receipt.calls.map(({ label }) => label)).toEqual(['Last report'])
  })

  test('behavior: a stream that has ended is said to have', async () => {
    const world = createWorld()
    world.record(frax.streamEnd, NOW - DAY)
    const { live, own } = await read(frax, world)
    expect(receiptBook.reportReceipt(live, own, '3 h').notes.join()).toContain(
      'ended at 2026-08-26 12:00 UTC',
    )
  })
})

describe('changeOfRateReceipt', () => {
  const seenOf = async ({ id }: TokenPool, world = createWorld()) => {
    const { live, series } = await readFigures(world)
    const own = series.find(({ pool }) => pool.id === id)
    if (own === undefined) throw new Error('no series')
    const operators = new Map([...own.operators].map(([block]) => [block, `Operator of ${block}`]))
    return receiptBook.changeOfRateReceipt(livePoolOf(live, id), { ...own, operators })
  }

  test('default: the two samples around it, from those who gave them', async () => {
    const receipt = await seenOf(lido)
    expect(receipt.value).toBe('2026-08-27 12:00 UTC')
    expect(receipt.formula).toEqual(['It changed between 2026-08-26 12:00 UTC and 2026-08-27 12:00 UTC.'])
    expect(receipt.operator).toBe('Operator of 799 and Operator of 800')
    expect(receipt.calls.map(({ block, returnData }) => [block, BigInt(returnData)])).toEqual([
      [799n, rateOf(lido)(799n)],
      [800n, rateOf(lido)(800n)],
    ])
    expect(receipt.notes).toEqual([
      'No contract of this pool tells when it last reported: samples of its rate show the change.',
    ])
  })

  test('behavior: a contract that would tell and fails to is not said to be missing', async () => {
    const world = createWorld()
    world.record(rocketPool.lastReport.read, 'reverts')
    const [note] = (await seenOf(rocketPool, world)).notes
    expect(note).toMatch(/^The contract did not answer getUint\(.*: samples of its rate show the change\.$/)
  })

  test('behavior: a rate that never moved has a receipt without calls before it', async () => {
    const world = createWorld()
    world.record(lido.rate, WAD)
    expect((await seenOf(lido, world)).calls).toHaveLength(1)
  })
})

describe('shareReceipt and supplyInDollarsReceipt', () => {
  test.each(each)(
    'default: %s: its supply, of the sum of all, and at the price of ether',
    async (_, pool) => {
      const { live, own } = await read(pool)
      const supply = pool.pooled === undefined ? 400_000n * rateOf(pool)(HEAD) : pooledOf(pool)
      const whole = wholeOf(live, [])
      const sum = live.pools.reduce(
        (total, { reading }) => total + (reading.state === 'known' ? reading.pooled : 0n),
        0n,
      )
      const share = receiptBook.shareReceipt(live, own, (supply * WAD) / sum, whole)
      expect(share.formula.at(-1)).toBe(`${plain(supply)} ÷ ${plain(sum)}`)
      expect(Number.parseFloat(share.value)).toBeCloseTo((Number(supply) / Number(sum)) * 100, 3)
      expect(share.notes).toContain(aboutToken(pool).supply)
      const dollars = receiptBook.supplyInDollarsReceipt(live, own)
      expect(dollars.value).toBe(`${plain(2_000n * supply)} USD`)
      expect(dollars.formula.at(-1)).toBe(`${plain(supply)} × 2,000`)
      expect(dollars.calls.map(call => call.read)).toEqual([readEtherPrice])
      expectCalls(dollars, own, live.price)
      expect(dollars.notes.some(note => note.includes(`1 ${pool.unit} were 1 ETH`))).toBe(pool.unit !== 'ETH')
    },
  )

  test('behavior: without a price there are no dollars, and a pool that aged is named', async () => {
    const world = createWorld()
    world.record(readEtherPrice, priceWords(1n, NOW - DAY - 1n))
    const { live, own } = await read(rocketPool, world)
    expect(receiptBook.supplyInDollarsReceipt(live, own).value).toBe('not known')
    const whole = { ...wholeOf(live, []), aged: [{ name: 'Lido', block: 799n }] }
    expect(receiptBook.shareReceipt(live, own, WAD / 2n, whole).notes.join()).toContain(
      'Lido cannot be read now and counts with its supply at block 799.',
    )
  })
})

describe('exitReceipt', () => {
  test.each(each.filter(([, { exit }]) => exit.figures.length > 0))(
    'default: every figure of %s',
    async (_, pool) => {
      const { live, own } = await read(pool)
      for (const [index, figure] of pool.exit.figures.entries()) {
        const told = own.facts.exit[index]
        if (told === undefined) throw new Error('not read')
        const receipt = receiptBook.exitReceipt(live, own, figure, told, 'text')
        expect(receipt).toMatchObject({
          title: `${pool.name}: ${figure.label}`,
          value: 'text',
          operator: OPERATOR,
        })
        expect(receipt.calls.map(call => call.read)).toEqual([figure.read])
        expect(receipt.calls[0]?.returnData).toBe(words(exitOf(pool, figure)))
        expectCalls(receipt, own, live.price)
        expect(receipt.formula.join().includes('10¹⁸')).toBe(figure.kind === 'amount')
      }
    },
  )
})

describe('unknownReceipt', () => {
  test('default: the reason, from nobody', () => {
    expect(receiptBook.unknownReceipt('It reverts.')).toMatchObject({
      formula: ['It reverts.'],
      operator: undefined,
      calls: [],
    })
  })
})
