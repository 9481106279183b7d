import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from 'playwright-core'

/** The computer as the search sees it; tests hand in their own. */
export type Machine = {
  env: Readonly<Record<string, string | undefined>>
  platform: NodeJS.Platform
  isRoot: boolean
  /** Where Playwright keeps the browser that it downloaded, whether or not it did. */
  playwrightPath: () => string | undefined
  isRunnable: (path: string) => boolean
  /** Runs a command with its output in sight and says whether it succeeded. */
  run: (command: string, args: readonly string[]) => boolean
}

type FoundBrowser = { path: string; from: 'CHROME_PATH' | 'playwright' | 'system' | 'apt-get' }

export class BrowserNotRunnable extends Error {
  override name = 'BrowserNotRunnable'
  constructor(path: string) {
    super(`CHROME_PATH is set to ${path}, which cannot be run. Correct it, or unset it to search.`)
  }
}

export class BrowserNotFound extends Error {
  override name = 'BrowserNotFound'
  constructor() {
    super(
      'No Chrome, Chromium or Edge found. Run "npx playwright-core install chromium", or set CHROME_PATH to one.',
    )
  }
}

const commands = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
]
const macApplications = ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
  name => `/Applications/${name}.app/Contents/MacOS/${name}`,
)
const windowsRoots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
const windowsPrograms = ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe']

function onPath(names: readonly string[], { env, isRunnable }: Machine): string | undefined {
  const folders = (env['PATH'] ?? '').split(delimiter).filter(folder => folder !== '')
  return names.flatMap(name => folders.map(folder => join(folder, name))).find(isRunnable)
}

function installedProgram(machine: Machine): string | undefined {
  if (machine.platform === 'darwin') return macApplications.find(machine.isRunnable)
  if (machine.platform === 'win32') {
    const roots = windowsRoots.map(name => machine.env[name]).filter(root => root !== undefined)
    return roots.flatMap(root => windowsPrograms.map(program => join(root, program))).find(machine.isRunnable)
  }
  return undefined
}

function installWithApt(machine: Machine): string | undefined {
  if (machine.platform !== 'linux' || !machine.isRoot) return undefined
  const apt = onPath(['apt-get'], machine)
  if (apt === undefined) return undefined
  const installed =
    machine.run(apt, ['update']) && machine.run(apt, ['install', '-y', '--no-install-recommends', 'chromium'])
  return installed ? onPath(commands, machine) : undefined
}

const thisMachine: Machine = {
  env: process.env,
  platform: process.platform,
  isRoot: process.getuid?.() === 0,
  playwrightPath: () => {
    try {
      return chromium.executablePath()
    } catch (error) {
      // Playwright throws where it has no build for the platform; a system browser may still be there.
      if (error instanceof Error) return undefined
      throw error
    }
  },
  isRunnable: path => {
    if (!existsSync(path)) return false
    try {
      accessSync(path, constants.X_OK)
      return true
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EACCES') return false
      throw error
    }
  },
  run: (command, args) =>
    spawnSync(command, args, {
      stdio: 'inherit',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0,
}

/**
 * Find a Chrome, Chromium or Edge to test with: CHROME_PATH, Playwright's own, the system's, or, as root on
 * Debian and its kin, one that is installed now. Throws BrowserNotRunnable or BrowserNotFound.
 */
export function findBrowser({
  install,
  machine = thisMachine,
}: {
  install: boolean
  machine?: Machine
}): FoundBrowser {
  const wanted = machine.env['CHROME_PATH']
  if (wanted !== undefined && wanted !== '') {
    if (!machine.isRunnable(wanted)) throw new BrowserNotRunnable(wanted)
    return { path: wanted, from: 'CHROME_PATH' }
  }
  const own = machine.playwrightPath()
  if (own !== undefined && machine.isRunnable(own)) return { path: own, from: 'playwright' }
  const system = installedProgram(machine) ?? onPath(commands, machine)
  if (system !== undefined) return { path: system, from: 'system' }
  const fresh = install ? installWithApt(machine) : undefined
  if (fresh !== undefined) return { path: fresh, from: 'apt-get' }
  throw new BrowserNotFound()
}
