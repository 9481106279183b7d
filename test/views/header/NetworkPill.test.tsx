import { screen, waitFor } from '@testing-library/react'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { RateLimited, Unreachable } from '../../../src/chain/errors.ts'
import { rocketPool } from '../../../src/pools/rocketPool.ts'
import { liveKey } from '../../../src/queries/live.ts'
import { NetworkPill } from '../../../src/views/header/NetworkPill.tsx'
import { renderPage } from '../support/render.tsx'
import { createWorld, milli, NOW, OPERATOR } from '../support/world.ts'

/** Render the pill so many seconds after the head. Only the date is set: all timers are real. */
function renderPill(age: bigint, world = createWorld()) {
  vi.setSystemTime(Number(NOW + age) * 1000)
  onTestFinished(() => void vi.useRealTimers())
  return renderPage(<NetworkPill />, { world })
}
const pill = async (words: RegExp) =>
  (await screen.findByRole('button', { name: words })).closest('[data-state]')

describe('NetworkPill', () => {
  test('default: block, age and operator', async () => {
    renderPill(5n)
    const state = await pill(/^block 800\b/)
    expect(state?.textContent).toBe('block 800 · 5 s ago · Test node')
    expect(state?.getAttribute('data-state')).toBe('good')
  })

  test('behavior: connecting until the first answer', async () => {
    const world = createWorld()
    world.hold = () => true
    renderPill(5n, world)
    expect((await pill(/connecting/))?.getAttribute('data-state')).toBe('pending')
  })

  test('behavior: a head of a minute is good, an older one is old and says so', async () => {
    const { unmount } = renderPill(60n)
    expect((await pill(/^block/))?.getAttribute('data-state')).toBe('good')
    unmount()
    renderPill(61n)
    const stale = await pill(/^block/)
    expect(stale?.getAttribute('data-state')).toBe('stale')
    expect(stale?.textContent).toContain('61 s ago, old')
  })

  test('error: Unreachable before anything was read', async () => {
    const world = createWorld()
    world.refuse = () => new Unreachable('cannot be reached')
    renderPill(5n, world)
    expect((await pill(/no endpoint answers/))?.getAttribute('data-state')).toBe('failed')
  })

  test('error: Unreachable afterwards keeps the block and marks it', async () => {
    const world = createWorld()
    const { queries } = renderPill(5n, world)
    await pill(/^block/)
    world.refuse = () => new Unreachable('cannot be reached')
    await queries.refetchQueries({ queryKey: liveKey(world.session) })
    await waitFor(async () => expect((await pill(/^block/))?.getAttribute('data-state')).toBe('failed'))
    expect((await pill(/^block/))?.textContent).toContain('block 800')
  })
})

/** Wait until the pill says something. */
const says = async (words: RegExp) =>
  waitFor(async () => {
    const found = await pill(/^block 800\b/)
    expect(found?.textContent).toMatch(words)
    return found
  })

describe('the operators behind the figures', () => {
  test('default: two that say the same agree', async () => {
    renderPill(5n, createWorld({ others: ['Second'] }))
    const found = await says(/^block 800 · 5 s ago · Test node and Second agree$/)
    expect(found?.getAttribute('data-state')).toBe('good')
  })

  test('behavior: one alone is named alone, and nothing more is said where there are no others', async () => {
    const world = createWorld()
    renderPill(5n, world)
    await waitFor(() => expect(world.asked.length).toBeGreaterThan(0))
    const found = await says(/ · Test node$/)
    expect(found?.getAttribute('title')).toBe('Endpoints and requests')
  })

  test('behavior: one alone among others that cannot answer is called the only one, with the reason', async () => {
    const world = createWorld({ others: ['Second'] })
    world.refuse = ({ operator }) =>
      operator === OPERATOR ? undefined : new RateLimited('wants fewer requests', { operator })
    renderPill(5n, world)
    const found = await says(/ · Test node only$/)
    expect(found?.getAttribute('title')).toContain('Second wants fewer requests')
    expect(found?.getAttribute('data-state')).toBe('good')
  })

  test('behavior: two that differ disagree, which is a failure in words and in form', async () => {
    const world = createWorld({ others: ['Second'] })
    world.claim('Second', rocketPool.rate, milli(1_150n))
    renderPill(5n, world)
    const found = await says(/ · Test node and Second disagree$/)
    expect(found?.getAttribute('data-state')).toBe('failed')
    expect(found?.querySelector('[data-failed="true"]')?.textContent).toContain('disagree')
  })

  test('behavior: two that contradict the first are named', async () => {
    const world = createWorld({ others: ['Second', 'Third'] })
    world.claim(OPERATOR, rocketPool.rate, milli(1_150n))
    renderPill(5n, world)
    const found = await says(/ · Second and Third contradict Test node$/)
    expect(found?.getAttribute('data-state')).toBe('failed')
  })
})

describe('the button', () => {
  test('default: there from the first moment, also while nobody answers', async () => {
    const world = createWorld()
    world.refuse = () => new Unreachable('cannot be reached')
    renderPill(5n, world)
    expect(screen.getByRole('button', { name: 'connecting…' })).toBeDefined()
    const failed = await screen.findByRole('button', { name: 'no endpoint answers' })
    expect(failed.getAttribute('aria-haspopup')).toBe('dialog')
  })
})
