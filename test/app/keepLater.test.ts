import { expect, test, vi } from 'vitest'
import { keepLater } from '../../src/app/keepLater.ts'
import { announceShell, shellNow } from '../../src/queries/shell.ts'

const keepOffline = vi.hoisted(() => vi.fn(() => Promise.reject(new Error('A part is gone.'))))
vi.mock('../../src/app/keepOffline.ts', () => ({ keepOffline }))

test('default: nothing before the page has loaded; a failure is told where one looks', async () => {
  announceShell({ isKept: false })
  keepLater()
  await new Promise(resolve => setTimeout(resolve, 20))
  expect(keepOffline).not.toHaveBeenCalled()
  dispatchEvent(new Event('load'))
  await expect.poll(() => shellNow().problem).toEqual(new Error('A part is gone.'))
  dispatchEvent(new Event('load'))
  await new Promise(resolve => setTimeout(resolve, 20))
  expect(keepOffline).toHaveBeenCalledOnce()
})
