import { describe, expect, test, vi } from 'vitest'
import { createLateLogs, createLateTimes } from '../../src/app/lateArchives.ts'
import type { EventLog } from '../../src/math/eventLog.ts'
import { createMemoryBlockTimeStore } from '../../src/store/blockTimeStore.ts'
import { createMemoryLogStore } from '../../src/store/logStore.ts'

const log: EventLog = {
  block: 5n,
  index: 0n,
  address: '0xaa',
  topics: ['0xbb'],
  data: '0xcc',
  transaction: '0xdd',
  operator: 'test',
}
const piece = { from: 1n, to: 9n }

describe('createLateLogs', () => {
  test('default: loaded once, when it is first asked, and then the store itself', async () => {
    const importer = vi.fn(async () => createMemoryLogStore())
    const logs = createLateLogs(importer)
    expect(importer).not.toHaveBeenCalled()
    await Promise.all([logs.keep('a', 'f', piece, [log]), logs.load('b', 'f')])
    expect(await logs.load('a', 'f')).toEqual({ logs: [log], covered: [piece] })
    await logs.drop('a', 'f', [piece])
    expect(await logs.load('a', 'f')).toEqual({ logs: [], covered: [] })
    expect(importer).toHaveBeenCalledTimes(1)
  })

  test('behavior: who asks one that cannot be loaded is told, and the next one tries again', async () => {
    const importer = vi.fn(async () => createMemoryLogStore())
    importer.mockRejectedValueOnce(new TypeError('Failed to fetch'))
    const logs = createLateLogs(importer)
    await expect(logs.load('a', 'f')).rejects.toThrow(TypeError)
    expect(await logs.load('a', 'f')).toEqual({ logs: [], covered: [] })
    expect(importer).toHaveBeenCalledTimes(2)
  })
})

describe('createLateTimes', () => {
  test('default: loaded once, when it is first asked, and then the store itself', async () => {
    const importer = vi.fn(async () => createMemoryBlockTimeStore())
    const times = createLateTimes(importer)
    expect(importer).not.toHaveBeenCalled()
    await times.keep('a', [[5n, 60n]])
    expect([...(await times.load('a', [5n, 6n]))]).toEqual([[5n, 60n]])
    expect(importer).toHaveBeenCalledTimes(1)
  })
})
