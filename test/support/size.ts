import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'

type Chunk = {
  file: string
  name?: string
  isEntry?: boolean
  imports?: readonly string[]
  css?: readonly string[]
}
export type Manifest = Readonly<Record<string, Chunk>>
type Parts = { first: string[]; chart: string[]; otherLazy: string[]; css: string[] }
export type Measure = { what: string; bytes: number; budget: number | undefined }

export class ManifestWithoutEntry extends Error {
  override name = 'ManifestWithoutEntry'
  constructor() {
    super('The manifest of the build names no entry. Run "npm run build" and look at its output.')
  }
}

const kB = 1000
const budgets = { first: 100 * kB, chart: 90 * kB, css: 12 * kB }

/** Sort a build's files by when a reader fetches them: with the page, with the chart, or later. */
export function partsOf(manifest: Manifest): Parts {
  const entries = Object.keys(manifest).filter(key => manifest[key]?.isEntry === true)
  if (entries.length === 0) throw new ManifestWithoutEntry()
  const first = new Set(entries)
  // A Set visits what is added while it is walked: this follows static imports to their end.
  for (const key of first) for (const imported of manifest[key]?.imports ?? []) first.add(imported)

  const scripts = Object.entries(manifest).filter(([, chunk]) => chunk.file.endsWith('.js'))
  const later = scripts.filter(([key]) => !first.has(key)).map(([, chunk]) => chunk)
  const sheets = Object.values(manifest).flatMap(chunk => [chunk.file, ...(chunk.css ?? [])])
  return {
    first: scripts.filter(([key]) => first.has(key)).map(([, chunk]) => chunk.file),
    chart: later.filter(chunk => chunk.name === 'chart').map(chunk => chunk.file),
    otherLazy: later.filter(chunk => chunk.name !== 'chart').map(chunk => chunk.file),
    css: [...new Set(sheets.filter(file => file.endsWith('.css')))],
  }
}

/** Weigh the build in `folder` after brotli, as static hosts serve it. Budgets are in bytes. */
export function measureBuild(folder: string): Measure[] {
  const manifest: Manifest = JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8'))
  const parts = partsOf(manifest)
  const weigh = (files: readonly string[]) =>
    files.reduce((sum, file) => sum + brotliCompressSync(readFileSync(join(folder, file))).length, 0)
  return [
    { what: 'JavaScript before the first figure', bytes: weigh(parts.first), budget: budgets.first },
    { what: 'chart', bytes: weigh(parts.chart), budget: budgets.chart },
    { what: 'other JavaScript, loaded when asked for', bytes: weigh(parts.otherLazy), budget: undefined },
    { what: 'CSS', bytes: weigh(parts.css), budget: budgets.css },
  ]
}

export function isOverBudget({ bytes, budget }: Measure): boolean {
  return budget !== undefined && bytes > budget
}

export function describeMeasure(measure: Measure): string {
  const { what, bytes, budget } = measure
  const limit = budget === undefined ? 'no budget' : `budget ${(budget / kB).toFixed(0)} kB`
  const verdict = isOverBudget(measure) ? '  OVER BUDGET' : ''
  return `${what}: ${(bytes / kB).toFixed(1)} kB brotli, ${limit}${verdict}`
}
