import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { isPageFresh } from '../../../src/cli/start/buildPage.ts'

let root: string
const set = (path: string, time: number): void => utimesSync(join(root, path), time, time)

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'poolglass-'))
  for (const folder of ['dist', 'src/app', 'public']) mkdirSync(join(root, folder), { recursive: true })
  const files = ['dist/index.html', 'src/app/App.tsx', 'index.html', 'vite.config.ts', 'package-lock.json']
  for (const file of files) writeFileSync(join(root, file), '')
  for (const path of [...files, 'src/app', 'src', 'public']) set(path, 1_000)
  set('dist/index.html', 2_000)
})
afterEach(() => rmSync(root, { recursive: true }))

describe('isPageFresh', () => {
  test('default', () => {
    expect(isPageFresh(root)).toBe(true)
  })

  test.each(['src/app/App.tsx', 'src/app', 'index.html', 'public', 'vite.config.ts', 'package-lock.json'])(
    'behavior: a change of %s makes it old',
    path => {
      set(path, 3_000)
      expect(isPageFresh(root)).toBe(false)
    },
  )

  test('behavior: a page that is not there is not fresh', () => {
    rmSync(join(root, 'dist/index.html'))
    expect(isPageFresh(root)).toBe(false)
  })
})
