import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { tokenPools } from '../../../../src/pools/index.ts'
import { walletAssets } from '../../../../src/pools/walletAssets.ts'
import { Unreadable } from '../../../../src/views/wallet/past/Unreadable.tsx'
import { renderPage } from '../../support/render.tsx'
import { DAYS, heldOf, pastOf } from './pastSupport.tsx'

const zero = Object.fromEntries(walletAssets(tokenPools).map(({ id }) => [id, 0n]))
const full = DAYS.map(day => ({ ...day, units: { ...zero, ...day.units } }))

test('default: a token that the newest block told nothing of is named', () => {
  const past = pastOf([...full.slice(0, -1), { ...full[4], units: full[4]?.units ?? {}, rates: {} }])
  renderPage(<Unreadable past={past} held={heldOf(past)} />)
  expect(screen.getByRole('alert').textContent).toContain(
    'no usable balance or rate of rETH at the newest block',
  )
})

test('behavior: nothing is said where all was read', () => {
  const past = pastOf(full)
  renderPage(<Unreadable past={past} held={heldOf(past)} />)
  expect(screen.queryByRole('alert')).toBeNull()
})
