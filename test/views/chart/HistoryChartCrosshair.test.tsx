import { createEvent, fireEvent, render, screen } from '@testing-library/react'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { ChartLine, ChartMark } from '../../../src/views/chart/drawing.ts'
import { HistoryChart } from '../../../src/views/chart/HistoryChart.tsx'
import { stubSize } from '../support/browser.ts'

const DAY = 86_400
/** 1 June 2026, and forty days. */
const FROM = 1_780_272_000
const UNTIL = FROM + 40 * DAY
/** Every element measures this. */
const WIDTH = 800

const lineOf = (id: string, start: number, marks: readonly ChartMark[] = []): ChartLine => ({
  id,
  name: id,
  colour: 'red',
  dash: undefined,
  points: Array.from({ length: 41 }, (_, day) => ({ x: FROM + day * DAY, y: start })),
  isStairs: true,
  marks,
})

function draw(lines: readonly ChartLine[], until = UNTIL) {
  const choose = vi.fn<(from: number, until: number) => void>()
  const asked = vi.fn<(x: number) => void>()
  const tipOf = (id: string, x: number) => {
    asked(x)
    return id === 'Unknown' ? undefined : { value: `${id}=${x}`, detail: `block of ${id}` }
  }
  const { container } = render(
    <HistoryChart
      lines={lines}
      from={FROM}
      until={until}
      title="Implied APY"
      formatValue={value => `${value} %`}
      tipOf={tipOf}
      choose={choose}
    />,
  )
  const chart = screen.getByRole('application')
  const plot = container.querySelector('[class*=_plot_]') ?? chart
  const point = (
    type: 'pointerMove' | 'pointerDown' | 'pointerUp' | 'pointerOut' | 'pointerCancel',
    clientX: number,
    more: object = {},
  ) => {
    const { timeStamp, pointerType = 'mouse', ...rest } = more as { timeStamp?: number; pointerType?: string }
    // jsdom knows no pointer events: what it makes of them is a mouse event without these.
    const event = createEvent[type](plot, { clientX, clientY: 100, button: 0, bubbles: true, ...rest })
    for (const [name, value] of Object.entries({ clientX, clientY: 100, button: 0, pointerType, timeStamp }))
      if (value !== undefined) Object.defineProperty(event, name, { value, configurable: true })
    fireEvent(plot, event)
  }
  return {
    choose,
    asked,
    chart,
    point,
    tip: () => container.querySelector('[class*=_tip_]'),
    text: () => container.querySelector('[class*=_tip_]')?.textContent ?? '',
    names: () =>
      [...container.querySelectorAll('[class*=_tip_] dt span')].map(({ textContent }) => textContent),
    marked: () => container.querySelector('[class*=_marked_]')?.textContent ?? undefined,
    spoken: () => container.querySelector('[aria-live=polite]')?.textContent ?? '',
    press: (key: string, shiftKey = false) => fireEvent.keyDown(chart, { key, shiftKey }),
  }
}

const timeAt = (clientX: number): number => Math.round(FROM + (clientX / WIDTH) * (UNTIL - FROM))

beforeEach(stubSize)

describe('crosshair', () => {
  test('default: the exact values at the time under the pointer, the highest first, with what they rest on', () => {
    const { point, text, names, tip } = draw([lineOf('Low', 1), lineOf('High', 3)])
    expect(tip()).toBeNull()
    point('pointerMove', 123)
    const x = timeAt(123)
    expect(names()).toEqual(['High', 'Low'])
    expect(text()).toContain(`High=${x}`)
    expect(text()).toContain('block of High')
    expect(text()).toContain('block of Low')
    expect(text()).toContain('2026-06-07 03:36 UTC')
    point('pointerOut', 900)
    expect(tip()).toBeNull()
  })

  test('behavior: of many lines, details are told of the nearest only', () => {
    const { point, text, names } = draw(['A', 'B', 'C', 'D', 'E'].map((id, index) => lineOf(id, index + 1)))
    point('pointerMove', 400)
    expect(names()).toHaveLength(5)
    expect(text().match(/block of/g)).toHaveLength(1)
    // The axis goes from 1 to 5, and 100 of 380 pixels from the top is near 4.
    expect(text()).toContain('block of D')
  })

  test('behavior: a value that is not known is said to be so, and stands last', () => {
    const unknown = { ...lineOf('Unknown', 1), points: [] }
    const { point, names, text } = draw([unknown, lineOf('Known', -3)])
    point('pointerMove', 400)
    expect(names()).toEqual(['Known', 'Unknown'])
    expect(text()).toContain('not known')
    expect(text()).not.toMatch(/NaN|null|undefined/)
  })

  test('behavior: marks under the crosshair are said in words', () => {
    const { point, text } = draw([lineOf('A', 1, [{ kind: 'fall', x: timeAt(400), y: 1 }])])
    point('pointerMove', 401)
    expect(text()).toContain('fall, block of A')
    point('pointerMove', 500)
    expect(text()).not.toContain('fall')
  })

  test('behavior: times asked of are whole seconds inside the range', () => {
    const { point, asked } = draw([lineOf('A', 1)])
    for (const clientX of [-50, 0.3333, 333.3333, 2_000]) point('pointerMove', clientX)
    const times = asked.mock.calls.map(([x]) => x)
    expect(times.length).toBeGreaterThan(3)
    expect(times.every(x => Number.isInteger(x) && x >= FROM && x <= UNTIL)).toBe(true)
  })
})

describe('a span by dragging', () => {
  test('default: the part from where it was pressed to where it was let go, in either direction', () => {
    const { point, choose, marked } = draw([lineOf('A', 1)])
    point('pointerDown', 600)
    point('pointerMove', 500)
    point('pointerMove', 200)
    expect(marked()).toMatch(/ – .*, 20 d/)
    point('pointerUp', 200)
    expect(choose.mock.calls).toEqual([[timeAt(200), timeAt(600)]])
    expect(marked()).toBeUndefined()
  })

  test('behavior: a press, or a few pixels, choose nothing', () => {
    const { point, choose } = draw([lineOf('A', 1)])
    point('pointerDown', 300)
    point('pointerUp', 300)
    point('pointerDown', 300)
    point('pointerMove', 304)
    point('pointerUp', 304)
    expect(choose).not.toHaveBeenCalled()
  })

  test('behavior: less than an hour chooses nothing', () => {
    const { point, choose } = draw([lineOf('A', 1)], FROM + 2 * 3_600)
    point('pointerDown', 100)
    point('pointerUp', 490)
    expect(choose).not.toHaveBeenCalled()
    point('pointerDown', 100)
    point('pointerUp', 510)
    expect(choose).toHaveBeenCalledTimes(1)
  })

  test('behavior: Escape and a cancelled pointer mark nothing', () => {
    const { point, choose, marked } = draw([lineOf('A', 1)])
    point('pointerDown', 300)
    point('pointerMove', 500)
    fireEvent.keyDown(document.body, { key: 'Escape' })
    expect(marked()).toBeUndefined()
    point('pointerUp', 500)
    point('pointerDown', 300)
    point('pointerMove', 500)
    point('pointerCancel', 500)
    point('pointerUp', 500)
    expect(choose).not.toHaveBeenCalled()
  })

  test('behavior: another button marks nothing', () => {
    const { point, choose } = draw([lineOf('A', 1)])
    const { plot } = { plot: document.querySelector('[class*=_plot_]') ?? document.body }
    fireEvent.pointerDown(plot, { button: 2, clientX: 100 })
    point('pointerMove', 500)
    point('pointerUp', 500)
    expect(choose).not.toHaveBeenCalled()
  })

  test('behavior: a finger looks, and marks only after it has rested', () => {
    const { point, choose, tip } = draw([lineOf('A', 1)])
    const touch = (timeStamp: number) => ({ pointerType: 'touch', timeStamp })
    point('pointerDown', 300, touch(1_000))
    point('pointerMove', 400, touch(1_050))
    point('pointerUp', 500, touch(1_900))
    point('pointerOut', 500, touch(1_900))
    expect(choose).not.toHaveBeenCalled()
    expect(tip()).not.toBeNull()
    point('pointerDown', 300, touch(3_000))
    point('pointerMove', 400, touch(3_500))
    point('pointerUp', 500, touch(3_600))
    expect(choose.mock.calls).toEqual([[timeAt(300), timeAt(500)]])
  })
})

describe('by the keyboard', () => {
  test('default: arrows go by days, from the newest values, and say what they meet', () => {
    const { press, spoken, text } = draw([lineOf('A', 1), lineOf('B', 2)])
    press('ArrowLeft')
    expect(spoken()).toBe(`2026-07-11 00:00 UTC, B B=${UNTIL}, A A=${UNTIL}`)
    press('ArrowLeft')
    expect(text()).toContain(`A=${UNTIL - DAY}`)
    press('Home')
    expect(text()).toContain(`A=${FROM}`)
    press('ArrowLeft')
    expect(text()).toContain(`A=${FROM}`)
    press('PageUp')
    expect(text()).toContain(`A=${FROM + 10 * DAY}`)
    press('End')
    press('ArrowRight')
    expect(text()).toContain(`A=${UNTIL}`)
  })

  test('behavior: with Shift a span is marked, Enter chooses it, Escape clears it', () => {
    const { press, choose, marked, tip } = draw([lineOf('A', 1)])
    press('Home')
    for (let day = 0; day < 5; day += 1) press('ArrowRight')
    for (let day = 0; day < 3; day += 1) press('ArrowRight', true)
    expect(marked()).toContain('3 d')
    press('Enter')
    expect(choose.mock.calls).toEqual([[FROM + 5 * DAY, FROM + 8 * DAY]])
    expect(marked()).toBeUndefined()
    press('End')
    press('ArrowLeft', true)
    press('Escape')
    expect(marked()).toBeUndefined()
    expect(tip()).not.toBeNull()
    press('Enter')
    press('Escape')
    expect(tip()).toBeNull()
    expect(choose).toHaveBeenCalledTimes(1)
  })

  test('behavior: up and down go from line to line; of many, one is told', () => {
    const { press, spoken } = draw(['A', 'B', 'C', 'D'].map((id, index) => lineOf(id, index)))
    press('End')
    expect(spoken()).toContain('D D=')
    press('ArrowDown')
    expect(spoken()).toContain(`C C=${UNTIL}, block of C. 4 of 4 lines have a value.`)
    press('ArrowUp')
    press('ArrowUp')
    expect(spoken()).toContain('D D=')
  })

  test('behavior: other keys stay with the page, and what the pointer meets is not said aloud', () => {
    const { chart, press, point, spoken, tip } = draw([lineOf('A', 1)])
    expect(press('Tab')).toBe(true)
    expect(press('Enter')).toBe(true)
    expect(press('Escape')).toBe(true)
    expect(fireEvent.keyDown(chart, { key: 'ArrowLeft', altKey: true })).toBe(true)
    expect(tip()).toBeNull()
    expect(press('ArrowLeft')).toBe(false)
    point('pointerMove', 200)
    expect(spoken()).toBe('')
    fireEvent.blur(chart)
    expect(tip()).toBeNull()
  })
})
