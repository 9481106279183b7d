import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { ArchiveUnavailable, NoEndpointServed } from '../../../src/chain/errors.ts'
import { WAD } from '../../../src/math/fixedPoint.ts'
import { ankr } from '../../../src/pools/ankr.ts'
import { frax } from '../../../src/pools/frax.ts'
import { tokenPools } from '../../../src/pools/index.ts'
import { readEtherPrice } from '../../../src/pools/infrastructure.ts'
import { useSettledLive } from '../../../src/queries/settledLive.ts'
import type { FirstRow } from '../../../src/views/overview/sortRows.ts'
import { WhatIfCard } from '../../../src/views/whatIf/WhatIfCard.tsx'
import { stubDialog } from '../support/browser.ts'
import { readFigures } from '../support/figures.ts'
import { renderPage } from '../support/render.tsx'
import { type Asked, createWorld, rateOf, type World } from '../support/world.ts'

/** Thirty days before the head, when rETH stood at 1.1 and ankrETH at 1.2. */
const LINK = '/?since=2026-07-28&amount=11'

/** The card beside live figures, with what the table knows of each pool. */
function Card({ rows }: { readonly rows?: readonly FirstRow[] | undefined }) {
  const { live } = useSettledLive()
  const listed = rows ?? live.data?.pools.map(own => ({ pool: own.pool, live: own })) ?? []
  return <WhatIfCard live={live} rows={listed} windowLabel="30 d" />
}

const renderCard = (path = '/', world = createWorld(), rows?: readonly FirstRow[]) =>
  renderPage(<Card rows={rows} />, { world, path })
const pastTable = () => screen.findByRole('table', { name: /^What the amount became since/ })
const aheadTable = () => screen.findByRole('table', { name: /a projection/ })
const cellsOf = (table: HTMLElement, name: RegExp): (string | null)[] =>
  within(within(table).getByRole('row', { name }))
    .getAllByRole('cell')
    .map(({ textContent }) => textContent)
const namesIn = (table: HTMLElement): (string | undefined)[] =>
  within(table)
    .getAllByRole('rowheader')
    .map(({ textContent }) => textContent?.trim())
const isPast = ({ role, block }: Asked): boolean => role === 'archive' && block !== undefined && block > 2n
const field = (name: string) => screen.findByLabelText<HTMLInputElement>(name)
const problems = (): (string | null)[] => screen.queryAllByRole('alert').map(({ textContent }) => textContent)

describe('WhatIfCard', () => {
  test('default: a form for one ether a year ago, and nothing is read before somebody asks', async () => {
    const { world } = renderCard()
    expect((await field('Staked on')).value).toBe('2025-08-27')
    expect((await field('Staked on')).max).toBe('2026-08-26')
    expect((await field('Amount in ETH')).value).toBe('1')
    expect(screen.getByRole('heading', { name: 'What if you had staked?' })).toBeDefined()
    expect(screen.queryByRole('table')).toBeNull()
    expect(world.asked.filter(isPast)).toEqual([])
    expect(location.hash).toBe('#/')
  })

  test('default: asked, it says what the amount became by the pool’s own rates', async () => {
    const { user } = renderCard('/?range=90d&x=1')
    const [since, amount] = [await field('Staked on'), await field('Amount in ETH')]
    await user.clear(since)
    await user.type(since, '2026-07-28')
    await user.clear(amount)
    await user.type(amount, '11,0{Enter}')
    const table = await pastTable()
    // 11 ÷ 1.1 = 10 rETH, today 1.103 each, at 2,000 dollars per ETH; (1.103 ÷ 1.1)^(365 ÷ 30) − 1.
    expect(cellsOf(table, /^Rocket Pool/)).toEqual([
      '10.0000rETH',
      '11.0300ETH$22,060',
      '+0.0300ETH',
      '+0.27%',
      '3.37%±0.11',
    ])
    expect(within(table).getByTitle('11.03 ETH')).toBeDefined()
    // Whatever else the address holds is kept.
    expect(location.hash).toBe('#/?range=90d&x=1&since=2026-07-28&amount=11%2C0')
    expect(screen.getByRole('heading', { name: /^11 ETH, staked on .*2026.*, today$/ })).toBeDefined()
    expect(
      screen.getByText(
        /^Rates then at block 770, 2026-07-28 12:00 UTC, from Test node; now at block 800: 30 d/,
      ),
    ).toBeDefined()
    expect(
      screen.getByText(/Not counted: fees of entry and exit, market prices, gas and taxes/),
    ).toBeDefined()
  })

  test('behavior: a link is the question, and not staking stands among the pools', async () => {
    const world = createWorld()
    world.record(ankr.rate, block => (block < 780n ? (12n * WAD) / 10n : (119n * WAD) / 100n))
    renderCard(LINK, world)
    const table = await pastTable()
    expect((await field('Amount in ETH')).value).toBe('11')
    const names = namesIn(table)
    expect(names).toHaveLength(tokenPools.length + 1)
    expect(names[0]).toBe('Rocket Pool rETH')
    // The best first, so what fell stands behind what was kept.
    expect(names.slice(-2)).toEqual(['Not staking', 'Ankr ankrETH'])
    expect(cellsOf(table, /^Not staking/)).toEqual(['', '11.0000ETH$22,000', '', '0', ''])
    // 11 ÷ 1.2 × 1.19: a loss, with its sign.
    expect(cellsOf(table, /^Ankr/).slice(2, 4)).toEqual(['−0.0916ETH', '−0.83%'])
    expect(table.querySelectorAll('[data-falls="true"]')).toHaveLength(3)
  })

  test('behavior: other units are said and counted as ether', async () => {
    renderCard(LINK)
    const table = await pastTable()
    expect(cellsOf(table, /^Frax/)[1]).toContain(frax.unit)
    expect(screen.getByText(/counted as if each were 1 ETH/)).toBeDefined()
  })

  test('behavior: a pool without a token then has a reason and no figure', async () => {
    const world = createWorld()
    world.record(ankr.rate, block => (block < 780n ? '0x' : rateOf(ankr)(block)))
    world.record(ankr.supply, block => (block < 780n ? '0x' : WAD))
    renderCard(LINK, world)
    const table = await pastTable()
    expect(namesIn(table).at(-1)).toBe('Ankr ankrETH')
    expect(cellsOf(table, /^Ankr/)).toEqual(['No token yet: no contract told a rate of it on that day.'])
  })

  test('behavior: what is not known today has a reason and no figure', async () => {
    const world = createWorld()
    world.record(ankr.rate, block => (block >= 800n ? 'reverts' : rateOf(ankr)(block)))
    renderCard(LINK, world)
    expect(cellsOf(await pastTable(), /^Ankr/).join()).toMatch(/^[A-Z].*\.$/)
    expect(cellsOf(await aheadTable(), /^Ankr/)).toHaveLength(1)
  })

  test('behavior: no dollars without a price', async () => {
    const world = createWorld()
    world.record(readEtherPrice, 'reverts')
    renderCard(LINK, world)
    const cells = cellsOf(await pastTable(), /^Rocket Pool/)
    expect(cells[1]).toMatch(/^11\.0300ETH–not known: /)
    expect(cells.join()).not.toContain('$')
  })

  test('behavior: days that are too few tell of no year', async () => {
    renderCard('/?since=2026-08-22&amount=1')
    const cells = cellsOf(await pastTable(), /^Rocket Pool/)
    expect(cells[3]).toBe('+0.05%')
    expect(cells[4]).toMatch(/^–not known: 5 d are too short to tell of a year/)
  })

  test('behavior: another question in the address fills the fields, and clearing leaves the plain page', async () => {
    const { user } = renderCard(`${LINK}&range=90d`)
    await pastTable()
    location.hash = '#/?since=2026-06-28&amount=2&range=90d'
    await waitFor(async () => expect((await field('Amount in ETH')).value).toBe('2'))
    expect((await field('Staked on')).value).toBe('2026-06-28')
    await user.click(screen.getByRole('button', { name: 'Clear' }))
    expect(location.hash).toBe('#/?range=90d')
    expect(screen.queryByRole('table')).toBeNull()
    expect((await field('Amount in ETH')).value).toBe('1')
  })

  test('behavior: a gain too small to be written has no sign before its bound', async () => {
    renderCard('/?since=2026-07-28&amount=0.0000011')
    const cells = cellsOf(await pastTable(), /^Rocket Pool/)
    expect(cells.slice(1, 3)).toEqual(['0.000001ETH$0.00', '<0.000001ETH'])
  })

  test('behavior: half a question takes the usual for the rest', async () => {
    renderCard('/?amount=11')
    expect((await field('Staked on')).value).toBe('2025-08-27')
    expect(await screen.findByRole('heading', { name: /^11 ETH, staked on .*2025/ })).toBeDefined()
  })
})

describe('bad input', () => {
  const lastOf = async () => (await screen.findAllByRole('alert')).map(({ textContent }) => textContent)

  test.each([
    ['since=soon', /^“soon” is not a day/],
    ['since=', /^Choose a day/],
    ['since=2026-08-27', /^Today has brought nothing yet/],
    ['since=2030-01-01', /^2030-01-01 has not come yet/],
  ])('behavior: %s gets a sentence, the projection, and no question to the chain', async (query, words) => {
    const { world } = renderCard(`/?${query}&amount=11`)
    expect(await lastOf()).toEqual([expect.stringMatching(words)])
    expect((await field('Staked on')).getAttribute('aria-invalid')).toBe('true')
    const described = (await field('Staked on')).getAttribute('aria-describedby')
    expect(document.getElementById(described ?? '')?.textContent).toMatch(words)
    expect(await aheadTable()).toBeDefined()
    expect(screen.getAllByRole('table')).toHaveLength(1)
    expect(world.asked.filter(isPast)).toEqual([])
  })

  test.each([
    ['abc', /is not an amount of ETH/],
    ['', /^Enter an amount/],
    ['-1', /below 0/],
    ['0', /more than 0/],
    ['120000000', /about 120 million/],
  ])('behavior: an amount of %j gets a sentence, and the growth, which needs none', async (amount, words) => {
    renderCard(`/?since=2026-07-28&amount=${amount}`)
    expect(await lastOf()).toEqual([expect.stringMatching(words)])
    const cells = cellsOf(await pastTable(), /^Rocket Pool/)
    expect(cells.slice(3)).toEqual(['+0.27%', '3.37%±0.11'])
    for (const cell of cells.slice(0, 3)) expect(cell).toMatch(/^–not known: /)
    expect(screen.getAllByRole('table')).toHaveLength(1)
    expect(document.body.textContent).not.toMatch(/NaN|Infinity|undefined/)
  })

  test('behavior: both bad, two sentences and no table', async () => {
    renderCard('/?since=soon&amount=abc')
    expect(await lastOf()).toHaveLength(2)
    expect((await field('Staked on')).value).toBe('')
    expect(screen.queryByText(/Not counted/)).toBeNull()
    expect(screen.queryByRole('table')).toBeNull()
  })

  test('behavior: a day before all pools says when they begin', async () => {
    renderCard('/?since=2021-01-01&amount=1')
    expect(
      await screen.findByText(/^No pool had a token that early: what can be read begins on .*2024/),
    ).toBeDefined()
    expect(screen.getAllByRole('table')).toHaveLength(1)
  })

  test('behavior: nothing is complained of before somebody asks', async () => {
    const { user } = renderCard()
    await user.clear(await field('Amount in ETH'))
    expect(problems()).toEqual([])
    await user.click(screen.getByRole('button', { name: 'Work it out' }))
    expect(problems()).toEqual([expect.stringMatching(/^Enter an amount/)])
  })
})

describe('reading', () => {
  test('behavior: pending until the answer, while the projection stands', async () => {
    const world = createWorld()
    world.hold = isPast
    renderCard(LINK, world)
    expect(await screen.findByText('Reading the rates of 2026-07-28')).toBeDefined()
    expect(screen.getAllByRole('table')).toHaveLength(1)
    world.release()
    expect(await pastTable()).toBeDefined()
  })

  test('error: ArchiveUnavailable says what to do, and trying again reads it', async () => {
    const world = createWorld()
    const gone = new ArchiveUnavailable('does not keep state this old; add an archive endpoint')
    world.refuse = question => (isPast(question) ? new NoEndpointServed([gone]) : undefined)
    const { user } = renderCard(LINK, world)
    const note = (await screen.findByText('Could not read the rates of 2026-07-28.')).closest(
      '[role="alert"]',
    )
    expect(note?.textContent).toContain('add an archive endpoint')
    world.refuse = () => undefined
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await pastTable()).toBeDefined()
  })

  test('behavior: what nobody else confirms is said to be so', async () => {
    const world = createWorld({ others: ['Other'] })
    const { client } = world.session
    Object.assign(world.session, {
      client: { ...client, endpoints: client.endpoints.map(one => ({ ...one, privacy: 'none' })) },
    })
    world.refuse = ({ operator, role }) =>
      role === 'archive' && operator === 'Other' ? new ArchiveUnavailable('does not keep state') : undefined
    renderCard(LINK, world)
    expect(await screen.findByText(/No other operator could confirm those of then/)).toBeDefined()
  })

  test('behavior: what operators differ about is not known, and says who says what', async () => {
    const world = createWorld({ others: ['Other'] })
    renderCard('/', world)
    await field('Amount in ETH')
    world.claim('Other', ankr.rate, WAD)
    location.hash = `#${LINK}`
    expect(cellsOf(await pastTable(), /^Ankr/).join()).toContain('Other')
  })
})

describe('projection', () => {
  const renderWhole = async (world: World = createWorld()) => {
    const { rows } = await readFigures(world)
    return renderCard(LINK, world, rows)
  }

  test('default: the yield of the window carried on for a year, and marked', async () => {
    await renderWhole()
    const table = await aheadTable()
    // 11 × 1.0337…
    expect(cellsOf(table, /^Rocket Pool/)).toEqual([
      '3.37%',
      expect.stringMatching(/^≈ 11\.37\d\dETH\+0\.37\d\d$/),
    ])
    expect(namesIn(table)[0]).toBe('Rocket Pool rETH')
    expect(namesIn(table).at(-1)).toBe('Not staking')
    expect(cellsOf(table, /^Not staking/)).toEqual(['0', '11.0000ETH'])
    expect(screen.getByText(/^A projection, not a promise/)).toBeDefined()
    expect(within(table).getByRole('columnheader', { name: 'APY, 30 d' })).toBeDefined()
  })

  test('behavior: without a yield there is a reason and no figure', async () => {
    renderCard(LINK)
    expect(cellsOf(await aheadTable(), /^Rocket Pool/)).toEqual(['The history has not been loaded yet.'])
  })
})

describe('receipts', () => {
  const openReceipt = async (table: HTMLElement, row: RegExp, title: RegExp) => {
    const button = within(within(table).getByRole('row', { name: row })).getByTitle(title)
    button.click()
    const dialog = await screen.findByRole('dialog')
    // The book of receipts comes when the first one is opened.
    await waitFor(() => expect(dialog.textContent).toContain('÷'))
    return dialog
  }

  test.each([
    [/^10 rETH$/, ['11 ÷ 1.1 = 10'], [770]],
    [/^11\.03 ETH$/, ['11 ÷ 1.1 = 10 rETH', '10 × 1.103 = 11.03 ETH'], [770, 800]],
    [/^0\.03 ETH$/, ['11.03 − 11 = 0.03 ETH'], [770, 800]],
    [/^0\.272727 %$/, ['1.103 ÷ 1.1 − 1 = 0.272727 %'], [770, 800]],
    [/, over 30 d$/, ['(1.103 ÷ 1.1)^(31536000 ÷ 2592000) − 1 = 3.36'], [770, 800]],
    [/^22,060 USD$/, ['11.03 × 2,000'], [800]],
  ])('default: %s with the numbers put in and the calls', async (title, lines, blocks) => {
    stubDialog()
    renderCard(LINK)
    const dialog = await openReceipt(await pastTable(), /^Rocket Pool/, title)
    for (const line of lines) expect(dialog.textContent).toContain(line)
    for (const block of blocks) expect(dialog.textContent).toMatch(new RegExp(`--block ${block}\\b`))
    expect(dialog.querySelectorAll('pre, code').length).toBeGreaterThan(0)
    expect(dialog.textContent).toContain('Test node')
  })

  test('behavior: not staking, in dollars', async () => {
    stubDialog()
    renderCard(LINK)
    const dialog = await openReceipt(await pastTable(), /^Not staking/, /USD$/)
    expect(dialog.textContent).toContain('11 × 2,000')
  })

  test('behavior: another unit says how it is counted', async () => {
    stubDialog()
    renderCard(LINK)
    const dialog = await openReceipt(await pastTable(), /^Frax/, /^11.* frxETH$/)
    expect(dialog.textContent).toContain('Counted as if 1 frxETH were 1 ETH')
  })

  test('behavior: the projection with its formula, its yield and its name', async () => {
    stubDialog()
    const world = createWorld()
    const { rows } = await readFigures(world)
    renderCard(LINK, world, rows)
    const dialog = await openReceipt(await aheadTable(), /^Rocket Pool/, /if the yield held$/)
    expect(dialog.textContent).toContain('amount × (1 + APY)')
    expect(dialog.textContent).toContain('A projection, not a promise')
    expect(dialog.textContent).toContain('(1.103 ÷ 1.1)^(31536000 ÷ 2592000) − 1')
  })
})
