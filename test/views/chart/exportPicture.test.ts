import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { NoPicture, pictureOf, standaloneChart } from '../../../src/views/chart/exportPicture.ts'
import { stubSize } from '../support/browser.ts'

const FRAME = {
  title: 'Implied APY & more',
  under: 'Jul 1 to Jul 31',
  foot: 'Poolglass, block 5, simulated values',
}

function chart(): SVGSVGElement {
  const style = document.createElement('style')
  style.textContent =
    '.box { background-color: rgb(19, 19, 18); color: rgb(237, 235, 229) } .line { stroke: rgb(1, 2, 3) }'
  const box = document.createElement('div')
  box.className = 'box'
  box.innerHTML =
    '<svg viewBox="0 0 800 380"><g><path class="line" d="M0,0H9"/><text class="line">3 %</text></g></svg>'
  document.head.append(style)
  document.body.append(box)
  onTestFinished(() => {
    style.remove()
    box.remove()
  })
  return box.querySelector('svg') ?? expect.unreachable()
}

beforeEach(stubSize)

describe('standaloneChart', () => {
  test('default: looks as on the page without its style sheets, on its paper, with its words around it', () => {
    const whole = standaloneChart(chart(), FRAME)
    expect(whole.getAttribute('width')).toBe('800')
    expect(whole.querySelector('rect')?.getAttribute('fill')).toBe('rgb(19, 19, 18)')
    expect([...whole.children].map(({ tagName }) => tagName)).toEqual(['rect', 'text', 'text', 'svg', 'text'])
    expect([...whole.querySelectorAll(':scope > text')].map(({ textContent }) => textContent)).toEqual([
      FRAME.title,
      FRAME.under,
      FRAME.foot,
    ])
    expect(whole.querySelector('path')?.getAttribute('stroke')).toBe('rgb(1, 2, 3)')
    // The page's policy refuses them.
    expect(whole.querySelector('[style]')).toBeNull()
    expect(whole.querySelector('[class]')).toBeNull()
    const text = new XMLSerializer().serializeToString(whole)
    expect(text).toContain('Implied APY &amp; more')
    expect(text).not.toMatch(/var\(|url\(|href=/)
  })
})

describe('pictureOf', () => {
  test('error: NoPicture where the browser cannot draw it', async () => {
    vi.stubGlobal(
      'Image',
      class {
        src = ''
        decode = () => Promise.reject(new Error('no decoder'))
      },
    )
    await expect(pictureOf(chart(), FRAME)).rejects.toBeInstanceOf(NoPicture)
  })

  test('behavior: the way leads over a data address, which the policy of the page allows', async () => {
    let address = ''
    vi.stubGlobal(
      'Image',
      class {
        set src(url: string) {
          address = url
        }
        decode = () => Promise.reject(new Error('enough seen'))
      },
    )
    await pictureOf(chart(), FRAME).catch(() => undefined)
    expect(address).toMatch(/^data:image\/svg\+xml;charset=utf-8,%3Csvg/)
  })
})
