import { describe, expect, test } from 'vitest'
import { csvOf, csvTable, textTable } from '../../../src/cli/read/table.ts'

describe('textTable', () => {
  test('default', () => {
    const table = textTable(
      [{ title: 'Pool' }, { title: 'Rate', align: 'right' }],
      [
        ['Lido', '1.25'],
        ['Rocket Pool', '10.5'],
      ],
    )
    expect(table.split('\n')).toEqual(['Pool         Rate', 'Lido         1.25', 'Rocket Pool  10.5'])
  })
})

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

  test('behavior: fields are taken by name, absent ones are empty', () => {
    expect(csvOf(['b', 'a'], [{ a: '1', b: '2' }, { a: '3' }])).toBe('b,a\r\n2,1\r\n,3\r\n')
  })
})
