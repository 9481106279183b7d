import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, test } from 'vitest'
import { WAD } from '../../../src/math/fixedPoint.ts'
import { aboutPool, aboutToken, aboutTokenless } from '../../../src/pools/about.ts'
import { pools, tokenPools } from '../../../src/pools/index.ts'
import { lido } from '../../../src/pools/lido.ts'
import { rocketPool } from '../../../src/pools/rocketPool.ts'
import { staked } from '../../../src/pools/staked.ts'
import { PoolPage } from '../../../src/views/pool/PoolPage.tsx'
import { stubDialog, stubSize } from '../support/browser.ts'
import { renderPage } from '../support/render.tsx'
import { createWorld } from '../support/world.ts'

const renderPool = (id: string, { world = createWorld(), path = '/?range=30d' } = {}) =>
  renderPage(<PoolPage id={id} />, { world, path })
/** Wait until the history is read, and the figures, which are drawn in steps, are there. */
const complete = async () => {
  await screen.findByText(/^(\d+) of \1 samples/)
  await screen.findByText('Rate', { selector: 'div > dt' })
}

/** What stands under a headline: its figure and the line below. */
function headline(label: string): string[] {
  const term = screen.getByText(label, { selector: 'div > dt' })
  const texts: string[] = []
  for (let next = term.nextElementSibling; next !== null; next = next.nextElementSibling)
    texts.push(next.textContent)
  return texts
}

beforeEach(stubSize)

describe('PoolPage', () => {
  test('default: headline figures of this pool alone, and how they come about', async () => {
    renderPool('rocket-pool')
    await complete()
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Rocket Pool rETH')
    expect(headline('Rate')).toEqual(['1.10300ETH', 'per rETH'])
    await waitFor(() => expect(headline('Supply')).toEqual(['441.2KETH$882M', '+0.3% in 30 days']))
    // Drawn in small steps, a moment after all has been read.
    await waitFor(() =>
      expect(headline('Implied APY, 30 d')).toEqual([
        '3.37%',
        expect.stringMatching(/^30 d, 30 changes, last 3 h ago, between 3\.23 and 3\.52 %$/),
      ]),
    )
    expect(headline('Share of all listed')).toEqual([expect.stringMatching(/^\d\.\d%$/)])
    expect(headline('Fee')).toEqual(['10%', 'of the rewards'])
    expect(headline('Premium')).toEqual(['−1.20%', 'Chainlink rETH/ETH'])
    expect(headline('Last report')).toEqual(['3 h'])
    expect(screen.getAllByRole('checkbox').map(box => box.closest('label')?.textContent)).toEqual([
      'Rocket Pool',
    ])
    expect(screen.getByText('getExchangeRate() view returns (uint256)')).toBeDefined()
    expect(screen.getByText(/^Readable since mainnet block 13,325,304/)).toBeDefined()
  })

  test.each(pools.map(pool => [pool.id, pool] as const))(
    'behavior: %s has every contract with a link, and links that tell nobody where they come from',
    (id, pool) => {
      renderPool(id)
      const items = within(screen.getByRole('region', { name: 'Contracts on mainnet' })).getAllByRole(
        'listitem',
      )
      expect(items.map(item => item.querySelector('b')?.textContent)).toEqual(
        aboutPool(pool).contracts.map(({ name }) => name),
      )
      for (const [index, { address }] of aboutPool(pool).contracts.entries()) {
        const link = items[index]?.querySelector('a')
        expect(link?.textContent).toBe(address)
        expect([link?.getAttribute('href'), link?.getAttribute('rel')]).toEqual([
          `https://etherscan.io/address/${address}`,
          'noreferrer',
        ])
      }
      for (const { label, url } of aboutPool(pool).links) {
        const link = screen.getByRole('link', { name: label })
        expect([link.getAttribute('href'), link.getAttribute('rel')]).toEqual([url, 'noreferrer'])
      }
    },
  )

  test('behavior: the window and the measure of the address', async () => {
    renderPool('rocket-pool', { path: '/?range=30d&window=7d&as=apr' })
    await complete()
    // From 1.1023 to 1.103 in 7 days: 0.0007 ÷ 1.1023 × 365 ÷ 7
    await waitFor(() => expect(headline('Implied APR, 7 d')[0]).toBe('3.31%'))
  })

  test('behavior: a pool that cannot be read says why and keeps its page', async () => {
    const world = createWorld()
    world.record(rocketPool.rate, 'reverts')
    renderPool('rocket-pool', { world })
    const why = 'The contract refused getExchangeRate() view returns (uint256).'
    await screen.findAllByTitle(why)
    expect(headline('Rate')).toEqual([`–not known: ${why}`, 'per rETH'])
    expect(headline('Implied APY, 30 d')).toEqual(['–not known: No rate has been read yet.'])
    expect(headline('Supply')).toEqual([`–not known: ${why}`, '–not known: The supply now is not known.'])
    expect(headline('Share of all listed')).toEqual(['–not known: The supply of this pool is not known.'])
    expect(headline('Premium')[0]).toBe('–not known: The rate that it would be compared with is not known.')
    expect([headline('Fee')[0], headline('Last report')[0]]).toEqual(['10%', '3 h'])
    expect(screen.getByRole('region', { name: 'How it is computed' })).toBeDefined()
  })

  test('behavior: a rate that stands still is late', async () => {
    const world = createWorld()
    world.record(lido.rate, block => (block < 795n ? WAD : WAD + 10n ** 15n))
    renderPool('lido', { world })
    await complete()
    await waitFor(() => expect(headline('Last report')).toEqual(['late, within 6 d']))
  })

  test('behavior: a figure opens its receipt', async () => {
    stubDialog()
    const { user } = renderPool('rocket-pool')
    const [headline] = await screen.findAllByRole('button', { name: '3.37%' })
    await user.click(headline as HTMLElement)
    const dialog = await screen.findByRole('dialog')
    expect(await within(dialog).findByText('3.369179 %')).toBeDefined()
    expect(within(dialog).getByRole('heading', { level: 2 }).textContent).toBe('rETH: implied APY')
  })

  test('behavior: Staked has a reason instead of figures, and nothing is asked', () => {
    const { world } = renderPool('staked')
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Staked institutional, no token')
    expect(screen.getByText(aboutTokenless(staked).reason)).toBeDefined()
    expect(screen.getByText(aboutPool(staked).contracts[0]?.address ?? '')).toBeDefined()
    expect(screen.queryByRole('region', { name: 'How it is computed' })).toBeNull()
    expect(world.asked).toEqual([])
  })

  test('behavior: an id that is no pool', () => {
    const { world } = renderPool('terra')
    expect(screen.getByRole('heading', { name: 'No such pool' })).toBeDefined()
    expect(screen.getByText(/^“terra” is not a pool/)).toBeDefined()
    expect(world.asked).toEqual([])
  })
})

/** What stands behind a term of "How it is computed". */
function computed(term: string): string | undefined {
  const region = within(screen.getByRole('region', { name: 'How it is computed' }))
  return region.queryByText(term, { selector: 'dt' })?.nextElementSibling?.textContent
}

describe('how it is computed', () => {
  test.each(tokenPools.map(pool => [pool.id, pool] as const))('default: %s in its own words', (id, pool) => {
    renderPool(id)
    expect(computed('Rate')).toBe(
      `${pool.rate.signature} of ${pool.token.symbol}, ${pool.unit} per token with 18 decimals. It is net of the pool’s fee.`,
    )
    expect(computed('Supply')).toBe(aboutToken(pool).supply)
    // Only where the unit is not ether is there a reservation, and it names the unit.
    if (pool.unit === 'ETH') expect(computed('Unit')).toBeUndefined()
    else {
      expect(computed('Unit')).toContain(`The rate counts ${pool.unit}, not ETH.`)
      expect(computed('Unit')).toContain(`count 1 ${pool.unit} as 1 ETH, which no contract promises`)
    }
    const { market, fee } = pool
    expect(computed('Market price')).toBe(
      market.kind === 'none' ? market.why : `${market.name}, ${market.feed}.`,
    )
    if (fee.kind === 'published') {
      expect(computed('Fee')).toContain(`as published by ${fee.source}, looked up on ${fee.date}.`)
      expect(computed('Fee')).toContain('It is not read from a contract.')
      expect(computed('Fee')).toMatch(new RegExp(`^${fee.fraction / 10n ** 16n} % of the rewards`))
    } else if (fee.kind === 'unknown') expect(computed('Fee')).toBe(fee.why)
    else for (const { signature } of fee.reads) expect(computed('Fee')).toContain(signature.split(' ')[0])
    expect(computed('Moves')).toMatch(
      pool.accrual === 'continuous' ? /^With every block\./ : /^When an oracle reports, about every \d+ h;/,
    )
    expect(computed('Moves')?.includes('until the next begins')).toBe(pool.streamEnd !== undefined)
    expect(computed('Moves')?.includes('dust is not taken for one')).toBe(pool.dust !== undefined)
    expect(computed('History')?.includes('the exact block is not established')).toBe(
      pool.readableBy !== undefined,
    )
  })

  test.each([
    ['stakewise', /StakeWise’s PriceFeed repeats the protocol’s own rate/],
    ['liquid-collective', /LsETH\/ETH feed repeats the protocol’s own rate/],
  ])('behavior: why the price of %s is none', async (id, why) => {
    renderPool(id)
    await complete()
    expect(computed('Market price')).toMatch(why)
    const [premium = ''] = headline('Premium')
    expect(premium).toMatch(/^–not known: /)
    expect(premium).toMatch(why)
  })

  test('behavior: units that are not ether', () => {
    expect(tokenPools.filter(({ unit }) => unit !== 'ETH').map(({ unit }) => unit)).toEqual([
      'frxETH',
      'OETH',
      'pxETH',
    ])
  })
})
