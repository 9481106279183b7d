import { render, screen } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { DAY, WAD } from '../../../src/math/fixedPoint.ts'
import { ankr } from '../../../src/pools/ankr.ts'
import { tokenPools } from '../../../src/pools/index.ts'
import { rocketPool } from '../../../src/pools/rocketPool.ts'
import { Lede } from '../../../src/views/overview/Lede.tsx'
import { readFigures } from '../support/figures.ts'
import { createWorld, HEAD, milli, rising } from '../support/world.ts'

/** The sentence with plain spaces, where figures and their signs are kept on one line. */
const sentence = (): string => screen.getByRole('heading', { level: 1 }).textContent.replaceAll('\u00a0', ' ')
const PLAIN = 'What staked ether earns, read from the contracts themselves.'

describe('Lede', () => {
  test('default: lowest and highest of the pools, and how many were read at which block', async () => {
    const { live, rows } = await readFigures(createWorld())
    render(<Lede live={live} hasFailed={false} rows={rows} window="30d" measure="apy" />)
    // 1.2015/1.2 and 1.103/1.1, each to the power of 365 ÷ 30.
    expect(sentence()).toBe(
      'Over the last 30 days, staked ether earned between 1.53 % and 3.37 % a year. Rocket Pool: 3.37 %.',
    )
    expect(screen.getByText(`${tokenPools.length} tokens`, { exact: false }).textContent).toContain(
      'read from their contracts at block 800.',
    )
  })

  test('behavior: the measure and the window that are chosen', async () => {
    const { live, rows } = await readFigures(createWorld(), 'apr', 7n * DAY)
    render(<Lede live={live} hasFailed={false} rows={rows} window="7d" measure="apr" />)
    expect(sentence()).toMatch(/^Over the last 7 days, .* between 1\.52 % and 3\.31 % a year/)
  })

  test('behavior: one pool earned one figure', async () => {
    const { live, rows } = await readFigures(createWorld())
    render(<Lede live={live} hasFailed={false} rows={rows.slice(0, 1)} window="30d" measure="apy" />)
    expect(sentence()).toBe('Over the last 30 days, staked ether earned 3.37 % a year. Rocket Pool: 3.37 %.')
  })

  test('behavior: a fall is the lowest and keeps its minus', async () => {
    const world = createWorld()
    world.record(rocketPool.rate, rising(milli(1_100n), -WAD / 10_000n))
    const { live, rows } = await readFigures(world)
    render(<Lede live={live} hasFailed={false} rows={rows} window="30d" measure="apy" />)
    expect(sentence()).toMatch(/between −3\.27 % and 3\.22 % a year\. Rocket Pool: −3\.27 %\.$/)
  })

  test('behavior: no yield is made up where none is known', async () => {
    const world = createWorld()
    for (const { rate } of tokenPools) world.record(rate, block => (block === HEAD ? WAD : 'reverts'))
    const { live, rows } = await readFigures(world)
    render(<Lede live={live} hasFailed={false} rows={rows} window="30d" measure="apy" />)
    expect(sentence()).toBe(PLAIN)
    expect(screen.getByText(`${tokenPools.length} tokens`, { exact: false })).toBeDefined()
  })

  test('behavior: a token that could not be read is not counted', async () => {
    const world = createWorld()
    world.record(ankr.rate, 'reverts')
    const { live, rows } = await readFigures(world)
    render(<Lede live={live} hasFailed={false} rows={rows} window="30d" measure="apy" />)
    expect(screen.getByText(`${tokenPools.length - 1} tokens`, { exact: false })).toBeDefined()
  })

  test('behavior: the yield of a token that cannot be read now is not told', async () => {
    const world = createWorld()
    world.record(ankr.rate, block =>
      block === HEAD ? 'reverts' : rising(milli(1_200n), WAD / 20_000n)(block),
    )
    const { live, rows } = await readFigures(world)
    render(<Lede live={live} hasFailed={false} rows={rows} window="30d" measure="apy" />)
    expect(sentence()).not.toContain('1.5')
  })

  test('behavior: before anything is read', () => {
    render(<Lede live={undefined} hasFailed={false} rows={[]} window="30d" measure="apy" />)
    expect(sentence()).toBe(PLAIN)
    expect(screen.getByText('Reading the contracts…')).toBeDefined()
  })

  test('behavior: a reading that failed is not said to go on', () => {
    render(<Lede live={undefined} hasFailed rows={[]} window="30d" measure="apy" />)
    expect(screen.getByText('The contracts could not be read.')).toBeDefined()
    expect(screen.queryByText('Reading the contracts…')).toBeNull()
  })
})
