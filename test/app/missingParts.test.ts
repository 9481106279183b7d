import { expect, test } from 'vitest'
import { tellMissingParts } from '../../src/app/missingParts.ts'

test('default: a part that is gone says what to do, and keeps the browser’s words', () => {
  tellMissingParts()
  const error = new TypeError('Failed to fetch dynamically imported module')
  dispatchEvent(Object.assign(new Event('vite:preloadError'), { payload: error }))
  expect(error.message).toBe('Reload the page: a part of it is gone.')
  expect(error.cause).toBe('Failed to fetch dynamically imported module')
})
