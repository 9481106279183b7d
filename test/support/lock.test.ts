import { expect, test } from 'vitest'
import { type Lock, lockFaults, readLock } from './lock.ts'

const integrity = 'sha512-x'

test('default: the lock is whole', () => {
  const lock = readLock()
  expect(Object.keys(lock.packages).length).toBeGreaterThan(100)
  expect(lockFaults(lock)).toEqual([])
})

test('behavior: an optional dependency without an entry is a fault', () => {
  const lock: Lock = {
    packages: {
      '': { optionalDependencies: { here: '1', gone: '1' } },
      'node_modules/here': { integrity, optionalDependencies: { nested: '1', hoisted: '1', lost: '1' } },
      'node_modules/here/node_modules/nested': { integrity, optionalDependencies: { sibling: '1' } },
      'node_modules/here/node_modules/sibling': { integrity },
      'node_modules/hoisted': { integrity },
    },
  }
  expect(lockFaults(lock)).toEqual([
    'gone, wanted by package.json, has no entry',
    'lost, wanted by node_modules/here, has no entry',
  ])
})

test('behavior: a missing hash and a download address are faults', () => {
  const lock: Lock = {
    packages: {
      '': {},
      'node_modules/bare': {},
      'node_modules/linked': { link: true },
      'node_modules/addressed': { integrity, resolved: 'https://example.org/a.tgz' },
    },
  }
  expect(lockFaults(lock)).toEqual([
    'node_modules/bare has no integrity',
    'node_modules/addressed carries a download address',
  ])
})
