import { act, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { DAY, WAD } from '../../../src/math/fixedPoint.ts'
import { ankr } from '../../../src/pools/ankr.ts'
import { tokenPools } from '../../../src/pools/index.ts'
import { rocketPool } from '../../../src/pools/rocketPool.ts'
import { Lede } from '../../../src/views/overview/Lede.tsx'
import { past } from '../../../src/views/overview/past.ts'
import { readFigures } from '../support/figures.ts'
import { createWorld, HEAD, milli, rising } from '../support/world.ts'

/** The sentence with plain spaces, where figures and their signs are kept on one line. */
const sentence = (): string => screen.getByRole('heading', { level: 1 }).textContent.replaceAll('\u00a0', ' ')
/** What stands under it, with the age of the block. */
const source = (): string => document.querySelector('p')?.textContent ?? ''
const PLAIN_VIEW = { hasFailed: false, past, kind: 'all', window: '30d', measure: 'apy' } as const
const PLAIN =
  'What Ethereum’s staking pools earn, worked out from their own contracts alone, with a receipt behind every single figure.'

afterEach(() => vi.useRealTimers())

describe('Lede', () => {
  test('default: the highest of the pools, the first of them, and how many were read at which block', async () => {
    const { live, rows } = await readFigures(createWorld())
    render(<Lede {...PLAIN_VIEW} live={live} rows={rows} />)
    // 1.2015/1.2 and 1.103/1.1, each to the power of 365 ÷ 30.
    expect(sentence()).toBe(
      'Over the last 30 days, Rocket Pool seems to have had the highest yield of 14 pools: 3.37 % a year.',
    )
    expect(source()).toMatch(
      new RegExp(`^${tokenPools.length} pools, read from their contracts \\d+ \\w+ ago, at block 800\\. `),
    )
    expect(source()).toContain(' may have yielded as much.')
  })

  test('behavior: the measure and the window that are chosen', async () => {
    const { live, rows } = await readFigures(createWorld(), 'apr', 7n * DAY)
    render(<Lede {...PLAIN_VIEW} live={live} rows={rows} window="7d" measure="apr" />)
    expect(sentence()).toMatch(/^Over the last 7 days, .*: 3\.31 % a year/)
  })

  test('behavior: one pool is compared with none', async () => {
    const { live, rows } = await readFigures(createWorld())
    render(<Lede {...PLAIN_VIEW} live={live} rows={rows.slice(0, 1)} />)
    expect(sentence()).toBe('Over the last 30 days, Rocket Pool yielded 3.37 % a year.')
  })

  test('behavior: a fall keeps its minus', async () => {
    const world = createWorld()
    world.record(rocketPool.rate, rising(milli(1_100n), -WAD / 10_000n))
    const { live, rows } = await readFigures(world)
    render(<Lede {...PLAIN_VIEW} live={live} rows={rows} />)
    expect(sentence()).toMatch(/: 3\.22 % a year( in \w+)?\. (?:Lowest: )?Rocket Pool[:,] −3\.27 %\.$/)
  })

  test('behavior: no yield is made up where none is known', async () => {
    const world = createWorld()
    for (const { rate } of tokenPools) world.record(rate, block => (block === HEAD ? WAD : 'reverts'))
    const { live, rows } = await readFigures(world)
    render(<Lede {...PLAIN_VIEW} live={live} rows={rows} />)
    expect(sentence()).toBe(PLAIN)
    expect(screen.getByText(`${tokenPools.length} pools, read`, { exact: false })).toBeDefined()
  })

  test('behavior: a token that could not be read is not counted', async () => {
    const world = createWorld()
    world.record(ankr.rate, 'reverts')
    const { live, rows } = await readFigures(world)
    render(<Lede {...PLAIN_VIEW} live={live} rows={rows} />)
    expect(screen.getByText(`${tokenPools.length - 1} pools, read`, { exact: false })).toBeDefined()
  })

  test('behavior: the yield of a token that cannot be read now is not told', async () => {
    const world = createWorld()
    world.record(ankr.rate, block =>
      block === HEAD ? 'reverts' : rising(milli(1_200n), WAD / 20_000n)(block),
    )
    const { live, rows } = await readFigures(world)
    render(<Lede {...PLAIN_VIEW} live={live} rows={rows} />)
    expect(sentence()).not.toContain('Ankr')
    expect(sentence()).toContain(`of ${tokenPools.length - 1} pools`)
    expect(source()).toContain('The yield of 1 is not known.')
  })

  test('behavior: figures of an earlier visit are not of the last 30 days', async () => {
    const { live, rows } = await readFigures(createWorld())
    render(<Lede {...PLAIN_VIEW} live={{ ...live, isRecalled: true }} rows={rows} />)
    expect(sentence()).toMatch(/^Over the 30 days to \w+ \d+, \d{4}, /)
    expect(source()).toContain('read from their contracts on an earlier visit')
  })

  test('behavior: the age goes on by itself, and nobody is told of it', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] })
    const { live, rows } = await readFigures(createWorld())
    vi.setSystemTime(Number(live.time) * 1000 + 8_000)
    const headline = vi.fn(past.headline)
    const { container } = render(<Lede {...PLAIN_VIEW} past={{ headline }} live={live} rows={rows} />)
    expect(source()).toContain('contracts 8 s ago, at block 800.')
    act(() => vi.advanceTimersByTime(3_000))
    expect(source()).toContain('contracts 11 s ago, at block 800.')
    expect(headline).toHaveBeenCalledTimes(1)
    expect(container.querySelector('[aria-live], [role=status], [role=alert]')).toBeNull()
  })

  test('behavior: live figures come before what works out their yields', async () => {
    const { live, rows } = await readFigures(createWorld())
    render(<Lede {...PLAIN_VIEW} past={undefined} live={live} rows={rows} />)
    expect(sentence()).toBe(PLAIN)
    expect(source()).toContain('Every underlined figure opens its receipt.')
  })

  test('behavior: before anything is read', () => {
    render(<Lede {...PLAIN_VIEW} live={undefined} rows={[]} />)
    expect(sentence()).toBe(PLAIN)
    expect(screen.getByText('Reading the contracts…')).toBeDefined()
  })

  test('behavior: a reading that failed is not said to go on', () => {
    render(<Lede {...PLAIN_VIEW} live={undefined} hasFailed rows={[]} />)
    expect(screen.getByText('The contracts could not be read.')).toBeDefined()
    expect(screen.queryByText('Reading the contracts…')).toBeNull()
  })
})
