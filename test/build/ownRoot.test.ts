import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isOwnRoot, ROOT } from '../../src/build/ownRoot.ts'

test('default: the repository’s own page, not that of a bench', () => {
  expect(isOwnRoot(join(import.meta.dirname, '../..'))).toBe(true)
  expect(isOwnRoot(join(ROOT, 'test/bench/page'))).toBe(false)
})
