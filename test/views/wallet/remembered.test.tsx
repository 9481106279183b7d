import { act, render, screen } from '@testing-library/react'
import { beforeEach, describe, expect, test } from 'vitest'
import { useRemembered } from '../../../src/queries/remembered.ts'

const KEY = 'poolglass:wallets'
const store = (...wallets: string[][]): void =>
  localStorage.setItem(KEY, JSON.stringify({ version: 1, wallets }))

function Probe({ name }: { readonly name: string }) {
  const { wallets } = useRemembered()
  return <p>{`${name}: ${wallets.map(wallet => wallet.join()).join(' | ')}`}</p>
}
const hear = (): void => act(() => void dispatchEvent(Object.assign(new Event('storage'), { key: KEY })))

beforeEach(() => localStorage.clear())

describe('useRemembered', () => {
  test('default: another tab’s wish is followed by all that show it, also after one of them left', () => {
    const first = render(<Probe name="first" />)
    render(<Probe name="second" />)
    store(['glass.eth'])
    hear()
    expect(screen.getByText('first: glass.eth')).toBeDefined()
    expect(screen.getByText('second: glass.eth')).toBeDefined()
    first.unmount()
    store(['glass.eth'], ['reth.eth'])
    hear()
    expect(screen.getByText('second: glass.eth | reth.eth')).toBeDefined()
  })

  test('behavior: what was stored while nothing showed it is read', () => {
    render(<Probe name="first" />).unmount()
    store(['glass.eth'])
    render(<Probe name="second" />)
    expect(screen.getByText('second: glass.eth')).toBeDefined()
  })
})
