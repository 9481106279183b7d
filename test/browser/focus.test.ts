import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { goToChart, rowOf, untilHistoryRead } from './support/sight.ts'
import { type Stage, startStage } from './support/stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await startStage({ days: 40 })
})
afterEach(async () => {
  expect((await stage.clear()).complaints).toEqual([])
})
afterAll(() => stage.stop())

/** Describe where the focus is, and whether it can be seen there; undefined where it has left the page. */
const FOCUS = `(() => {
  const focused = document.activeElement
  if (focused === null || focused === document.body) return undefined
  const isMarked = element => {
    const { outlineStyle, opacity } = getComputedStyle(element)
    return outlineStyle !== 'none' && opacity !== '0'
  }
  // A radio button without a face of its own shows its focus on its label.
  const shown = focused.closest('label') ?? focused
  const { left, right, top, bottom } = shown.getBoundingClientRect()
  const name = (focused.getAttribute('aria-label') ?? shown.textContent ?? '').replace(/[0-9]+ s ago/, 'a while ago').trim().slice(0, 40)
  const [x, y] = [(left + right) / 2, (top + Math.min(bottom, top + 60)) / 2]
  const there = document.elementFromPoint(x, y)
  const isSeen = shown.contains(there) || (there?.contains(shown) === true && there.tagName !== 'BODY' && there.tagName !== 'HTML')
  return { name: focused.tagName + ' ' + name, isSeen, isMarked: [shown, focused].some(isMarked) }
})()`

type Focus = { readonly name: string; readonly isSeen: boolean; readonly isMarked: boolean }

/** More stops than the page has. */
const MOST_STOPS = 320

/** Press a key until the focus leaves the page again, or as often as told, and tell every stop. */
async function stops(page: Page, key: 'Tab' | 'Shift+Tab', count = MOST_STOPS): Promise<Focus[]> {
  const found: Focus[] = []
  while (found.length < count) {
    await page.keyboard.press(key)
    const focus: Focus | undefined = await page.evaluate(FOCUS)
    if (focus !== undefined) found.push(focus)
    else if (found.length > 0) return found
  }
  return found
}

describe('focus', () => {
  test.each([
    ['a wide screen', 1320],
    ['a phone', 390],
  ])('default: on %s whatever has the focus is seen, marked, and met both ways', async (_, width) => {
    const page = await stage.open('/?range=30d', { viewport: { width, height: 844 } })
    await rowOf(page, 'Lido').waitFor()
    await untilHistoryRead(page)
    await goToChart(page)
    const forth = await stops(page, 'Tab')
    const back = await stops(page, 'Shift+Tab', forth.length)
    expect(forth.length).toBeGreaterThan(25)
    expect(forth.length).toBeLessThan(MOST_STOPS)
    expect(forth.filter(({ isSeen }) => !isSeen)).toEqual([])
    expect(forth.filter(({ isMarked }) => !isMarked)).toEqual([])
    expect(back.filter(({ isSeen }) => !isSeen)).toEqual([])
    expect(back.map(({ name }) => name).toReversed()).toEqual(forth.map(({ name }) => name))
  })
})
