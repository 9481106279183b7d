import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { quoted } from '../../src/format/quoted.ts'

describe('quoted', () => {
  test('default', () => {
    expect(quoted('10y')).toBe('“10y”')
    expect(quoted('')).toBe('“”')
  })

  test('behavior: a long text is cut, between signs', () => {
    expect(quoted('x'.repeat(40))).toBe(`“${'x'.repeat(40)}”`)
    expect(quoted('x'.repeat(41))).toBe(`“${'x'.repeat(39)}…”`)
    expect(quoted('🪙'.repeat(5_000))).toBe(`“${'🪙'.repeat(39)}…”`)
  })

  test('behavior: signs that cannot be seen, or that turn the sentence round, are shown as such', () => {
    expect(quoted('a\u202Eb\u0000c\nd\u2028e')).toBe('“a�b�c�d�e”')
  })

  test('behavior: any text stays one short line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), text => {
        const line = quoted(text)
        expect([...line].length).toBeLessThanOrEqual(42)
        for (const sign of '\n\r\u2028\u202e\u0000') expect(line).not.toContain(sign)
      }),
    )
  })
})
