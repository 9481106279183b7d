import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvTable, inertText } from '../../src/format/csv.ts'
import { parseCsv } from '../support/parseCsv.ts'

describe('csvTable', () => {
  test('default', () => {
    expect(csvTable(['a', 'b'], [['1', null]])).toBe('a,b\r\n1,\r\n')
  })

  test.each([
    ['a,b', '"a,b"'],
    ['say "x"', '"say ""x"""'],
    ['two\nlines', '"two\nlines"'],
    ['plain', 'plain'],
  ])('behavior: %j', (cell, written) => {
    expect(csvTable(['x'], [[cell]])).toBe(`x\r\n${written}\r\n`)
  })

  test('behavior: whatever a cell holds comes back as it was', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', '=', ' ', 'é') })
    const rows = fc.array(fc.tuple(cell, cell), { maxLength: 5 })
    fc.assert(
      fc.property(rows, cells => {
        expect(parseCsv(csvTable(['x', 'y'], cells))).toEqual([['x', 'y'], ...cells])
      }),
    )
  })
})

describe('inertText', () => {
  test('default', () => {
    expect(inertText('rETH')).toBe('rETH')
    expect(inertText('0x12')).toBe('0x12')
  })

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', ' =1', '\t=1', '\r1', '\n1', '＝1', '＠x', '\u00a0=1'])(
    'behavior: %j is text to a spreadsheet',
    text => {
      expect(inertText(text)).toBe(`'${text}`)
    },
  )

  test('behavior: nothing it gives begins a formula', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 4 }),
        fc.constantFrom('=', '+', '-', '@', ''),
        (rest, first) => {
          expect(inertText(first + rest)).not.toMatch(/^\s*[=+\-@]/)
        },
      ),
    )
  })
})
