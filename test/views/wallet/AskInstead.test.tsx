import { screen } from '@testing-library/react'
import { describe, expect, test, vi } from 'vitest'
import { createClient } from '../../../src/chain/client.ts'
import { NO_SETTINGS } from '../../../src/store/endpointSettings.ts'
import { AskInstead } from '../../../src/views/wallet/AskInstead.tsx'
import { endpointAt, LOCAL } from '../../support/chain.ts'
import { renderPage } from '../support/render.tsx'
import { createWorld } from '../support/world.ts'

/** A page on three endpoints, of which the first sees the wallet and the last may not. */
function renderWays() {
  const world = createWorld()
  const choose = vi.fn(() => true)
  const endpoints = [
    endpointAt('http://127.0.0.1:1', 'A'),
    endpointAt('http://127.0.0.1:2', 'B'),
    endpointAt('http://127.0.0.1:3', 'C', ['head']),
  ]
  const choice = { settings: NO_SETTINGS, known: endpoints, walletUrl: 'http://127.0.0.1:1', choose }
  const session = { ...world.session, client: createClient(endpoints, LOCAL), choice }
  return { ...renderPage(<AskInstead />, { world: { ...world, session } }), choose }
}

describe('AskInstead', () => {
  test('default: another endpoint that may see a wallet is asked only when the reader says so', async () => {
    const { user, choose } = renderWays()
    expect(screen.getAllByRole('button').map(({ textContent }) => textContent)).toEqual([
      'Show it to B instead',
    ])
    expect(choose).not.toHaveBeenCalled()
    await user.click(screen.getByRole('button', { name: 'Show it to B instead' }))
    expect(choose).toHaveBeenCalledWith({ ...NO_SETTINGS, wallet: 'http://127.0.0.1:2' })
  })

  test('behavior: with one endpoint there is no other way', () => {
    renderPage(<AskInstead />)
    expect(screen.queryByRole('button', { name: /instead/ })).toBeNull()
  })
})
