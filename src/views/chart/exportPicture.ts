/** What stands around the chart in its picture. */
export type Frame = { readonly title: string; readonly under: string; readonly foot: string }

/** The chart cannot be made into a picture. */
export class NoPicture extends Error {
  override readonly name = 'NoPicture'
  constructor(options?: ErrorOptions) {
    super('This browser makes no picture of the chart. Take a screenshot, or save the points.', options)
  }
}

const SVG = 'http://www.w3.org/2000/svg'
/** Pixels of a picture for one of the page, as sharp screens have them. */
const SCALE = 2
const HEAD = 64
const FOOT = 34
const MARGIN = 16

/** What a picture needs of the page's style sheets, which do not follow it. */
const PROPERTIES = [
  'color',
  'display',
  'dominant-baseline',
  'fill',
  'fill-opacity',
  'font-family',
  'font-size',
  'font-weight',
  'opacity',
  'paint-order',
  'stroke',
  'stroke-dasharray',
  'stroke-linejoin',
  'stroke-opacity',
  'stroke-width',
  'text-anchor',
  'visibility',
] as const

/** Write into a copy how each element looks now: as attributes, since the page's policy refuses inline styles. */
function inlineLooks(shown: Element, copy: Element): void {
  const looks = getComputedStyle(shown)
  for (const name of PROPERTIES) {
    const value = looks.getPropertyValue(name)
    if (value !== '') copy.setAttribute(name, value)
  }
  copy.removeAttribute('style')
  copy.removeAttribute('class')
  const originals = [...shown.children]
  for (const [index, child] of [...copy.children].entries()) {
    const original = originals[index]
    if (original !== undefined) inlineLooks(original, child)
  }
}

type TextPlace = { readonly x: number; readonly y: number; readonly size: number; readonly weight?: number }

function textOf(words: string, { x, y, size, weight = 400 }: TextPlace, colour: string): SVGElement {
  const text = document.createElementNS(SVG, 'text')
  const places = { x, y, 'font-size': size, 'font-weight': weight, 'font-family': 'sans-serif', fill: colour }
  for (const [name, value] of Object.entries(places)) text.setAttribute(name, String(value))
  text.textContent = words
  return text
}

/** The opaque colour behind an element. */
function paperOf(element: Element): string {
  for (let at: Element | null = element; at !== null; at = at.parentElement) {
    const { backgroundColor } = getComputedStyle(at)
    if (backgroundColor !== '' && !/^transparent$|, 0\)$|\/ 0\)$/.test(backgroundColor))
      return backgroundColor
  }
  return '#ffffff'
}

/** Copy a chart as it looks now, complete in itself: nothing in it points outside. */
export function standaloneChart(chart: SVGSVGElement, { title, under, foot }: Frame): SVGSVGElement {
  const { width, height } = chart.getBoundingClientRect()
  const ink = getComputedStyle(chart).color
  const copy = chart.cloneNode(true) as SVGSVGElement
  inlineLooks(chart, copy)
  for (const [name, value] of [
    ['x', 0],
    ['y', HEAD],
    ['width', width],
    ['height', height],
  ] as const)
    copy.setAttribute(name, String(value))
  const whole = document.createElementNS(SVG, 'svg') as SVGSVGElement
  whole.setAttribute('xmlns', SVG)
  whole.setAttribute('width', String(width))
  whole.setAttribute('height', String(HEAD + height + FOOT))
  const paper = document.createElementNS(SVG, 'rect')
  paper.setAttribute('width', '100%')
  paper.setAttribute('height', '100%')
  paper.setAttribute('fill', paperOf(chart))
  whole.append(
    paper,
    textOf(title, { x: MARGIN, y: 28, size: 17, weight: 600 }, ink),
    textOf(under, { x: MARGIN, y: 50, size: 13 }, ink),
    copy,
    textOf(foot, { x: MARGIN, y: HEAD + height + 22, size: 12 }, ink),
  )
  return whole
}

async function loadImage(url: string): Promise<HTMLImageElement> {
  const image = new Image()
  image.src = url
  await image.decode()
  return image
}

/**
 * Make a picture (PNG) of a chart as it looks now. The way leads over a data address, which the page's policy allows.
 * @throws NoPicture
 */
export async function pictureOf(chart: SVGSVGElement, frame: Frame): Promise<Blob> {
  const whole = standaloneChart(chart, frame)
  const text = new XMLSerializer().serializeToString(whole)
  let image: HTMLImageElement
  try {
    image = await loadImage(`data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`)
  } catch (cause) {
    throw new NoPicture({ cause })
  }
  const canvas = document.createElement('canvas')
  canvas.width = image.width * SCALE
  canvas.height = image.height * SCALE
  const context = canvas.getContext('2d')
  if (context === null) throw new NoPicture()
  context.scale(SCALE, SCALE)
  context.drawImage(image, 0, 0)
  const blob = await new Promise<Blob | null>(resolve => canvas.toBlob(resolve, 'image/png'))
  if (blob === null) throw new NoPicture()
  return blob
}
