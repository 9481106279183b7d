import { afterEach, expect, test, vi } from 'vitest'
import { isOffline } from '../../src/chain/deviceNetwork.ts'

afterEach(() => void vi.unstubAllGlobals())

test.each<[unknown, boolean]>([
  [{ onLine: false }, true],
  [{ onLine: true }, false],
  [{}, false],
  [undefined, false],
])('default: navigator %j is offline: %s', (navigator, expected) => {
  vi.stubGlobal('navigator', navigator)
  expect(isOffline()).toBe(expected)
})
