import { screen, within } from '@testing-library/react'
import { beforeEach, describe, expect, test } from 'vitest'
import { WAD } from '../../../src/math/fixedPoint.ts'
import { rocketPool } from '../../../src/pools/rocketPool.ts'
import { staked } from '../../../src/pools/staked.ts'
import { PoolPage } from '../../../src/views/pool/PoolPage.tsx'
import { stubDialog, stubSize } from '../support/browser.ts'
import { renderPage } from '../support/render.tsx'
import { createWorld } from '../support/world.ts'

const renderPool = (id: string, { world = createWorld(), path = '/?range=30d' } = {}) =>
  renderPage(<PoolPage id={id} />, { world, path })
const complete = () => screen.findByText(/^(\d+) of \1 samples/)

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
    expect(headline('Supply')).toEqual(['441.2KETH', '+0.3% in 30 days'])
    const [earned, under] = headline('Implied APY, 30 d')
    expect(earned).toBe('3.37%')
    expect(under).toMatch(/^30 d, 30 changes seen, between 3\.26 and 3\.49 %$/)
    expect(headline('Last change')).toEqual(['within 24 h'])
    expect(screen.getAllByRole('checkbox').map(box => box.closest('label')?.textContent)).toEqual([
      'Rocket Pool',
    ])
    expect(screen.getByText('getExchangeRate() view returns (uint256)')).toBeDefined()
    expect(screen.getByText(/^Readable since mainnet block 13,325,304/)).toBeDefined()
  })

  test('behavior: every contract with its address, and links that tell nobody where they come from', () => {
    renderPool('rocket-pool')
    const items = within(screen.getByRole('region', { name: 'Contracts on mainnet' })).getAllByRole(
      'listitem',
    )
    expect(items.map(item => item.querySelector('code')?.textContent)).toEqual(
      rocketPool.contracts.map(({ address }) => address),
    )
    for (const { label, url } of rocketPool.links) {
      const link = screen.getByRole('link', { name: label })
      expect([link.getAttribute('href'), link.getAttribute('rel')]).toEqual([url, 'noreferrer'])
    }
  })

  test('behavior: the window and the measure of the address', async () => {
    renderPool('rocket-pool', { path: '/?range=30d&window=7d&as=apr' })
    await complete()
    // From 1.1023 to 1.103 in 7 days: 0.0007 ÷ 1.1023 × 365 ÷ 7
    expect(headline('Implied APR, 7 d')[0]).toBe('3.31%')
  })

  test('behavior: a pool that cannot be read says why and keeps its page', async () => {
    const world = createWorld()
    world.record(rocketPool.rate, 'reverts')
    renderPool('rocket-pool', { world })
    const why = 'The contract refused getExchangeRate() view returns (uint256).'
    await screen.findByText(why, { selector: 'dd' })
    expect(headline('Rate')).toEqual([`–not known: ${why}`, why])
    expect(headline('Implied APY, 30 d')).toEqual(['–not known: No rate has been read yet.'])
    expect(headline('Last change')[0]).toMatch(/^–not known/)
    expect(screen.getByRole('region', { name: 'How it is computed' })).toBeDefined()
  })

  test('behavior: a rate that stands still is late', async () => {
    const world = createWorld()
    world.record(rocketPool.rate, block => (block < 795n ? WAD : WAD + 10n ** 15n))
    renderPool('rocket-pool', { world })
    await complete()
    expect(headline('Last change')).toEqual(['late, within 6 d'])
  })

  test('behavior: a figure opens its receipt', async () => {
    stubDialog()
    const { user } = renderPool('rocket-pool')
    await complete()
    await user.click(screen.getByRole('button', { name: '3.37%' }))
    const dialog = await screen.findByRole('dialog')
    expect(within(dialog).getByRole('heading', { level: 2 }).textContent).toBe('rETH: implied APY')
    expect(await within(dialog).findByText('3.369179 %')).toBeDefined()
  })

  test('behavior: Staked has a reason instead of figures, and nothing is asked', () => {
    const { world } = renderPool('staked')
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Staked institutional, no token')
    expect(screen.getByText(staked.reason)).toBeDefined()
    expect(screen.getByText(staked.contracts[0].address)).toBeDefined()
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
