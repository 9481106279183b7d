import { act, render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { announceShell } from '../../../src/queries/shell.ts'
import { UpdateNotice } from '../../../src/views/header/UpdateNotice.tsx'

beforeEach(() => announceShell({ isKept: true }))

describe('UpdateNotice', () => {
  test('default: an empty region that is heard once a newer version is ready, and a button', async () => {
    render(<UpdateNotice />)
    const region = screen.getByRole('status')
    expect(region.textContent).toBe('')
    const renew = vi.fn()
    act(() => announceShell({ isKept: true, renew }))
    expect(region.textContent).toBe('A new version is ready. Reload for the new version')
    await userEvent.setup().click(screen.getByRole('button', { name: 'Reload for the new version' }))
    expect(renew).toHaveBeenCalledOnce()
  })
})
