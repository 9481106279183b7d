import { describe, expect, test } from 'vitest'
import {
  FirstPaintNotDrawn,
  withNotices,
  withoutFailures,
  withoutStyles,
} from '../../src/build/firstPaint.ts'

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

describe('withNotices', () => {
  test('default: the script stands where the notices end', () => {
    const markup = '<aside></aside><script data-notices=""></script><header></header>'
    expect(withNotices(markup, 'say("$&")')).toBe(
      '<aside></aside><script>say("$&")</script><header></header>',
    )
  })

  test('error: FirstPaintNotDrawn where there is no place for it', () => {
    expect(() => withNotices('<header></header>', '')).toThrow(FirstPaintNotDrawn)
  })
})

describe('withoutFailures', () => {
  test('default: a page that only waits stays as it is', () => {
    expect(withoutFailures('<p role="status">Reading</p>')).toBe('<p role="status">Reading</p>')
  })

  test('error: FirstPaintNotDrawn for a page that tells of a failure, with its words', () => {
    const failed = '<div role="alert" class="a"><p><strong>Could not read this page.</strong> No.</p></div>'
    expect(() => withoutFailures(failed)).toThrow(/Could not read this page\./)
  })
})
