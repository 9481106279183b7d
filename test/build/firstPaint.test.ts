import { describe, expect, test } from 'vitest'
import { FirstPaintNotDrawn, withoutStyles } from '../../src/build/firstPaint.ts'

describe('withoutStyles', () => {
  test('default: heights are written where a script reads them', () => {
    const markup = '<div style="height: 380px;"><p>height: 1px;</p></div><i style="height: 4.5px;"></i>'
    expect(withoutStyles(markup)).toBe(
      '<div data-height="380px"><p>height: 1px;</p></div><i data-height="4.5px"></i>',
    )
  })

  test('error: FirstPaintNotDrawn for a style that the content policy would refuse', () => {
    expect(() => withoutStyles('<p style="height: 4px; color: red;">')).toThrow(FirstPaintNotDrawn)
  })
})
