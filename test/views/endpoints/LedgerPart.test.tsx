import { act, screen, within } from '@testing-library/react'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { LedgerPart } from '../../../src/views/endpoints/LedgerPart.tsx'
import { renderConnected, requestOf } from './support.tsx'

beforeEach(() => localStorage.clear())

function renderLedger(entries = [requestOf()]) {
  const page = renderConnected(<LedgerPart />)
  act(() => {
    for (const entry of entries) page.session().client.ledger.add(entry)
  })
  return page
}

const WALLET = requestOf({ operator: 'B', carriesAddress: true, method: 'eth_call', took: 1_240 })
const REFUSED = requestOf({ operator: 'B', outcome: 'RateLimited', method: 'eth_getLogs', refusal: 'no' })

const cellsOf = (row: HTMLElement): string[] =>
  [...row.querySelectorAll('th, td')].map(cell => cell.textContent)
const sums = () => screen.getByRole('table', { name: /by operator/ })
const requests = () =>
  within(screen.getByRole('table', { name: /newest first/ }))
    .getAllByRole('row')
    .slice(1)

describe('LedgerPart', () => {
  test('default: sums by operator, and each request, newest first', () => {
    renderLedger([requestOf(), WALLET, REFUSED])
    expect(within(sums()).getAllByRole('row').slice(1).map(cellsOf)).toEqual([
      ['A', '1', '0', '1.5 kB', '2.5 kB', '0'],
      ['B', '2', '1', '3 kB', '5 kB', '1'],
    ])
    expect(requests().map(row => cellsOf(row).slice(1))).toEqual([
      ['B', 'eth_getLogs', '1.5 kB', '2.5 kB', '85 ms', 'RateLimited', 'no'],
      ['B', 'eth_call', '1.5 kB', '2.5 kB', '1.2 s', 'answered', 'yes'],
      ['A', 'eth_call', '1.5 kB', '2.5 kB', '85 ms', 'answered', 'no'],
    ])
    expect(screen.getByText(/^3 of 3 requests/)).toBeDefined()
    expect(screen.getByText(/Kept only as long as this page is open/)).toBeDefined()
  })

  test('behavior: it follows the requests', () => {
    const { session } = renderLedger()
    expect(requests()).toHaveLength(1)
    act(() => session().client.ledger.add(WALLET))
    expect(requests().map(row => cellsOf(row)[1])).toEqual(['B', 'A'])
  })

  test('behavior: one operator, failed only, and none that is both', async () => {
    const { user } = renderLedger([requestOf(), WALLET, REFUSED])
    await user.selectOptions(screen.getByRole('combobox', { name: /Operator/ }), 'B')
    expect(requests().map(row => cellsOf(row)[1])).toEqual(['B', 'B'])
    await user.click(screen.getByRole('checkbox', { name: 'failed only' }))
    expect(requests().map(row => cellsOf(row)[6])).toEqual(['RateLimited'])
    await user.selectOptions(screen.getByRole('combobox', { name: /Operator/ }), 'A')
    expect(screen.getByText('No such request.')).toBeDefined()
    expect(screen.queryByRole('table', { name: /newest first/ })).toBeNull()
    await user.selectOptions(screen.getByRole('combobox', { name: /Operator/ }), 'all')
    expect(requests()).toHaveLength(1)
  })

  test('behavior: 200 rows at most, the newest', () => {
    const many = Array.from({ length: 203 }, (_, index) => requestOf({ method: `m${index}` }))
    renderLedger(many)
    const rows = requests().map(row => cellsOf(row)[2])
    expect(rows).toHaveLength(200)
    expect([rows[0], rows[199]]).toEqual(['m202', 'm3'])
    expect(screen.getByText(/^200 of 203 requests/)).toBeDefined()
  })

  test.each([
    ['CSV', 'text/csv', /^time,operator/],
    ['JSON', 'application/json', /^\[\n/],
  ])('behavior: all of them are saved as %s, whatever is filtered', async (name, type, start) => {
    const blobs: Blob[] = []
    vi.stubGlobal(
      'URL',
      Object.assign(URL, {
        createObjectURL: (blob: Blob) => {
          blobs.push(blob)
          return 'blob:x'
        },
        revokeObjectURL: () => undefined,
      }),
    )
    const saved: string[] = []
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function click(
      this: HTMLAnchorElement,
    ) {
      saved.push(`${this.href} ${this.download}`)
    })
    const { user } = renderLedger([requestOf(), WALLET, REFUSED])
    await user.click(screen.getByRole('checkbox', { name: 'failed only' }))
    await user.click(screen.getByRole('button', { name: `Save as ${name}` }))
    expect(saved).toEqual([`blob:x poolglass-requests-2026-09-21.${name.toLowerCase()}`])
    expect(blobs[0]?.type).toBe(type)
    const text = await new Promise<string>(resolve => {
      const reader = new FileReader()
      reader.onload = () => resolve(String(reader.result))
      reader.readAsText(blobs[0] ?? new Blob())
    })
    expect(text).toMatch(start)
    expect(text.match(/eth_/g)).toHaveLength(3)
  })
})
