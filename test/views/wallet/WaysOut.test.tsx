import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { WAD } from '../../../src/math/fixedPoint.ts'
import { readBalance, readEtherBalance } from '../../../src/pools/infrastructure.ts'
import { lido } from '../../../src/pools/lido.ts'
import { rocketPool } from '../../../src/pools/rocketPool.ts'
import { WaysOut } from '../../../src/views/wallet/WaysOut.tsx'
import { renderPage } from '../support/render.tsx'
import { ACCOUNT, createWorld } from '../support/world.ts'

test('default: read by themselves, the largest holding first', async () => {
  const world = createWorld()
  world.record(readEtherBalance(ACCOUNT), WAD)
  world.record(readBalance(lido.token.address, ACCOUNT), WAD)
  world.record(readBalance(rocketPool.token.address, ACCOUNT), 10n * WAD)
  renderPage(<WaysOut accounts={[ACCOUNT]} />, { world })
  const names = await screen.findAllByRole('heading', { level: 3 })
  expect(names.map(({ textContent }) => textContent?.split(' ')[0])).toEqual(['rETH', 'wstETH'])
})
