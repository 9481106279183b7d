import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { longFiles, suppressions, untestedModules, unwantedExports } from './support/house.ts'
import { readImports } from './support/imports.ts'
import { biomeGroup, forbiddenImports, layers, type Row } from './support/matrix.ts'

const root = join(import.meta.dirname, '..')
const allowedSuppressions = 0
const lineLimit = 300

function filesUnder(folder: string, extensions: RegExp): Map<string, string> {
  const names = existsSync(join(root, folder)) ? readdirSync(join(root, folder), { recursive: true }) : []
  const files = names
    .map(name => `${folder}/${String(name).replaceAll('\\', '/')}`)
    .filter(name => extensions.test(name))
    .sort()
  return new Map(files.map(file => [file, readFileSync(join(root, file), 'utf8')]))
}

const sources = filesUnder('src', /\.tsx?$/)
const tests = filesUnder('test', /\.tsx?$/)

describe('imports', () => {
  test('default: every import of src is in the matrix', () => {
    expect(sources.size).toBeGreaterThan(0)
    expect([...sources].flatMap(([file, source]) => forbiddenImports(file, source))).toEqual([])
  })

  test.each([
    ['src/math/yield.ts', `import { parseUnits } from 'viem'`],
    ['src/math/yield.ts', `import { live } from '../pools/live.ts'`],
    ['src/pools/lido.ts', `import { readLive } from '../chain/readLive.ts'`],
    ['src/pools/lido.ts', `import { useState } from 'react'`],
    ['src/chain/readLive.ts', `import { get } from 'idb-keyval'`],
    ['src/chain/readLive.ts', `import { samples } from '../store/samples.ts'`],
    ['src/chain/readLive.ts', `import { readFileSync } from 'node:fs'`],
    ['src/store/samples.ts', `import type { Hex } from 'viem'`],
    ['src/queries/live.ts', `import { createClient } from 'viem'`],
    ['src/queries/live.ts', `import { formatRate } from '../format/rate.ts'`],
    ['src/format/rate.ts', `import { liveQuery } from '../queries/live.ts'`],
    ['src/views/ui/Async.tsx', `import { App } from '../../app/App.tsx'`],
    ['src/views/overview/PoolsCard.tsx', `import type { Live } from '../../chain/readLive.ts'`],
    [
      'src/views/overview/PoolsCard.tsx',
      `import {\n  type Sample,\n  samples,\n} from '../../store/samples.ts'`,
    ],
    ['src/views/overview/PoolsCard.tsx', `export { readLive } from '../../chain/readLive.ts'`],
    ['src/views/overview/PoolsCard.tsx', `export * as chain from '../../chain/readLive.ts'`],
    ['src/views/overview/PoolsCard.tsx', `const live = await import('../../chain/readLive.ts')`],
    ['src/views/overview/PoolsCard.tsx', `type Live = import('../../chain/readLive.ts').Live`],
    ['src/views/overview/PoolsCard.tsx', `import '../../store/samples.ts'`],
    ['src/views/overview/PoolsCard.tsx', `import { formatEther } from 'viem/utils'`],
    ['src/views/overview/PoolsCard.tsx', `import { createPortal } from 'react-dom'`],
    ['src/app/App.tsx', `import { startChain } from '../embedded/startChain.ts'`],
    ['src/app/App.tsx', `import { start } from '../cli/start.ts'`],
    ['src/app/App.tsx', `import { createClient } from 'viem'`],
    ['src/app/App.tsx', `import { expect } from '../../test/support/browser.ts'`],
    ['src/app/App.tsx', `const page = await import(name)`],
    ['src/app/App.tsx', `const pages = import.meta.glob('../chain/*.ts')`],
    ['src/app/App.tsx', `const fs = require('node:fs')`],
    ['src/app/App.tsx', `import strange, { "quoted name" as odd } from '../chain/readLive.ts'`],
    ['src/queries/live.ts', `import './live.css'`],
    ['src/main.tsx', `import { readLive } from './chain/readLive.ts'`],
    ['src/main.tsx', `import { PoolsCard } from './views/overview/PoolsCard.tsx'`],
    ['src/embedded/startChain.ts', `import { App } from '../app/App.tsx'`],
    ['src/embedded/startChain.ts', `import { start } from '../cli/start.ts'`],
    ['src/cli/read.ts', `import { PoolsCard } from '../views/overview/PoolsCard.tsx'`],
    ['src/helpers/math.ts', ''],
    ['src/helpers.ts', ''],
  ])('behavior: %s is refused %j', (file, source) => {
    expect(forbiddenImports(file, source)).toHaveLength(1)
  })

  test.each([
    ['src/math/yield.ts', `import { mulDivDown } from './fixedPoint.ts'`],
    ['src/pools/lido.ts', `import { parseAbi } from 'viem'\nimport { wad } from '../math/fixedPoint.ts'`],
    ['src/chain/readLive.ts', `import { keccak256 } from 'viem'\nimport type { Hex } from 'viem/utils'`],
    ['src/store/samples.ts', `import { get } from 'idb-keyval'`],
    ['src/queries/live.ts', `import { queryOptions } from '@tanstack/react-query'`],
    [
      'src/views/overview/PoolsCard.tsx',
      `import { Async } from '../ui/Async.tsx'\nimport './PoolsCard.module.css'`,
    ],
    ['src/views/overview/PoolsCard.tsx', `import '../../styles/tokens.css'\nimport { Line } from 'recharts'`],
    ['src/views/overview/PoolsCard.tsx', `const chart = lazy(() => import('../chart/YieldChart.tsx'))`],
    ['src/app/App.tsx', `import { openStore } from '../store/open.ts'`],
    ['src/main.tsx', `import { createRoot } from 'react-dom/client'\nimport { App } from './app/App.tsx'`],
    ['src/embedded/startChain.ts', `import { spawn } from 'node:child_process'\nimport solc from 'solc'`],
    ['src/cli/start.ts', `import { startChain } from '../embedded/startChain.ts'`],
    [
      'src/math/yield.ts',
      `// import { old } from 'viem'\nexport type { Wad }\nexport { mulDivDown, type Wad }`,
    ],
  ])('behavior: %s may %j', (file, source) => {
    expect(forbiddenImports(file, source)).toEqual([])
  })

  test('behavior: each import is read with its line', () => {
    const source = `import a from 'a'\nexport const b = 1\nexport {\n  c,\n} from 'c'\nconst d = import('d')\n`
    expect(readImports(source)).toEqual([
      { line: 1, specifier: 'a' },
      { line: 3, specifier: 'c' },
      { line: 6, specifier: 'd' },
    ])
  })

  test("behavior: Biome's configuration says the same matrix", () => {
    const { overrides } = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'))
    const rows: Row[] = [...layers.filter(layer => layer !== 'styles'), 'main']
    for (const row of rows) {
      const includes = [row === 'main' ? 'src/main.tsx' : `src/${row}/**`]
      expect(overrides).toContainEqual({
        includes,
        linter: {
          rules: {
            style: {
              noRestrictedImports: {
                level: 'error',
                options: { patterns: [{ group: biomeGroup(row), message: expect.any(String) }] },
              },
            },
          },
        },
      })
    }
  })
})

describe('files', () => {
  test('default: every module of math, pools, chain and store has a test', () => {
    expect(untestedModules(sources, new Set(tests.keys()))).toEqual([])
  })

  test('behavior: a module without its test is named, a file of types and a covered definition are not', () => {
    const modules = new Map([
      ['src/math/yield.ts', 'export function impliedYield() {}'],
      ['src/math/tested.ts', 'export const wad = 10n ** 18n'],
      ['src/math/types.ts', 'export type Wad = bigint\nexport interface Rate {}'],
      ['src/pools/lido.ts', 'export const lido = definePool({})'],
      ['src/pools/about/lido.ts', 'export const lido: AboutToken = {}'],
      ['src/pools/definePool.ts', 'export function definePool() {}'],
      ['src/chain/deep/reader.ts', 'export async function read() {}'],
      ['src/store/errors.ts', 'class Full extends Error {}\nexport { Full }'],
      ['src/views/ui/Async.tsx', 'export function Async() {}'],
    ])
    const present = new Set(['test/math/tested.test.ts', 'test/pools/definitions.test.ts'])
    expect(untestedModules(modules, present)).toEqual([
      'src/math/yield.ts',
      'src/pools/definePool.ts',
      'src/chain/deep/reader.ts',
      'src/store/errors.ts',
    ])
    expect(untestedModules(modules, new Set())).toContain('src/pools/lido.ts')
  })

  test(`default: no file in src is longer than ${lineLimit} lines`, () => {
    expect(longFiles(filesUnder('src', /\.(?:tsx?|css|sol)$/), lineLimit)).toEqual([])
  })

  test('behavior: a file is too long from the first line over the limit', () => {
    const files = new Map([
      ['a.ts', 'x\n'.repeat(lineLimit)],
      ['b.ts', 'x\n'.repeat(lineLimit + 1)],
    ])
    expect(longFiles(files, lineLimit)).toEqual([`b.ts has ${lineLimit + 1} lines`])
  })

  test('default: no barrels and no default exports', () => {
    expect([...sources].flatMap(([file, source]) => unwantedExports(file, source))).toEqual([])
  })

  test('behavior: a barrel and a default export are named', () => {
    expect(unwantedExports('src/pools/index.ts', 'export const pools = []')).toEqual([])
    expect(unwantedExports('src/chain/index.ts', '')).toEqual(['src/chain/index.ts is a barrel'])
    expect(unwantedExports('src/app/App.tsx', 'export default App')).toHaveLength(1)
    expect(unwantedExports('src/app/App.tsx', 'export { App as default }')).toHaveLength(1)
  })

  test('default: suppressions are counted and say why', () => {
    const configs = new Map(
      ['vite.config.ts', 'vitest.config.ts'].map(file => [file, readFileSync(join(root, file), 'utf8')]),
    )
    const { count, withoutReason } = suppressions(new Map([...sources, ...tests, ...configs]))
    expect(withoutReason).toEqual([])
    expect(count).toBe(allowedSuppressions)
  })

  test('behavior: a suppression without a reason is named', () => {
    const directive = (...parts: string[]) => `// ${parts.join('')}`
    const files = new Map([
      ['bare.ts', directive('biome-', 'ignore lint/style/noDefaultExport:')],
      ['reasoned.ts', directive('biome-', 'ignore lint/style/noDefaultExport: the plugin asks for one')],
      ['silent.ts', directive('@ts-', 'expect-error')],
      ['told.ts', directive('@ts-', 'expect-error the field is refused on purpose')],
    ])
    expect(suppressions(files)).toEqual({ count: 4, withoutReason: ['bare.ts', 'silent.ts'] })
  })
})
