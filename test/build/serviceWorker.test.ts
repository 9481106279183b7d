import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { describe, expect, onTestFinished, test } from 'vitest'
import {
  insertVersion,
  isKept,
  PageWithoutRoot,
  serviceWorker,
  shellOf,
  versionOf,
} from '../../src/build/serviceWorker.ts'

const SITE = join(import.meta.dirname, 'support/site')

const filesOf = (texts: Readonly<Record<string, string>>): Map<string, Buffer> =>
  new Map(Object.entries(texts).map(([path, text]) => [path, Buffer.from(text)]))

const integrityOf = (content: Buffer): string =>
  `sha256-${createHash('sha256').update(content).digest('base64')}`

describe('versionOf', () => {
  const files = { 'index.html': '<html>', 'assets/a-1.js': 'a()' }

  test('default: the same files in any order are the same version', () => {
    expect(versionOf(filesOf(files))).toMatch(/^[0-9a-f]{16}$/)
    const turned = filesOf({ 'assets/a-1.js': 'a()', 'index.html': '<html>' })
    expect(versionOf(turned)).toBe(versionOf(filesOf(files)))
  })

  test.each([
    ['another byte', { ...files, 'assets/a-1.js': 'b()' }],
    ['another name', { 'index.html': '<html>', 'assets/a-2.js': 'a()' }],
    ['one more', { ...files, 'favicon.svg': '<svg>' }],
  ])('behavior: %s is another version', (_, others) => {
    expect(versionOf(filesOf(others))).not.toBe(versionOf(filesOf(files)))
  })
})

test('default: the page is at the empty path, each file with its hash', () => {
  const files = filesOf({ 'index.html': '<html>', 'assets/a-1.js': 'a()' })
  expect(shellOf('v', files)).toEqual({
    version: 'v',
    files: {
      '': integrityOf(Buffer.from('<html>')),
      'assets/a-1.js': integrityOf(Buffer.from('a()')),
    },
  })
})

test('behavior: what an open page never asks for is not kept', () => {
  const paths = ['_headers', 'robots.txt', 'social.png', 'icons/icon-192.png', '.vite/manifest.json']
  expect(paths.filter(isKept)).toEqual([])
  expect(['index.html', 'favicon.svg', 'manifest.webmanifest', 'assets/a-1.js'].every(isKept)).toBe(true)
})

test('error: PageWithoutRoot', () => {
  expect(insertVersion('<!doctype html><html lang="en">', 'v')).toContain('<html data-version="v" lang="en">')
  expect(() => insertVersion('<p>', 'v')).toThrow(PageWithoutRoot)
})

describe('serviceWorker', () => {
  test('default: sw.js holds every file as it lies on the disk, and the page its version', async () => {
    const outDir = mkdtempSync(join(tmpdir(), 'poolglass-shell-'))
    onTestFinished(() => rmSync(outDir, { recursive: true }))
    const made = { outDir, emptyOutDir: true, manifest: true }
    await build({ root: SITE, configFile: false, logLevel: 'error', plugins: [serviceWorker()], build: made })
    const read = (path: string): Buffer => readFileSync(join(outDir, path))
    const worker = read('sw.js').toString()
    const version = /data-version="(\w+)"/.exec(read('index.html').toString())?.[1]
    expect(version).toMatch(/^[0-9a-f]{16}$/)
    expect(worker).toContain(version)
    const script = /assets\/[\w-]+\.js/.exec(read('index.html').toString())?.[0] ?? ''
    for (const path of ['index.html', 'mark.txt', script]) expect(worker).toContain(integrityOf(read(path)))
    expect(worker).toContain(script)
    expect(worker).not.toContain('manifest.json')
    // As the browser takes it: one classic script.
    expect(() => new Function(worker)).not.toThrow()
  })
})
