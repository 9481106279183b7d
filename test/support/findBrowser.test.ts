import { expect, test } from 'vitest'
import { BrowserNotFound, BrowserNotRunnable, findBrowser, type Machine } from './findBrowser.ts'

function machineWith(files: readonly string[], changes: Partial<Machine> = {}): Machine & { ran: string[] } {
  const ran: string[] = []
  return {
    env: { PATH: '/usr/local/bin:/usr/bin' },
    platform: 'linux',
    isRoot: false,
    playwrightPath: () => '/cache/playwright/chrome',
    isRunnable: path => files.includes(path),
    run: (command, args) => {
      ran.push([command, ...args].join(' '))
      return true
    },
    ...changes,
    ran,
  }
}

const everything = ['/my/chrome', '/cache/playwright/chrome', '/usr/bin/google-chrome']

test('default: CHROME_PATH goes before Playwright, Playwright before the system', () => {
  const named = machineWith(everything, { env: { CHROME_PATH: '/my/chrome', PATH: '/usr/bin' } })
  expect(findBrowser({ install: true, machine: named })).toEqual({ path: '/my/chrome', from: 'CHROME_PATH' })
  expect(findBrowser({ install: true, machine: machineWith(everything) }).from).toBe('playwright')
  const system = machineWith(['/usr/bin/google-chrome'])
  expect(findBrowser({ install: true, machine: system })).toEqual({
    path: '/usr/bin/google-chrome',
    from: 'system',
  })
})

test('error: BrowserNotRunnable, rather than quietly another browser', () => {
  const machine = machineWith(everything, { env: { CHROME_PATH: '/gone', PATH: '/usr/bin' } })
  expect(() => findBrowser({ install: true, machine })).toThrow(BrowserNotRunnable)
})

test('behavior: Mac and Windows programs are found outside of the PATH', () => {
  const edge = '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge'
  const mac = machineWith([edge], { platform: 'darwin' })
  expect(findBrowser({ install: false, machine: mac })).toEqual({ path: edge, from: 'system' })
  const windows = machineWith([], {
    platform: 'win32',
    env: { PROGRAMFILES: 'C:\\Programs' },
    isRunnable: path => path.startsWith('C:\\Programs') && path.endsWith('chrome.exe'),
  })
  expect(findBrowser({ install: false, machine: windows }).from).toBe('system')
})

test('behavior: root on Debian installs one', () => {
  const files = ['/usr/bin/apt-get']
  const machine = machineWith(files, { isRoot: true })
  const run = machine.run
  machine.run = (command, args) => {
    if (args.includes('chromium')) files.push('/usr/bin/chromium')
    return run(command, args)
  }
  expect(findBrowser({ install: true, machine })).toEqual({ path: '/usr/bin/chromium', from: 'apt-get' })
  expect(machine.ran).toEqual([
    '/usr/bin/apt-get update',
    '/usr/bin/apt-get install -y --no-install-recommends chromium',
  ])
})

test('error: BrowserNotFound, without an installation that was not asked for or cannot work', () => {
  const apt = ['/usr/bin/apt-get']
  const attempts = [
    { install: false, machine: machineWith(apt, { isRoot: true }) },
    { install: true, machine: machineWith(apt) },
    { install: true, machine: machineWith([], { isRoot: true }) },
    { install: true, machine: machineWith(apt, { isRoot: true, platform: 'darwin' }) },
  ]
  for (const attempt of attempts) {
    expect(() => findBrowser(attempt)).toThrow(BrowserNotFound)
    expect(attempt.machine.ran).toEqual([])
  }
})

test('error: BrowserNotFound where apt-get fails', () => {
  const machine = machineWith(['/usr/bin/apt-get'], { isRoot: true, run: () => false })
  expect(() => findBrowser({ install: true, machine })).toThrow(BrowserNotFound)
})
