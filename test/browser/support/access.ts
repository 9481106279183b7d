import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** CSS pixels: the least for a finger. */
const TOUCH = 44

type Outline = {
  /** How often each landmark is there. */
  readonly landmarks: Readonly<Record<string, number>>
  /** Levels of the headings that can be reached, in their order. */
  readonly levels: readonly number[]
  /** Those of a dialog that is open, which stands apart from the page. */
  readonly inDialog: readonly number[]
  /** Parts of the page that have no name though they are announced as such. */
  readonly nameless: readonly string[]
}

const OUTLINE = `(() => {
  const reached = element => element.checkVisibility({ visibilityProperty: true }) && element.closest('[aria-hidden="true"]') === null
  const within = 'article, aside, main, nav, section'
  const count = (selector, apart) => [...document.querySelectorAll(selector)]
    .filter(element => reached(element) && (!apart || element.parentElement.closest(within) === null)).length
  const levelsOf = isHere => [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')]
    .filter(heading => reached(heading) && isHere(heading)).map(({ tagName }) => parseInt(tagName[1]))
  return {
    landmarks: { banner: count('header, [role=banner]', true), main: count('main, [role=main]', false), contentinfo: count('footer, [role=contentinfo]', true) },
    levels: levelsOf(heading => heading.closest('dialog') === null),
    inDialog: levelsOf(heading => heading.closest('dialog') !== null),
    nameless: [...document.querySelectorAll('aside, nav, fieldset, [role=group], [role=region], table, dialog[open]')]
      .filter(element => reached(element) && !element.hasAttribute('aria-label') && !element.hasAttribute('aria-labelledby') &&
        element.querySelector(':scope > legend, :scope > caption') === null)
      .map(element => element.outerHTML.slice(0, 80)),
  }
})()`

/** Expect one of each landmark, one heading of the first level before all others, and no level left out. */
export async function expectOutline(page: Page): Promise<void> {
  const { landmarks, levels, inDialog, nameless }: Outline = await page.evaluate(OUTLINE)
  expect(landmarks).toEqual({ banner: 1, main: 1, contentinfo: 1 })
  expect(levels.filter(level => level === 1)).toEqual([1])
  for (const [sequence, before] of [
    [levels, 0],
    [inDialog, 1],
  ] as const) {
    const leaps = sequence.filter((level, index) => level > (sequence[index - 1] ?? before) + 1)
    expect(leaps, `heading levels ${sequence.join()}`).toEqual([])
  }
  expect(nameless).toEqual([])
}

/** What sticks out of the screen to the right, where the page can be scrolled sideways. */
const STICKING_OUT = `document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll('body *')]
    .filter(element => element.getBoundingClientRect().right > innerWidth + 0.5)
    .map(element => element.tagName + ' ' + element.className + ' ' + (element.textContent ?? '').slice(0, 40))`

/** Expect that the page cannot be scrolled sideways. `where` is said in the failure. */
export async function expectNoSideways(page: Page, where: string): Promise<void> {
  expect(await page.evaluate(STICKING_OUT), where).toEqual([])
  const [inner, outer]: [number, number] = await page.evaluate(
    '[document.documentElement.scrollWidth, innerWidth]',
  )
  expect(inner, where).toBeLessThanOrEqual(outer)
}

/** Text that is cut off by its own box, where nothing lets a reader reach the rest. */
const CUT_OFF = `[...document.querySelectorAll('body *')].filter(element => {
  const { overflowX, overflowY, clipPath, position } = getComputedStyle(element)
  if (element.closest('svg') !== null || clipPath !== 'none' || !element.checkVisibility()) return false
  if (!element.textContent.trim() || element.querySelector('svg') !== null) return false
  const cut = value => value === 'hidden' || value === 'clip'
  return (cut(overflowX) && element.scrollWidth > element.clientWidth + 1) || (cut(overflowY) && element.scrollHeight > element.clientHeight + 1)
}).map(element => element.tagName + ' ' + element.className + ' ' + element.textContent.slice(0, 40))`

/** What makes Chromium's text twice as large, as a reader's own setting does. */
export const LARGE_TEXT = ['--blink-settings=defaultFontSize=32']

/** Expect that in a browser of large text nothing is cut off, and nothing sticks out. */
export async function expectRoomForLargeText(page: Page): Promise<void> {
  expect(await page.evaluate('getComputedStyle(document.documentElement).fontSize')).toBe('32px')
  for (const width of [1440, 1280, 768, 640]) {
    await page.setViewportSize({ width, height: 800 })
    await expectNoSideways(page, `text at 200 %, ${width} px`)
    expect(await page.evaluate(CUT_OFF), `text at 200 %, ${width} px`).toEqual([])
  }
}

type Target = {
  readonly what: string
  readonly width: number
  readonly height: number
  readonly isText: boolean
}

/**
 * The controls of the page with their sizes. A radio button or a box to tick is as large as its label, which takes the
 * touch for it. Left out are links within a sentence, which are as high as their line, and what is not seen.
 */
const TARGETS = `(() => {
  const controls = [...document.querySelectorAll('button, select, input, textarea, summary, a, [role=application]')]
  const isInSentence = element => element.tagName === 'A' && element.closest('p, dd, li, small, td') !== null
  return controls
    .filter(element => element.checkVisibility() && !isInSentence(element))
    .map(element => {
      const label = element.matches('[type=radio], [type=checkbox]') ? element.closest('label') : null
      const { width, height } = (label ?? element).getBoundingClientRect()
      const words = (element.getAttribute('aria-label') ?? (label ?? element).textContent).trim().slice(0, 30)
      const isText = element.matches('a, [class*="_figure_"], [class*="_unknown_"]')
      return { what: element.tagName + ' ' + words, width, height, isText }
    })
    .filter(({ width, height }) => width > 2 && height > 2)
})()`

/** A figure or a name that is pressed stands among others as text does: WCAG 2.2 asks for this much. */
const TEXT_HEIGHT = 24

const isLargeEnough = ({ width, height, isText }: Target): boolean =>
  isText ? height >= TEXT_HEIGHT - 0.5 : height >= TOUCH - 0.5 && width >= TEXT_HEIGHT

/** List the controls that are too small for a finger, as "BUTTON Close 38 × 20". */
export async function smallTargets(page: Page): Promise<string[]> {
  const targets: Target[] = await page.evaluate(TARGETS)
  // A look at nothing would be no proof.
  expect(targets.length).toBeGreaterThan(3)
  return targets
    .filter(target => !isLargeEnough(target))
    .map(({ what, width, height }) => `${what} ${Math.round(width)} × ${Math.round(height)}`)
}

/** Write down from now on what assistive technology is told by itself: whatever changes within a live region. */
const LISTEN = `(() => {
  const LIVE = '[role=status], [role=alert], [role=log], [aria-live]:not([aria-live=off])'
  window.announced = []
  const tell = element => {
    const region = element?.closest(LIVE)
    if (region) window.announced.push((region.getAttribute('role') ?? 'live') + ': ' + region.textContent.trim())
  }
  new MutationObserver(changes => {
    for (const { target, addedNodes } of changes) {
      tell(target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement)
      for (const node of addedNodes)
        if (node.nodeType === Node.ELEMENT_NODE) for (const region of node.querySelectorAll(LIVE)) tell(region)
      for (const node of addedNodes) if (node.nodeType === Node.ELEMENT_NODE && node.matches(LIVE)) tell(node)
    }
  }).observe(document.documentElement, { subtree: true, childList: true, characterData: true })
})()`

/** Listen to what is announced, from now on or, given before a page's own scripts, from the start. */
export const LISTEN_FROM_START = `addEventListener('DOMContentLoaded', () => ${LISTEN})`

export const listen = (page: Page): Promise<void> => page.evaluate(LISTEN)

/** What has been announced since, in order, the same said twice in a row once. */
export async function announced(page: Page): Promise<string[]> {
  const texts: string[] = await page.evaluate('window.announced')
  return texts.filter((text, index) => text !== texts[index - 1])
}

/** What moves though the reader asked for stillness, as "DIV name 1.6s". */
const MOVING = `[...document.querySelectorAll('*')].flatMap(element => [element, '::before', '::after'].flatMap(part => {
  const style = typeof part === 'string' ? getComputedStyle(element, part) : getComputedStyle(element)
  const longest = text => Math.max(...text.split(',').map(time => parseFloat(time) * (time.trim().endsWith('ms') ? 0.001 : 1)))
  const moves = (style.animationName !== 'none' && longest(style.animationDuration) > 0.01) || longest(style.transitionDuration) > 0.01
  return moves ? [element.tagName + ' ' + element.className] : []
})).concat(document.getAnimations().filter(({ playState }) => playState === 'running').map(animation => 'running ' + animation.animationName))`

/** List what is animated. */
export const movingParts = (page: Page): Promise<string[]> => page.evaluate(MOVING)
