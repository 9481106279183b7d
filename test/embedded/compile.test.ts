import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { PLACES } from '../../src/embedded/addresses.ts'
import { ContractsDoNotCompile, compileContracts, compileSources } from '../../src/embedded/compile.ts'

const cacheFolder = mkdtempSync(join(tmpdir(), 'poolglass-'))
afterAll(() => rmSync(cacheFolder, { recursive: true }))

const cacheFile = () => join(cacheFolder, readdirSync(cacheFolder)[0] ?? '')

// On a busy machine a compilation takes many times its 2 s.
describe('compileContracts', { timeout: 60_000 }, () => {
  test('default', async () => {
    const code = await compileContracts({ cacheFolder })
    expect(Object.keys(code).length).toBeGreaterThanOrEqual(Object.keys(PLACES).length)
    expect(code['Multicall3']).toMatch(/^0x60/)
    expect(readdirSync(cacheFolder)).toHaveLength(1)
  })

  test('behavior: the cache is taken where it can be read', async () => {
    const code = await compileContracts({ cacheFolder })
    writeFileSync(cacheFile(), JSON.stringify({ ...code, Marker: '0x00' }))
    expect((await compileContracts({ cacheFolder }))['Marker']).toBe('0x00')
  })

  test.each(['{"Multicall3":"0x6', 'null', '{"Multicall3":"rubbish"}'])(
    'behavior: a cache of %s is compiled anew',
    async content => {
      writeFileSync(cacheFile(), content)
      expect((await compileContracts({ cacheFolder }))['Multicall3']).toMatch(/^0x60/)
      expect(readFileSync(cacheFile(), 'utf8')).not.toBe(content)
    },
  )

  test('error: ContractsDoNotCompile', async () => {
    const sources = { 'Broken.sol': { content: 'contract Broken { uint256 }' } }
    await expect(compileSources(sources)).rejects.toThrow(ContractsDoNotCompile)
  })
})
