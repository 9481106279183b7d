import { describe, expect, test } from 'vitest'
import { dateFieldValue } from '../../../src/views/ui/dateField.ts'

describe('dateFieldValue', () => {
  test.each(['2026-02-28', '2024-02-29', '0002-10-29', '1969-12-31'])('default: %s stays', day => {
    expect(dateFieldValue(day)).toBe(day)
  })

  test.each([
    '',
    'nonsense',
    '2026-02-31',
    '2026-13-01',
    '0000-01-01',
    '2026-1-1',
    '12026-01-01',
    ' 2026-01-01',
  ])('behavior: %j is no day that a field takes', text => {
    expect(dateFieldValue(text)).toBe('')
  })
})
