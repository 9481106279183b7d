import { screen, within } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { WAD } from '../../../src/math/fixedPoint.ts'
import { aboutToken } from '../../../src/pools/about.ts'
import type { TokenPool } from '../../../src/pools/definePool.ts'
import { dinero } from '../../../src/pools/dinero.ts'
import { tokenPools } from '../../../src/pools/index.ts'
import { lido } from '../../../src/pools/lido.ts'
import { rocketPool } from '../../../src/pools/rocketPool.ts'
import { stakewise } from '../../../src/pools/stakewise.ts'
import { ExitToday } from '../../../src/views/pool/ExitToday.tsx'
import { stubDialog } from '../support/browser.ts'
import { exitOf } from '../support/facts.ts'
import { livePoolOf, readLive } from '../support/figures.ts'
import { renderPage } from '../support/render.tsx'
import { createWorld } from '../support/world.ts'

async function renderExit({ id }: TokenPool, world = createWorld()) {
  const live = await readLive(world)
  return renderPage(<ExitToday live={live} own={livePoolOf(live, id)} />, { world })
}

/** What stands behind each label. */
const figures = (): Record<string, string[]> =>
  Object.fromEntries(
    screen.queryAllByRole('term').map(term => {
      const texts = [...(term.parentElement?.querySelectorAll('dd') ?? [])].map(
        ({ textContent }) => textContent,
      )
      return [term.textContent, texts]
    }),
  )

const EXACT = new Intl.NumberFormat('en-US')

describe('ExitToday', () => {
  test.each(tokenPools.map(pool => [pool.id, pool] as const))(
    'default: the way out of %s and each of its figures, with every digit in its title',
    async (_, pool) => {
      await renderExit(pool)
      expect(screen.getByText(aboutToken(pool).exit)).toBeDefined()
      expect(Object.keys(figures())).toEqual(pool.exit.figures.map(({ label }) => label))
      for (const figure of pool.exit.figures) {
        const [text = '', note] = figures()[figure.label] ?? []
        const value = exitOf(pool, figure)
        if (figure.kind === 'share') {
          const percent = Number((value * 10_000n) / figure.whole) / 100
          expect(text).toBe(`${percent.toFixed(2)}%`)
        } else {
          const whole = EXACT.format(figure.kind === 'amount' ? value / WAD : value)
          expect(text.replace('.0000', '')).toBe(`${whole}${figure.unit}`)
          expect(screen.getByTitle(`${whole} ${figure.unit}`).textContent).toBe(text)
        }
        expect(note).toBe(figure.note)
      }
    },
  )

  test('behavior: an amount, a count and a share each have a unit of their own', async () => {
    const kinds = tokenPools.flatMap(({ exit }) => exit.figures.map(({ kind }) => kind))
    expect(new Set(kinds)).toEqual(new Set(['amount', 'count', 'share']))
    const world = createWorld()
    const [penalty] = dinero.exit.figures
    world.record(penalty.read, 5_000n)
    await renderExit(dinero, world)
    // 5,000 of 1,000,000
    expect(figures()).toEqual({ 'Penalty on leaving': ['0.50%'] })
  })

  test('behavior: a figure that is not told has its reason, the others stay', async () => {
    const world = createWorld()
    const [waiting, requests, buffer] = lido.exit.figures
    world.record(waiting.read, 'reverts')
    world.record(requests.read, '0x')
    await renderExit(lido, world)
    expect(figures()).toEqual({
      'Waiting in the queue': [`–not known: The contract did not answer ${waiting.read.signature}.`],
      'Requests waiting': [`–not known: The contract did not answer ${requests.read.signature}.`],
      'Ether in the buffer': [`${EXACT.format(exitOf(lido, buffer) / WAD)}.0000ETH`],
    })
  })

  test('behavior: 0 is a figure and no reason', async () => {
    const world = createWorld()
    const [, room] = rocketPool.exit.figures
    world.record(room.read, 0n)
    await renderExit(rocketPool, world)
    expect(figures()['Room for new stake']).toEqual(['0ETH', room.note])
  })

  test('behavior: where no contract tells anything there is the note alone', async () => {
    await renderExit(stakewise)
    expect(screen.getByText('No queue is read.')).toBeDefined()
    expect(figures()).toEqual({})
    expect(document.querySelector('dl')).toBeNull()
  })

  test('behavior: a figure opens its receipt', async () => {
    stubDialog()
    const { user } = await renderExit(lido)
    const [waiting] = lido.exit.figures
    const whole = EXACT.format(exitOf(lido, waiting) / WAD)
    await user.click(screen.getByTitle(`${whole} stETH`))
    const dialog = await screen.findByRole('dialog')
    expect(await within(dialog).findByRole('heading', { name: 'Lido: Waiting in the queue' })).toBeDefined()
    expect(within(dialog).getByText(`${whole} stETH`)).toBeDefined()
  })
})
