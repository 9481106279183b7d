import { type KeyboardEvent, type PointerEvent, useEffect, useState } from 'react'
import { nextTime, timeStep } from '../../format/ticks.ts'
import type { Drawing } from './drawing.ts'
import type { Extent } from './plot.ts'
import { focusOf, nearestLine, type Reading, readingsAt } from './readings.ts'

const HOUR = 3_600
/** A pointer that moved less was pressed, not dragged. */
const DRAG_PIXELS = 6
/** On a touch screen a drag moves the crosshair; after resting this long, in ms, it marks a span. */
const REST = 350
const PAGE = 10

/** A marked part of the range: where it was begun and where it is now. */
type Mark = { readonly anchor: number; readonly end: number }

/** A pointer that is down: where and when it came down. */
type Press = { readonly left: number; readonly at: number; readonly since: number; readonly isMark?: boolean }

type State = {
  readonly at?: number | undefined
  readonly focus?: string | undefined
  readonly mark?: Mark | undefined
  readonly press?: Press | undefined
  /** What moves by keys is also said aloud. */
  readonly isByKey?: boolean
}

export type Marked = { readonly from: number; readonly until: number }

const markedOf = ({ anchor, end }: Mark): Marked => ({
  from: Math.min(anchor, end),
  until: Math.max(anchor, end),
})

const isLong = ({ from, until }: Marked): boolean => until - from >= HOUR

/** The time under a pointer, in whole seconds since 1970, and the value at its height. */
function placeOf({ from, until, low, high }: Extent, { clientX, clientY, currentTarget }: PointerEvent) {
  const { left, top, width, height } = currentTarget.getBoundingClientRect()
  const part = Math.min(1, Math.max(0, (clientX - left) / (width || 1)))
  return {
    x: Math.round(from + part * (until - from)),
    value: high - ((clientY - top) / (height || 1)) * (high - low),
  }
}

/** What a press has become by a move of its pointer: a drag that marks, one that only looks, or still a press. */
function pressAfter(press: Press, { clientX, pointerType, timeStamp }: PointerEvent): Press {
  if (press.isMark !== undefined || Math.abs(clientX - press.left) < DRAG_PIXELS) return press
  return { ...press, isMark: pointerType !== 'touch' || timeStamp - press.since > REST }
}

const SIDEWAYS: Readonly<Record<string, readonly [direction: 1 | -1, steps: number]>> = {
  ArrowRight: [1, 1],
  ArrowLeft: [-1, 1],
  PageUp: [1, PAGE],
  PageDown: [-1, PAGE],
}

/** Where a key moves the crosshair: by round times, never out of the range; undefined for other keys. */
function movedBy(key: string, at: number | undefined, { from, until }: Extent): number | undefined {
  const [first, last] = [Math.ceil(from), Math.floor(until)]
  if (key === 'Home') return first
  if (key === 'End') return last
  const move = SIDEWAYS[key]
  if (move === undefined) return undefined
  const [direction, steps] = move
  // The first press shows the newest values.
  if (at === undefined) return last
  const step = timeStep(from, until)
  const next = nextTime(at, step, direction) + direction * (steps - 1) * step
  return Math.min(last, Math.max(first, next))
}

/** The line above or below the one in focus, in the order of their values. */
function focusBy(key: string, readings: readonly Reading[], focus: string | undefined): string | undefined {
  const step = { ArrowUp: -1, ArrowDown: 1 }[key]
  const now = focusOf(readings, focus)
  if (step === undefined || now === undefined) return undefined
  return (readings[readings.indexOf(now) + step] ?? now).line.id
}

/** Let Escape end a drag wherever the focus is. */
function useEscape(isDragging: boolean, end: () => void): void {
  useEffect(() => {
    if (!isDragging) return
    const onKey = ({ key }: globalThis.KeyboardEvent): void => {
      if (key === 'Escape') end()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [isDragging, end])
}

/** Follow pointer and keys over a chart: the time and the line that they are at, and the span that they mark. */
export function useCrosshair(drawing: Drawing, extent: Extent) {
  const [state, setState] = useState<State>({})
  const { from, until, choose } = drawing
  const at = state.at !== undefined && state.at >= from && state.at <= until ? state.at : undefined
  const readings = at === undefined ? [] : readingsAt(drawing, at)
  const clear = (): void => setState({})
  useEscape(state.press !== undefined, clear)

  const show = (marked: Marked): void => {
    clear()
    if (isLong(marked)) choose(marked.from, marked.until)
  }

  const onPointerDown = (event: PointerEvent): void => {
    if (event.button !== 0) return
    const { x } = placeOf(extent, event)
    event.currentTarget.setPointerCapture?.(event.pointerId)
    setState({ at: x, focus: state.focus, press: { left: event.clientX, at: x, since: event.timeStamp } })
  }

  const onPointerMove = (event: PointerEvent): void => {
    const { x, value } = placeOf(extent, event)
    const press = state.press === undefined ? undefined : pressAfter(state.press, event)
    const mark = press?.isMark === true ? { anchor: press.at, end: x } : state.mark
    setState({ at: x, focus: nearestLine(drawing.lines, x, value), mark, press })
  }

  // The last moves may not have been drawn yet: where the pointer is lifted counts.
  const onPointerUp = (event: PointerEvent): void => {
    const press = state.press === undefined ? undefined : pressAfter(state.press, event)
    if (press?.isMark === true) show(markedOf({ anchor: press.at, end: placeOf(extent, event).x }))
    else setState({ ...state, press: undefined })
  }

  const onPointerLeave = ({ pointerType }: PointerEvent): void => {
    // A finger that is lifted leaves too: what it touched stays to be read.
    if (pointerType !== 'touch' && state.press === undefined) setState({ mark: state.mark })
  }

  const afterKey = (key: string, isExtending: boolean): State | undefined => {
    const moved = movedBy(key, at, extent)
    if (moved !== undefined) {
      const anchor = state.mark?.anchor ?? at ?? moved
      const mark = isExtending ? { anchor, end: moved } : undefined
      return { at: moved, focus: state.focus, mark, isByKey: true }
    }
    if (key === 'Escape' && at !== undefined)
      return state.mark === undefined ? {} : { ...state, mark: undefined }
    const focus = focusBy(key, readings, state.focus)
    return focus === undefined ? undefined : { ...state, focus, isByKey: true }
  }

  const onKeyDown = (event: KeyboardEvent): void => {
    const { key, shiftKey, ctrlKey, metaKey, altKey } = event
    if (ctrlKey || metaKey || altKey) return
    const isChoice = key === 'Enter' && state.mark !== undefined
    const next = isChoice ? undefined : afterKey(key, shiftKey)
    if (next === undefined && !isChoice) return
    event.preventDefault()
    if (next !== undefined) setState(next)
    else if (state.mark !== undefined) show(markedOf(state.mark))
  }

  return {
    crosshair:
      at === undefined ? undefined : { at, readings, focus: state.focus, isByKey: state.isByKey === true },
    marked: state.mark === undefined ? undefined : markedOf(state.mark),
    // The arrow keys belong to the chart while it has the focus.
    keys: { tabIndex: 0, onKeyDown, onBlur: clear },
    pointer: { onPointerDown, onPointerMove, onPointerUp, onPointerLeave, onPointerCancel: clear },
  }
}
