import { useState } from 'react'
import { formatBlock } from '../../format/number.ts'
import type { BlockNumber } from '../../math/fixedPoint.ts'
import press from '../ui/Press.module.css'
import { saveFile } from '../ui/saveFile.ts'
import { dayText } from './days.ts'
import styles from './Exports.module.css'
import type { Points } from './exportPoints.ts'
import { daysOf } from './measures.ts'

type Props = {
  readonly points: Points
  readonly title: string
  /** The newest block behind what is shown. */
  readonly block: BlockNumber | undefined
  /** Find the chart; undefined where a table stands in its place. */
  readonly chart: (() => SVGSVGElement | null | undefined) | undefined
}

/** Name a file after what is in it: one pool or how many, the measure, its days. */
function nameOf({ series, drawn, extent: { from, until } }: Points, ending: string): string {
  const pools = series.length === 1 ? (series[0]?.pool.id ?? '') : `${series.length}-pools`
  const measure = drawn.shown === 'yield' ? drawn.measure : drawn.shown
  const [first, last] = [from, until].map(time => dayText(BigInt(Math.floor(time))))
  return `poolglass-${pools}-${measure}-${first}-to-${last}.${ending}`
}

async function savePicture({ points, title, block, chart }: Props): Promise<void> {
  const { pictureOf, NoPicture } = await import('./exportPicture.ts')
  const svg = chart?.()
  if (svg === null || svg === undefined) throw new NoPicture()
  const source = points.chain === 'embedded' ? 'simulated values' : 'values from the contracts'
  const picture = await pictureOf(svg, {
    title,
    under: daysOf(points.extent),
    foot: `Poolglass, ${block === undefined ? '' : `block ${formatBlock(block)}, `}${source}`,
  })
  saveFile(nameOf(points, 'png'), 'image/png', picture)
}

async function saveText({ points }: Props, kind: 'csv' | 'json'): Promise<void> {
  const { csvOf, jsonOf } = await import('./exportPoints.ts')
  if (kind === 'csv') saveFile(nameOf(points, kind), 'text/csv', csvOf(points))
  else saveFile(nameOf(points, kind), 'application/json', jsonOf(points))
}

/** Save what the chart shows: as a table, with receipts, or as a picture. */
export function Exports(props: Props) {
  const [why, setWhy] = useState<string>()
  const save = (saving: Promise<void>): void => {
    setWhy(undefined)
    saving.catch((error: unknown) => setWhy(error instanceof Error ? error.message : String(error)))
  }
  return (
    <div className={styles['exports']}>
      <span>Save as</span>
      <button type="button" className={press['press']} onClick={() => save(saveText(props, 'csv'))}>
        CSV
      </button>
      <button type="button" className={press['press']} onClick={() => save(saveText(props, 'json'))}>
        JSON with receipts
      </button>
      {props.chart === undefined ? null : (
        <button type="button" className={press['press']} onClick={() => save(savePicture(props))}>
          PNG
        </button>
      )}
      {why === undefined ? null : <p role="alert">Nothing was saved. {why}</p>}
    </div>
  )
}
