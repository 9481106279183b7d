import { cleanup, configure } from '@testing-library/react'
import { afterEach, beforeEach } from 'vitest'
import { stubMedia } from '../views/support/browser.ts'

// What is loaded late takes longer than the second that is usual where many tests run at once.
configure({ asyncUtilTimeout: 10_000 })
// jsdom has no layout, so nothing to scroll.
Element.prototype.scrollIntoView ??= () => undefined
// jsdom has no media queries; a test on a narrow screen stubs them again.
beforeEach(() => void stubMedia())
// Testing Library cleans up by itself only where vitest's globals are on.
afterEach(cleanup)
