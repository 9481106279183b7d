import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Hex } from 'viem'

// Without the optimizer a first compilation takes a third of the time, and nobody here pays for gas.
const SETTINGS = {
  optimizer: { enabled: false },
  evmVersion: 'shanghai',
  metadata: { appendCBOR: false, bytecodeHash: 'none' },
  outputSelection: { '*': { '*': ['evm.deployedBytecode.object'] } },
}

/** The embedded chain's Solidity sources do not compile. */
export class ContractsDoNotCompile extends Error {
  override name = 'ContractsDoNotCompile'

  constructor(complaints: readonly string[]) {
    super(`Correct the contracts of the embedded chain:\n${complaints.join('\n')}`)
  }
}

/** The code that stands at a contract's address, by the contract's name. */
export type RuntimeCode = Readonly<Record<string, Hex>>

type Sources = Readonly<Record<string, { readonly content: string }>>

type SolcOutput = {
  errors?: { severity: string; formattedMessage: string }[]
  contracts?: Record<string, Record<string, { evm: { deployedBytecode: { object: string } } }>>
}

/**
 * Compile the embedded chain's contracts, or take them from the cache of an earlier run.
 *
 * The cache file is named by the hash of the sources, the settings and the compiler's version; a file that cannot be
 * read as such is compiled anew. Throws ContractsDoNotCompile.
 */
export async function compileContracts(options: { cacheFolder?: string } = {}): Promise<RuntimeCode> {
  const folder = join(dirname(fileURLToPath(import.meta.url)), 'contracts')
  const require = createRequire(import.meta.url)
  const solcManifest = require.resolve('solc/package.json')
  const { version } = JSON.parse(readFileSync(solcManifest, 'utf8')) as { version: string }
  const sources: Record<string, { readonly content: string }> = {}
  for (const name of readdirSync(folder).sort()) {
    if (name.endsWith('.sol')) sources[name] = { content: readFileSync(join(folder, name), 'utf8') }
  }
  const key = createHash('sha256').update(version).update(JSON.stringify({ sources, SETTINGS })).digest('hex')
  const cacheFolder = options.cacheFolder ?? join(dirname(solcManifest), '..', '.cache', 'poolglass')
  const cacheFile = join(cacheFolder, `contracts-${key}.json`)
  const cached = readCache(cacheFile)
  if (cached !== undefined) return cached
  const code = await compileSources(sources)
  mkdirSync(cacheFolder, { recursive: true })
  // Written aside and renamed, because tests in several processes compile at the same time.
  const draft = `${cacheFile}.${process.pid}`
  writeFileSync(draft, JSON.stringify(code))
  renameSync(draft, cacheFile)
  return code
}

/** Compile sources, by file name, without a cache. Throws ContractsDoNotCompile. */
export async function compileSources(sources: Sources): Promise<RuntimeCode> {
  const { default: solc } = await import('solc')
  const input = JSON.stringify({ language: 'Solidity', sources, settings: SETTINGS })
  const output = JSON.parse(solc.compile(input)) as SolcOutput
  const complaints = (output.errors ?? []).filter(({ severity }) => severity === 'error')
  if (complaints.length > 0) {
    throw new ContractsDoNotCompile(complaints.map(({ formattedMessage }) => formattedMessage))
  }
  const code: Record<string, Hex> = {}
  for (const contracts of Object.values(output.contracts ?? {})) {
    for (const [name, { evm }] of Object.entries(contracts)) {
      if (evm.deployedBytecode.object !== '') code[name] = `0x${evm.deployedBytecode.object}`
    }
  }
  return code
}

function readCache(file: string): RuntimeCode | undefined {
  try {
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return isRuntimeCode(content) ? content : undefined
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    if (missing || error instanceof SyntaxError) return undefined
    throw error
  }
}

function isRuntimeCode(content: unknown): content is RuntimeCode {
  if (typeof content !== 'object' || content === null || !('Multicall3' in content)) return false
  return Object.values(content).every(code => typeof code === 'string' && /^0x([0-9a-f]{2})+$/.test(code))
}
