import { screen, waitFor } from '@testing-library/react'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { Unreachable } from '../../../src/chain/errors.ts'
import { liveKey } from '../../../src/queries/live.ts'
import { NetworkPill } from '../../../src/views/header/NetworkPill.tsx'
import { renderPage } from '../support/render.tsx'
import { createWorld, NOW } from '../support/world.ts'

/** Render the pill so many seconds after the head. Only the date is set: all timers are real. */
function renderPill(age: bigint, world = createWorld()) {
  vi.setSystemTime(Number(NOW + age) * 1000)
  onTestFinished(() => void vi.useRealTimers())
  return renderPage(<NetworkPill />, { world })
}
const pill = async (words: RegExp) => (await screen.findByText(words)).closest('[data-state]')

describe('NetworkPill', () => {
  test('default: block, age and operator', async () => {
    renderPill(5n)
    const state = await pill(/^block 800$/)
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
