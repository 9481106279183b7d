import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo, Server, Socket } from 'node:net'
import { join } from 'node:path'
import type { Readable } from 'node:stream'

const root = join(import.meta.dirname, '../..')

export type Command = 'start' | 'read' | 'chain'
export type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string }

export type Running = {
  readonly pid: number
  /** Resolves once standard output matches, with the match; rejects where the command ends before. */
  readonly says: (pattern: RegExp) => Promise<RegExpExecArray>
  readonly send: (signal: NodeJS.Signals) => void
  readonly ended: Promise<Ended>
}

/** vitest's own settings must not reach a command that a user would start from a shell. */
const plainEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(NODE_ENV|VITEST.*)$/.test(name)))

type Piped = ChildProcess & { readonly stdout: Readable; readonly stderr: Readable }

/** Start a real command of the command line in its own process. */
export function startCommand(command: Command, ...args: string[]): Running {
  const file = join(root, `src/cli/${command}.ts`)
  const child: Piped = spawn(process.execPath, ['--import', 'tsx', file, ...args], {
    cwd: root,
    env: plainEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', chunk => {
    stdout += chunk
  })
  child.stderr.on('data', chunk => {
    stderr += chunk
  })
  const ended = new Promise<Ended>(resolve => {
    child.once('close', code => resolve({ code, stdout, stderr }))
  })
  const says = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const match = pattern.exec(stdout)
        if (match !== null) resolve(match)
      }
      look()
      child.stdout.on('data', look)
      child.once('close', () => reject(new Error(`ended before it said ${pattern}: ${stdout}${stderr}`)))
    })
  return { pid: child.pid ?? 0, says, send: signal => child.kill(signal), ended }
}

/** Run a real command to its end. */
export const runCommand = (command: Command, ...args: string[]): Promise<Ended> =>
  startCommand(command, ...args).ended

type Process = { readonly pid: number; readonly parent: number; readonly words: string }

/** List what runs; what has ended and only waits to be taken note of does not run. */
function processes(): Process[] {
  const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat=,args=']).toString().trim().split('\n')
  return rows.flatMap(row => {
    const [pid, parent, state = '', ...words] = row.trim().split(/\s+/)
    return state.startsWith('Z') ? [] : [{ pid: Number(pid), parent: Number(parent), words: words.join(' ') }]
  })
}

/** List a process's children, their children, and so on. */
export function descendants(pid: number): number[] {
  const all = processes()
  const below = (parent: number): number[] =>
    all.flatMap(child => (child.parent === parent ? [child.pid, ...below(child.pid)] : []))
  return below(pid)
}

/** Say which of some processes still run, by their command lines. */
export const stillRunning = (pids: readonly number[]): string[] =>
  processes()
    .filter(({ pid }) => pids.includes(pid))
    .map(({ pid, words }) => `${pid} ${words}`)

export type FakeEndpoint = { readonly url: string; readonly stop: () => Promise<void> }

async function listen(server: Server): Promise<FakeEndpoint> {
  const sockets = new Set<Socket>()
  server.on('connection', socket => sockets.add(socket))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

/** Listen on 127.0.0.1 and answer each request with the same text. */
export const startAnswering = (text: string): Promise<FakeEndpoint> =>
  listen(createServer((_, response) => response.end(text)))

/** Listen on 127.0.0.1 with a listener of one's own. */
export const startListening = (listener: RequestListener): Promise<FakeEndpoint> =>
  listen(createServer(listener))

/** Listen on 127.0.0.1 and hang up on everybody once they have asked. */
export const startHangingUp = (): Promise<FakeEndpoint> =>
  listen(createServer(request => request.socket.destroy()))

export type RpcMessage = { readonly id: number; readonly method: string; readonly params: readonly unknown[] }

/** Listen on 127.0.0.1 as a node that answers with what `result` gives. */
export const startFakeNode = (result: (message: RpcMessage) => unknown): Promise<FakeEndpoint> =>
  startListening((request, response) => {
    let body = ''
    request.on('data', chunk => {
      body += chunk
    })
    request.on('end', () => {
      const message: RpcMessage = JSON.parse(body)
      response.end(JSON.stringify({ jsonrpc: '2.0', id: message.id, result: result(message) }))
    })
  })
