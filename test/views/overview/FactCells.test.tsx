import { cleanup, screen, within } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { DAY, WAD } from '../../../src/math/fixedPoint.ts'
import { ankr } from '../../../src/pools/ankr.ts'
import { coinbase } from '../../../src/pools/coinbase.ts'
import type { TokenPool } from '../../../src/pools/definePool.ts'
import { etherFi } from '../../../src/pools/etherFi.ts'
import { frax } from '../../../src/pools/frax.ts'
import { tokenPools } from '../../../src/pools/index.ts'
import { readEtherPrice } from '../../../src/pools/infrastructure.ts'
import { lido } from '../../../src/pools/lido.ts'
import type { Read } from '../../../src/pools/read.ts'
import { rocketPool } from '../../../src/pools/rocketPool.ts'
import { stader } from '../../../src/pools/stader.ts'
import { stakewise } from '../../../src/pools/stakewise.ts'
import { swell } from '../../../src/pools/swell.ts'
import { FeeCell, PremiumCell, SupplyCell } from '../../../src/views/overview/FactCells.tsx'
import { ReportCell, ShareCell } from '../../../src/views/overview/PastCells.tsx'
import { RateFigure } from '../../../src/views/overview/RateFigure.tsx'
import { type MakeReceipt, ReceiptContext } from '../../../src/views/receipt/receiptContext.ts'
import { stubDialog } from '../support/browser.ts'
import { feedOf, priceWords, words } from '../support/facts.ts'
import { readFigures, rowOf } from '../support/figures.ts'
import { renderPage } from '../support/render.tsx'
import { createWorld, HEAD, NOW, OPERATOR, type Reply, rateOf } from '../support/world.ts'

type Replies = readonly (readonly [Read, Reply | ((block: bigint) => Reply)])[]

/** Show the five cells of a pool where some reads answer otherwise. */
async function renderCells({ id }: TokenPool, ...replies: Replies) {
  const world = createWorld()
  for (const [read, reply] of replies) world.record(read, reply)
  const { live, rows } = await readFigures(world)
  const row = rowOf(rows, id)
  const own = row.live
  const page = renderPage(
    <>
      <div data-testid="supply">
        <SupplyCell live={live} own={own} />
      </div>
      <div data-testid="share">
        <ShareCell live={live} row={row} />
      </div>
      <div data-testid="fee">
        <FeeCell live={live} own={own} />
      </div>
      <div data-testid="premium">
        <PremiumCell live={live} own={own} />
      </div>
      <div data-testid="report">
        <ReportCell live={live} row={row} />
      </div>
    </>,
    { world },
  )
  const texts = Object.fromEntries(
    ['supply', 'share', 'fee', 'premium', 'report'].map(name => [name, screen.getByTestId(name).textContent]),
  )
  return { ...page, texts }
}

const feed = (pool: TokenPool) => feedOf(pool) ?? expect.unreachable(`no feed of ${pool.id}`)
const price = (pool: TokenPool, fraction: bigint, ago = 600n): Replies => [
  [feed(pool).round, priceWords((rateOf(pool)(HEAD) * (WAD + fraction)) / WAD, NOW - ago)],
]
const PERCENT = WAD / 100n

describe('FeeCell', () => {
  test('default: read from the contract: no mark', async () => {
    expect((await renderCells(rocketPool)).texts['fee']).toBe('10%')
    expect(screen.getByTitle('10.000000 % of the rewards')).toBeDefined()
  })

  test('behavior: published figures are marked as such', async () => {
    expect((await renderCells(coinbase)).texts['fee']).toBe('25%published')
  })

  test('behavior: a fee that nobody tells has the reason and no 0', async () => {
    expect((await renderCells(etherFi)).texts['fee']).toBe(
      '–not known: No contract tells it, and no published figure is confirmed.',
    )
  })

  test('behavior: half a percent is not rounded away, and 0 is a fee', async () => {
    const [read] = lido.fee.reads
    const page = await renderCells(lido, [read, 1_250n])
    expect(page.texts['fee']).toBe('12.5%')
    page.unmount()
    expect((await renderCells(lido, [read, 0n])).texts['fee']).toBe('0%')
  })

  test('behavior: one silent part of two hides the sum', async () => {
    const [treasury] = swell.fee.reads
    expect((await renderCells(swell, [treasury, 'reverts'])).texts['fee']).toMatch(
      /^–not known: .*swellTreasury/,
    )
  })
})

describe('PremiumCell', () => {
  test.each([
    [2n * PERCENT, '+2.00%'],
    [-3n * PERCENT, '−3.00%'],
    [PERCENT / 10n, '+0.10%within noise'],
    [-PERCENT / 10n, '−0.10%within noise'],
    [0n, '0.00%within noise'],
  ])('default: %s of one is %s', async (fraction, text) => {
    const { texts } = await renderCells(rocketPool, ...price(rocketPool, fraction))
    expect(texts['premium']).toBe(text)
    const isNoise = text.includes('noise')
    expect(screen.getByTestId('premium').firstElementChild?.getAttribute('data-noise')).toBe(`${isNoise}`)
  })

  test('behavior: a price of the unit is compared with one unit', async () => {
    const { texts } = await renderCells(lido, [feed(lido).round, priceWords((98n * WAD) / 100n, NOW)])
    expect(texts['premium']).toBe('−2.00%')
  })

  test('behavior: hidden with the reason where the feed is stale, gone or has no scale', async () => {
    const stale = await renderCells(rocketPool, ...price(rocketPool, 2n * PERCENT, DAY + 1n))
    expect(stale.texts['premium']).toBe(
      '–not known: The feed was not updated for more than its heartbeat of 24 h.',
    )
    stale.unmount()
    const gone = await renderCells(rocketPool, [feed(rocketPool).round, 'reverts'])
    expect(gone.texts['premium']).toBe('–not known: The feed did not answer at this block.')
    gone.unmount()
    const bare = await renderCells(rocketPool, [feed(rocketPool).decimals, '0x'])
    expect(bare.texts['premium']).toMatch(/^–not known: The feed does not tell its decimals/)
  })

  test('behavior: hidden with the reason where there is no market', async () => {
    const without = tokenPools.filter(({ market }) => market.kind === 'none')
    expect(without.length).toBeGreaterThan(0)
    for (const pool of without) {
      const page = await renderCells(pool)
      expect(page.texts['premium']).toBe(
        `–not known: ${pool.market.kind === 'none' ? pool.market.why : expect.unreachable()}`,
      )
      page.unmount()
    }
  })
})

describe('SupplyCell and ShareCell', () => {
  test('default: the unit, its worth in dollars, and the part of all', async () => {
    const { texts } = await renderCells(frax)
    // 400,000 × 1.156, at 2,000 dollars each
    expect(texts['supply']).toBe('462.4KfrxETH$925M')
    expect(texts['share']).toMatch(/^\d\.\d%$/)
  })

  test('behavior: without a price of ether the supply stays and the dollars say why', async () => {
    const { texts } = await renderCells(rocketPool, [
      readEtherPrice,
      priceWords(2_000n * 10n ** 8n, NOW - DAY - 1n),
    ])
    expect(texts['supply']).toBe(
      '441.2KETH–not known: The ETH/USD feed was not updated for more than its heartbeat of 24 h.',
    )
  })

  test('behavior: a pool without a rate has a reason in both, and no dollars', async () => {
    const { texts } = await renderCells(ankr, [ankr.rate, 0n])
    const why = '–not known: The contract answers a rate of 0, which is none.'
    expect(texts['supply']).toBe(why)
    expect(texts['share']).toBe('–not known: The supply of this pool is not known.')
  })
})

describe('ReportCell', () => {
  const late = (): boolean => screen.getByTestId('report').textContent.startsWith('late, ')
  const tell = ({ lastReport }: TokenPool): Read => lastReport?.read ?? expect.unreachable('tells nothing')

  test('default: a time that a contract tells is exact', async () => {
    expect((await renderCells(rocketPool)).texts['report']).toBe('3 h')
    expect(screen.getByTitle('as its contract tells')).toBeDefined()
  })

  test('behavior: a block that it tells lies between two samples, or on one', async () => {
    const exact = await renderCells(stader)
    // The block before the head, a day ago, which was sampled.
    expect(exact.texts['report']).toBe('24 h')
    exact.unmount()
    // Of the head itself there is no sample yet.
    expect((await renderCells(stader, [tell(stader), words(HEAD, 9n, 9n)])).texts['report']).toMatch(
      /^within|^0 s/,
    )
  })

  test('behavior: from samples where no contract tells, between two of them', async () => {
    expect((await renderCells(lido)).texts['report']).toBe('within 24 h')
    expect(screen.getByTitle('as samples show')).toBeDefined()
  })

  test('behavior: late after one and a half times the cadence, told or seen', async () => {
    const told = await renderCells(rocketPool, [tell(rocketPool), NOW - 130_000n])
    expect([told.texts['report'], late()]).toEqual(['late, 36 h', true])
    told.unmount()
    const inTime = await renderCells(rocketPool, [tell(rocketPool), NOW - 129_600n])
    expect([inTime.texts['report'], late()]).toEqual(['36 h', false])
    inTime.unmount()
    const still = (block: bigint): bigint => rateOf(lido)(block < HEAD - 3n ? block : HEAD - 3n)
    expect((await renderCells(lido, [lido.rate, still])).texts['report']).toBe('late, within 4 d')
  })

  test('behavior: a stream that ended stands flat since then', async () => {
    const { texts } = await renderCells(frax, [frax.streamEnd, NOW - 5n * 3_600n])
    expect(texts['report']).toBe('flat for 5 h')
  })

  test('behavior: every block, as the last two samples show', async () => {
    stubDialog()
    const { texts, user } = await renderCells(stakewise)
    expect(texts['report']).toBe('every block')
    await user.click(within(screen.getByTestId('report')).getByRole('button'))
    expect(await screen.findByRole('heading', { name: 'StakeWise: last change of rate' })).toBeDefined()
  })

  test('behavior: what should move with every block and stands still is flat, and a dead one is not known', async () => {
    const { texts } = await renderCells(stakewise, [stakewise.rate, WAD])
    expect(texts['report']).toMatch(/^flat for \d+ d$/)
    cleanup()
    const dead = await renderCells(stakewise, [stakewise.rate, 'reverts'])
    expect(dead.texts['report']).toBe('–not known: The rate is not known, so neither is its movement.')
  })

  test('behavior: a rate that never moved has a reason', async () => {
    const { texts } = await renderCells(lido, [lido.rate, WAD])
    expect(texts['report']).toBe('–not known: No change of rate has been seen in the samples yet.')
  })

  test('behavior: the receipt of a change that was seen names who gave the samples', async () => {
    stubDialog()
    const { user } = await renderCells(rocketPool, [tell(rocketPool), 'reverts'])
    await user.click(screen.getByTitle('as samples show'))
    const dialog = await screen.findByRole('dialog')
    expect(
      await within(dialog).findByText(/^It changed between 2026-08-26 12:00 UTC and 2026-08-27 12:00 UTC/),
    ).toBeDefined()
    expect(within(dialog).getByText(/^The contract did not answer getUint/)).toBeDefined()
    expect(within(dialog).getByText(`Read from ${OPERATOR}.`)).toBeDefined()
  })
})

test('behavior: a receipt is of the reading at the click, though a newer one comes before it is made', async () => {
  const { live, rows } = await readFigures(createWorld())
  const { live: own } = rowOf(rows, 'rocket-pool')
  const later = { ...live, block: live.block + 1n }
  let newest = live
  const made: MakeReceipt[] = []
  renderPage(
    <ReceiptContext value={make => made.push(make)}>
      <RateFigure live={live} own={own} newest={() => newest} />
    </ReceiptContext>,
  )
  const readings: unknown[] = []
  const book = { rateReceipt: (of: unknown) => readings.push(of) } as never
  screen.getByRole('button').click()
  newest = later
  screen.getByRole('button').click()
  for (const make of made) make(book)
  expect(readings).toEqual([live, later])
})
