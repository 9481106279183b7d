import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { isOverBudget, type Manifest, ManifestWithoutEntry, measureBuild, partsOf } from './size.ts'

const manifest: Manifest = {
  'index.html': { file: 'assets/index-1.js', isEntry: true, imports: ['_a'], css: ['assets/index-1.css'] },
  _a: { file: 'assets/a-1.js', imports: ['_b'] },
  _b: { file: 'assets/b-1.js', imports: ['index.html'] },
  _chart: { file: 'assets/chart-1.js', name: 'chart', imports: ['_b'] },
  'src/Lazy.tsx': { file: 'assets/Lazy-1.js', imports: ['_chart'], css: ['assets/Lazy-1.css'] },
  'src/Lazy.css': { file: 'assets/Lazy-1.css' },
}

test('default: the first part is what the entry imports statically, at any depth', () => {
  expect(partsOf(manifest)).toEqual({
    first: ['assets/index-1.js', 'assets/a-1.js', 'assets/b-1.js'],
    chart: ['assets/chart-1.js'],
    otherLazy: ['assets/Lazy-1.js'],
    css: ['assets/index-1.css', 'assets/Lazy-1.css'],
  })
})

test('behavior: a chart that the page imports statically counts before the first figure', () => {
  const heavy = { ...manifest, _a: { file: 'assets/a-1.js', imports: ['_b', '_chart'] } }
  expect(partsOf(heavy).first).toContain('assets/chart-1.js')
  expect(partsOf(heavy).chart).toEqual([])
})

test('error: ManifestWithoutEntry', () => {
  expect(() => partsOf({ _a: { file: 'assets/a-1.js' } })).toThrow(ManifestWithoutEntry)
})

test('behavior: a part over its budget is told apart from one within', () => {
  const folder = mkdtempSync(join(tmpdir(), 'poolglass-size-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, '.vite'))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, '.vite/manifest.json'), JSON.stringify(manifest))
  for (const { file } of Object.values(manifest)) writeFileSync(join(folder, file), '0')
  writeFileSync(join(folder, 'assets/index-1.css'), '0')
  // Random bytes do not compress.
  writeFileSync(join(folder, 'assets/b-1.js'), randomBytes(100_001))
  const over = measureBuild(folder).filter(isOverBudget)
  expect(over.map(measure => measure.what)).toEqual(['JavaScript before the first figure'])
})
