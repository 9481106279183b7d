import { cleanup } from '@testing-library/react'
import { afterEach, beforeEach } from 'vitest'
import { stubMedia } from '../views/support/browser.ts'

// jsdom has no media queries; a test on a narrow screen stubs them again.
beforeEach(() => void stubMedia())
// Testing Library cleans up by itself only where vitest's globals are on.
afterEach(cleanup)
