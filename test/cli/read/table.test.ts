import { describe, expect, test } from 'vitest'
import { csvOf, textTable } from '../../../src/cli/read/table.ts'

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

describe('csvOf', () => {
  test('default: fields are taken by name, absent ones are empty', () => {
    expect(csvOf(['b', 'a'], [{ a: '1', b: '2' }, { a: '3' }])).toBe('b,a\r\n2,1\r\n,3\r\n')
  })
})
