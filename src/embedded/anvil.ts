import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'

const HOST = '127.0.0.1'
const START_TIMEOUT = 30_000
/** A first `npx` downloads 44 MB. */
const NPX_START_TIMEOUT = 180_000
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** There is no anvil on this machine, and none could be fetched. */
export class AnvilNotFound extends Error {
  override name = 'AnvilNotFound'

  constructor(tried: string, options?: ErrorOptions) {
    super(
      `No anvil could be run (${tried}). Install Foundry (getfoundry.sh), or set ANVIL_PATH to the anvil program.`,
      options,
    )
  }
}

/** The port that was asked for is taken. */
export class PortTaken extends Error {
  override name = 'PortTaken'

  constructor(port: number, options?: ErrorOptions) {
    super(`Port ${port} of ${HOST} is in use; stop what uses it, or choose another port.`, options)
  }
}

/** Anvil was started and ended, or said nothing, before it was ready. */
export class AnvilDidNotStart extends Error {
  override name = 'AnvilDidNotStart'

  constructor(said: string) {
    super(`Anvil did not become ready. Its last words: ${said.trim().slice(-500) || 'none'}`)
  }
}

/** A running anvil. `exited` settles when its process has ended, for whatever reason. */
export type Anvil = {
  readonly url: string
  readonly port: number
  readonly pid: number
  readonly exited: Promise<void>
  stop(): Promise<void>
}

type Program = { readonly command: string; readonly leading: readonly string[]; readonly viaNpx: boolean }

/**
 * Find the anvil to run: ANVIL_PATH, the installed npm package, the PATH, then npx.
 *
 * Throws AnvilNotFound when ANVIL_PATH is set to nothing that exists.
 */
export function findAnvil(environment: NodeJS.ProcessEnv = process.env): Program {
  const direct = (command: string) => ({ command, leading: [], viaNpx: false })
  const chosen = environment['ANVIL_PATH']
  if (chosen !== undefined && chosen !== '') {
    if (!existsSync(chosen)) throw new AnvilNotFound(`ANVIL_PATH names ${chosen}, which does not exist`)
    return direct(chosen)
  }
  const packaged = findPackagedAnvil()
  if (packaged !== undefined) return direct(packaged)
  if (spawnSync('anvil', ['--version'], { env: environment, stdio: 'ignore' }).status === 0)
    return direct('anvil')
  return { command: 'npx', leading: ['--yes', '@foundry-rs/anvil@1.7.1'], viaNpx: true }
}

function findPackagedAnvil(): string | undefined {
  const architecture = process.arch === 'x64' ? 'amd64' : process.arch
  const name = `@foundry-rs/anvil-${process.platform}-${architecture}`
  try {
    const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`)
    const binary = join(dirname(manifest), 'bin', 'anvil')
    return existsSync(binary) ? binary : undefined
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') return undefined
    throw error
  }
}

/**
 * Start an anvil of our own on 127.0.0.1, with no block but the first, and wait until it answers.
 *
 * `port` 0 takes any free port. `timestamp` (seconds) is that of block 0.
 * Throws AnvilNotFound, PortTaken or AnvilDidNotStart, and leaves no process behind when it does.
 */
export async function startAnvil(options: {
  port: number
  chainId: number
  timestamp: bigint
  environment?: NodeJS.ProcessEnv
}): Promise<Anvil> {
  const program = findAnvil(options.environment)
  if (options.port !== 0) await assertPortFree(options.port)
  // Shanghai, because later forks write to a contract in each block, which slows anvil down more with every block.
  // Pruning with a large number keeps all states in memory: by default old ones become unreadable.
  const flags =
    `--host ${HOST} --port ${options.port} --chain-id ${options.chainId} --timestamp ${options.timestamp} ` +
    '--hardfork shanghai --prune-history 100000 --no-mining --accounts 0 --order fifo --color never'
  const child = spawn(program.command, [...program.leading, ...flags.split(' ')], {
    env: options.environment ?? process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    // npx starts anvil as a child of its own: only as a group can both be stopped.
    detached: program.viaNpx,
  })
  const kill = () => killChild(child, program.viaNpx)
  const release = stopWithThisProcess(kill)
  const exited = new Promise<void>(resolve => {
    child.once('close', () => resolve())
    child.once('error', () => resolve())
  }).then(release)
  const stop = async () => {
    kill()
    await exited
  }
  try {
    const port = await waitUntilListening(child, program.viaNpx ? NPX_START_TIMEOUT : START_TIMEOUT)
    return { url: `http://${HOST}:${port}`, port, pid: child.pid ?? 0, exited, stop }
  } catch (error) {
    await stop()
    if (error instanceof AnvilDidNotStart && /address already in use/i.test(error.message)) {
      throw new PortTaken(options.port, { cause: error })
    }
    if (error instanceof AnvilDidNotStart && program.viaNpx) {
      throw new AnvilNotFound('npx could not fetch @foundry-rs/anvil either', { cause: error })
    }
    throw error
  }
}

function killChild(child: ChildProcess, group: boolean): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  if (group && process.platform !== 'win32') process.kill(-child.pid, 'SIGKILL')
  else child.kill('SIGKILL')
}

/** Run `kill` when this process ends, by itself or by a signal; give the function that takes this back. */
function stopWithThisProcess(kill: () => void): () => void {
  const onSignal = (signal: NodeJS.Signals) => {
    kill()
    release()
    // Somebody else who listens decides how the process ends; else it ends as if nobody had listened.
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal)
  }
  const release = () => {
    process.off('exit', kill)
    for (const signal of SIGNALS) process.off(signal, onSignal)
  }
  process.on('exit', kill)
  for (const signal of SIGNALS) process.on(signal, onSignal)
  return release
}

/** Read anvil's own words for the port that it took, so that no other server can be mistaken for it. */
function waitUntilListening(child: ChildProcess, timeout: number): Promise<number> {
  return new Promise((resolve, reject) => {
    let said = ''
    const timer = setTimeout(
      () => reject(new AnvilDidNotStart(`${said}\n(no answer in ${timeout} ms)`)),
      timeout,
    )
    const listen = (chunk: unknown) => {
      said = (said + String(chunk)).slice(-4000)
      const port = /Listening on [\d.]+:(\d+)/.exec(said)?.[1]
      if (port === undefined) return
      clearTimeout(timer)
      // The pipe must go on being emptied, or anvil stops when it is full.
      child.stdout?.off('data', listen).resume()
      child.stderr?.off('data', listen).resume()
      resolve(Number(port))
    }
    child.stdout?.on('data', listen)
    child.stderr?.on('data', listen)
    child.once('error', cause => {
      clearTimeout(timer)
      reject(new AnvilNotFound(child.spawnfile, { cause }))
    })
    child.once('close', code => {
      clearTimeout(timer)
      reject(new AnvilDidNotStart(`${said}\n(exit code ${code})`))
    })
  })
}

function assertPortFree(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', cause => reject(new PortTaken(port, { cause })))
    probe.listen(port, HOST, () => probe.close(() => resolve()))
  })
}
