import { onTestFinished, vi } from 'vitest'

/**
 * Give jsdom the modal dialog that it lacks: `showModal` opens once, remembers the focus and takes it; a form of
 * method "dialog" closes it, and closing gives the focus back.
 */
export function stubDialog(): void {
  const openers = new WeakMap<HTMLDialogElement, Element | null>()
  const close = (dialog: HTMLDialogElement): void => {
    if (!dialog.open) return
    dialog.open = false
    const opener = openers.get(dialog)
    if (opener instanceof HTMLElement) opener.focus()
    dialog.dispatchEvent(new Event('close'))
  }
  HTMLDialogElement.prototype.showModal = function showModal() {
    if (this.open) return
    if (!this.isConnected) throw new DOMException('not connected', 'InvalidStateError')
    openers.set(this, document.activeElement)
    this.open = true
    this.tabIndex = -1
    const first = this.querySelector<HTMLElement>('[autofocus], button, a[href], input') ?? this
    first.focus()
  }
  const onSubmit = (event: Event): void => {
    const form = event.target
    if (!(form instanceof HTMLFormElement) || form.getAttribute('method') !== 'dialog') return
    event.preventDefault()
    const dialog = form.closest('dialog')
    if (dialog !== null) close(dialog)
  }
  document.addEventListener('submit', onSubmit)
  onTestFinished(() => {
    document.removeEventListener('submit', onSubmit)
    Reflect.deleteProperty(HTMLDialogElement.prototype, 'showModal')
  })
}

const boxOf = (width: number, height: number): DOMRect => {
  const size = { width, height, top: 0, left: 0, right: width, bottom: height, x: 0, y: 0 }
  return { ...size, toJSON: () => size }
}

/** Give jsdom a size: every element measures 800 × 380 but a word, and a ResizeObserver says so once. */
export function stubSize(): void {
  const box = boxOf(800, 380)
  vi.spyOn(Element.prototype, 'getBoundingClientRect').mockImplementation(function measure(this: Element) {
    // recharts writes each label into this to learn its width.
    return this.id === 'recharts_measurement_span' ? boxOf(12, 14) : box
  })
  vi.stubGlobal(
    'ResizeObserver',
    class {
      readonly #tell: ResizeObserverCallback
      constructor(tell: ResizeObserverCallback) {
        this.#tell = tell
      }
      observe(target: Element): void {
        const entry = { target, contentRect: box } as unknown as ResizeObserverEntry
        this.#tell([entry], this as unknown as ResizeObserver)
      }
      unobserve(): void {
        // Nothing is kept, so nothing is let go.
      }
      disconnect(): void {
        // Nothing is kept, so nothing is let go.
      }
    },
  )
}

/**
 * Give jsdom the media queries of a screen of some width, which the function that comes back changes. Only max-width
 * and a preferred colour are asked for; the latter is none.
 */
export function stubMedia(width = 1_280): (next: number) => void {
  let now = width
  const listeners = new Set<() => void>()
  vi.stubGlobal('matchMedia', (query: string) => {
    const [, most] = /max-width: ([\d.]+)em/.exec(query) ?? []
    return {
      media: query,
      get matches() {
        return most !== undefined && now <= 16 * Number.parseFloat(most)
      },
      addEventListener: (_: string, listener: () => void) => listeners.add(listener),
      removeEventListener: (_: string, listener: () => void) => listeners.delete(listener),
    }
  })
  return next => {
    now = next
    for (const listener of listeners) listener()
  }
}
