import { screen, within } from '@testing-library/react'
import { describe, expect, test, vi } from 'vitest'
import { rocketPool } from '../../../src/pools/rocketPool.ts'
import type { ReceiptBook } from '../../../src/views/receipt/book.ts'
import { Figure } from '../../../src/views/ui/Figure.tsx'
import { stubDialog } from '../support/browser.ts'
import { thirtyDays } from '../support/figures.ts'
import { renderPage } from '../support/render.tsx'
import { OPERATOR } from '../support/world.ts'

const GIVERS = new Map([10n, 40n].map(block => [block, OPERATOR]))

function renderFigure() {
  stubDialog()
  const make = vi.fn(({ yieldReceipt }: ReceiptBook) =>
    yieldReceipt({ pool: rocketPool, result: thirtyDays(), measure: 'apy', source: GIVERS }),
  )
  const page = renderPage(
    <Figure receipt={make} exact="3.711763 %" unit="%">
      3.71
    </Figure>,
  )
  return { ...page, make, figure: screen.getByRole('button', { name: '3.71%' }) }
}

const openDialog = () => screen.findByRole('dialog')

describe('ReceiptDialog', () => {
  test('default: everything that is needed to check the figure', async () => {
    const { user, figure } = renderFigure()
    await user.click(figure)
    const dialog = await openDialog()
    expect(dialog).toHaveProperty('open', true)
    await within(dialog).findByText('3.711763 %')
    expect(within(dialog).getByRole('heading', { name: 'rETH: implied APY' })).toBeDefined()
    const text = dialog.textContent
    expect(text).toContain('(1.003 ÷ 1)^(31536000 ÷ 2592000) − 1 = 3.711763 %')
    expect(text).toContain(`Read from ${OPERATOR}.`)
    expect(text).toContain(`Only ${OPERATOR} has been asked.`)
    const calls = within(dialog)
      .getAllByRole('heading', { level: 3 })
      .map(heading => heading.closest('section')?.textContent ?? '')
    expect(calls).toHaveLength(2)
    expect(calls[0]).toContain('Block10, 2026-07-01 00:00 UTC')
    expect(calls[1]).toContain('Block40, 2026-07-31 00:00 UTC')
    expect(calls[1]).toContain(rocketPool.token.address)
    expect(calls[1]).toContain('getExchangeRate() view returns (uint256)')
    expect(calls[1]).toContain('Call data0xe6aa216c')
    expect(calls[1]).toContain(`Raw answer0x${'deb5f2f95b78000'.padStart(64, '0')}`)
    expect(calls[1]).toContain(
      `cast call ${rocketPool.token.address} "getExchangeRate()(uint256)" --block 40`,
    )
  })

  test('behavior: a receipt that cannot be made says so in the dialog, and the page stays', async () => {
    const { user, figure, make } = renderFigure()
    make.mockImplementation(() => {
      throw new RangeError('no such figure')
    })
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    await user.click(figure)
    const dialog = await openDialog()
    expect(await within(dialog).findByRole('alert')).toBeDefined()
    expect(screen.getByRole('button', { name: '3.71%' })).toBe(figure)
  })

  test('behavior: the receipt is made when it is asked for, and there is none before', async () => {
    const { user, figure, make } = renderFigure()
    expect(make).not.toHaveBeenCalled()
    expect(screen.queryByRole('dialog')).toBeNull()
    await user.click(figure)
    expect(make).toHaveBeenCalledTimes(1)
  })

  test('behavior: opened and closed by keyboard, the focus is back on the figure', async () => {
    const { user, figure } = renderFigure()
    await user.tab()
    expect(document.activeElement).toBe(figure)
    await user.keyboard('{Enter}')
    const dialog = await openDialog()
    const close = await within(dialog).findByRole('button', { name: 'Close' })
    close.focus()
    await user.keyboard('{Enter}')
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(document.activeElement).toBe(figure)
  })

  test('behavior: at once a title and a way out, while the receipt is still to come', async () => {
    const { user, figure } = renderFigure()
    await user.click(figure)
    const dialog = screen.getByRole('dialog')
    expect(within(dialog).getByRole('heading', { level: 2 }).textContent).toMatch(
      /^(Receipt|rETH: implied APY)$/,
    )
    const close = within(dialog).getByRole('button', { name: 'Close' })
    expect(document.activeElement).toBe(close)
    expect(await screen.findByRole('dialog', { name: 'rETH: implied APY' })).toBe(dialog)
    // What comes later does not take the focus away.
    expect(document.activeElement).toBe(close)
    await user.keyboard('{Enter}')
    expect(dialog).toHaveProperty('open', false)
    expect(document.activeElement).toBe(figure)
  })

  test('behavior: the next figure has its own receipt in the same dialog', async () => {
    stubDialog()
    const { user } = renderPage(
      <>
        <Figure receipt={book => book.unknownReceipt('One.')} exact="1">
          one
        </Figure>
        <Figure
          receipt={book =>
            book.yieldReceipt({ pool: rocketPool, result: thirtyDays(), measure: 'apr', source: GIVERS })
          }
          exact="2"
        >
          two
        </Figure>
      </>,
    )
    await user.click(screen.getByRole('button', { name: 'one' }))
    const dialog = await screen.findByRole('dialog', { name: 'Not known' })
    await user.click(within(dialog).getByRole('button', { name: 'Close' }))
    await user.click(screen.getByRole('button', { name: 'two' }))
    expect(await screen.findByRole('dialog', { name: 'rETH: implied APR' })).toBe(dialog)
    expect(dialog.textContent).not.toContain('One.')
  })

  test('behavior: the command is copied whole', async () => {
    const { user, figure } = renderFigure()
    await user.click(figure)
    await user.click(await screen.findByRole('button', { name: /Copy the command for R₂/ }))
    expect(await navigator.clipboard.readText()).toBe(
      `cast call ${rocketPool.token.address} "getExchangeRate()(uint256)" --block 40`,
    )
    expect((await screen.findByText('Copied')).closest('button')).toHaveProperty(
      'ariaLabel',
      'Copy the command for R₂, the rate at the end',
    )
    expect(screen.getByText('Copied.').ariaLive).toBe('polite')
  })

  test('behavior: where the browser forbids copying, it says so', async () => {
    const { user, figure } = renderFigure()
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new DOMException('no', 'NotAllowedError'))
    await user.click(figure)
    await user.click(await screen.findByRole('button', { name: /Copy the command for R₁/ }))
    expect(await screen.findByText('Select and copy by hand')).toBeDefined()
  })
})
