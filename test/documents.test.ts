import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const DOCUMENTS = ['README.md', 'ARCHITECTURE.md', 'METHOD.md', 'CONTRIBUTING.md']
const FOLDERS = ['src', 'test', 'docs', 'public', '.ci', '.github']

const read = (name: string): string => readFileSync(join(root, name), 'utf8')

const scripts: readonly string[] = Object.keys(JSON.parse(read('package.json')).scripts)

const files = [
  ...readdirSync(root),
  ...FOLDERS.flatMap(folder =>
    readdirSync(join(root, folder), { recursive: true }).map(
      name => `${folder}/${String(name).replaceAll('\\', '/')}`,
    ),
  ),
]

/** Files that a document names, in whole or by the end of their path. */
function missingFiles(text: string): string[] {
  const named = [...text.matchAll(/`(?<path>[\w./-]+\.(?:tsx?|css|md|yml|json))`/g)]
  const paths = new Set(named.map(({ groups }) => groups?.['path'] ?? ''))
  return [...paths].filter(path => !files.some(file => `/${file}`.endsWith(`/${path}`)))
}

/** Scripts that a document names and that `npm run` does not have. */
function missingScripts(text: string): string[] {
  const named = [...text.matchAll(/npm run (?:--silent )?(?<script>[\w:]+)/g)]
  return named.map(({ groups }) => groups?.['script'] ?? '').filter(script => !scripts.includes(script))
}

/** Files that a document links to or shows. */
function brokenLinks(text: string): string[] {
  const links = [...text.matchAll(/\]\((?<target>[^)#\s]+)\)/g)].map(({ groups }) => groups?.['target'] ?? '')
  return links.filter(target => !target.startsWith('https://') && !existsSync(join(root, target)))
}

describe.each(DOCUMENTS)('%s', name => {
  test('default: what it names is there', () => {
    const text = read(name)
    expect(missingFiles(text)).toEqual([])
    expect(missingScripts(text)).toEqual([])
    expect(brokenLinks(text)).toEqual([])
  })
})

test('behavior: a push is published only when it has passed what CI runs', () => {
  const workflow = read('.github/workflows/publish.yml')
  const [, ...jobs] = (workflow.split('\njobs:\n')[1] ?? '').split(/^ {2}(?=\w)/m)
  const described = jobs.map(job => ({
    name: /^\w+/.exec(job)?.[0],
    needs: /^ {4}needs: (.+)/m.exec(job)?.[1],
    runs: [...job.matchAll(/^ +- run: (.+)/gm)].map(([, command]) => command),
    writes: [...job.matchAll(/^ +([\w-]+): write/gm)].map(([, permission]) => permission),
  }))
  expect(described).toEqual([
    { name: 'test', needs: undefined, runs: ['.ci/run'], writes: [] },
    { name: 'build', needs: 'test', runs: ['npm ci', 'npm run build'], writes: [] },
    { name: 'publish', needs: 'build', runs: [], writes: ['pages', 'id-token'] },
  ])
  expect(workflow).toContain('permissions:\n  contents: read\n')
  expect(read('.github/workflows/ci.yml')).toContain('- run: .ci/run\n')
})

test('behavior: what is not there is named', () => {
  expect(missingFiles('`chain/readLive.ts`, `readLive.ts`, `live/readLive.ts`, `Live.ts`')).toEqual([
    'live/readLive.ts',
    'Live.ts',
  ])
  expect(
    missingScripts('`npm run read -- rates`, `npm run --silent wash`, npm run test:unit, npm run dry'),
  ).toEqual(['wash', 'dry'])
  expect(
    brokenLinks('[a](METHOD.md) [b](METHODS.md) ![c](docs/overview.png) [d](https://example.org)'),
  ).toEqual(['METHODS.md'])
})
