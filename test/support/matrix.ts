import { posix } from 'node:path'
import { type Import, readImports } from './imports.ts'

type Rule = {
  layers: readonly Layer[]
  /** Names of npm packages, or everything. */
  packages: readonly string[] | 'any'
  node?: boolean
  css?: boolean
}

export const layers = [
  'math',
  'pools',
  'chain',
  'store',
  'queries',
  'format',
  'views',
  'styles',
  'app',
  'worker',
  'build',
  'embedded',
  'cli',
] as const
type Layer = (typeof layers)[number]
export type Row = Layer | 'main'

const pagePackages = ['react', '@tanstack/react-query', 'recharts', 'wouter']
const belowQueries = ['math', 'pools', 'chain', 'store'] as const

/** What each folder of src may import besides itself; what is not here is refused. */
const matrix: Readonly<Record<Row, Rule>> = {
  math: { layers: [], packages: [] },
  pools: { layers: ['math'], packages: ['viem'] },
  chain: { layers: ['math', 'pools'], packages: ['viem'] },
  store: { layers: ['math', 'pools'], packages: ['idb-keyval'] },
  queries: { layers: belowQueries, packages: ['react', '@tanstack/react-query'] },
  format: { layers: ['math', 'pools'], packages: [] },
  views: { layers: ['math', 'pools', 'queries', 'format', 'styles'], packages: pagePackages, css: true },
  styles: { layers: [], packages: [], css: true },
  app: {
    layers: [...belowQueries, 'queries', 'format', 'views', 'styles'],
    packages: pagePackages,
    css: true,
  },
  worker: { layers: [], packages: [] },
  build: { layers: [...belowQueries, 'app', 'worker'], packages: 'any', node: true },
  main: { layers: ['app', 'styles'], packages: ['react', 'react-dom'], css: true },
  embedded: { layers: [...belowQueries, 'queries', 'format'], packages: 'any', node: true },
  cli: { layers: [...belowQueries, 'queries', 'format', 'embedded'], packages: 'any', node: true },
}

function isLayer(name: string): name is Layer {
  return layers.some(layer => layer === name)
}

/** The row of the matrix that a file, named from the repository's root, falls under. */
function rowOf(file: string): Row | undefined {
  const [root, folder, ...rest] = file.split('/')
  if (root !== 'src' || folder === undefined) return undefined
  if (rest.length === 0) return folder === 'main.tsx' ? 'main' : undefined
  return isLayer(folder) ? folder : undefined
}

function packageOf(specifier: string): string {
  const [scope = '', name] = specifier.split('/')
  return scope.startsWith('@') && name !== undefined ? `${scope}/${name}` : scope
}

function allowsPackage({ packages, node }: Rule, specifier: string): boolean {
  if (specifier.startsWith('node:')) return node === true
  return packages === 'any' || packages.includes(packageOf(specifier))
}

function allows(row: Row, file: string, { specifier }: Import): boolean {
  if (specifier === undefined) return false
  const rule = matrix[row]
  if (!specifier.startsWith('.')) return allowsPackage(rule, specifier)
  const target = posix.join(posix.dirname(file), specifier.replace(/[?#].*$/, ''))
  if (target.endsWith('.css') && rule.css !== true) return false
  const targetRow = rowOf(target)
  if (targetRow === undefined || targetRow === 'main') return false
  return targetRow === row || rule.layers.includes(targetRow)
}

/** Say which imports of a file break the matrix. `file` is named from the repository's root. */
export function forbiddenImports(file: string, source: string): string[] {
  const row = rowOf(file)
  if (row === undefined) return [`${file} is in no folder of the matrix`]
  return readImports(source)
    .filter(found => !allows(row, file, found))
    .map(({ specifier, line }) => `${file}:${line} may not import ${specifier ?? 'what cannot be read'}`)
}

/** The same row as the pattern group of Biome's noRestrictedImports: later patterns win, `!` allows. */
export function biomeGroup(row: Row): string[] {
  const rule = matrix[row]
  const refused = layers.filter(layer => layer !== row && !rule.layers.includes(layer))
  const folders = refused.map(layer => (row === 'main' ? `./${layer}/**` : `../**/${layer}/**`))
  if (rule.packages === 'any') return folders
  return ['**', '!./**', '!../**', ...folders, ...rule.packages.flatMap(name => [`!${name}`, `!${name}/**`])]
}
