import { spawn } from 'node:child_process'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { splitOptions } from '../../src/cli/common/options.ts'
import { complain, print } from '../../src/cli/common/output.ts'
import { type CommandContext, runCommand } from '../../src/cli/common/runCommand.ts'
import { EMBEDDED_GRID } from '../../src/embedded/schedule.ts'
import { startEmbeddedChain } from '../../src/embedded/start.ts'
import { findBrowser } from '../support/findBrowser.ts'
import {
  brokenScores,
  type Device,
  type DeviceRuns,
  type LighthouseReport,
  lighthouseText,
} from './lighthouseReport.ts'
import { buildSite, serveSite } from './site.ts'

const HELP = `Usage: npm run lighthouse -- [--runs N]

Has Lighthouse look at the built page on the embedded chain, five times as a telephone and five times as a desk (or N
times), keeps its reports in test-output/lighthouse/, and ends with 1 where a median is below what is promised.
Lighthouse itself is fetched by npx at the first run; nothing else leaves this machine.`

const LIGHTHOUSE = 'lighthouse@12.8.2'
const OUTPUT = join(import.meta.dirname, '../../test-output/lighthouse')
const RUNS = 5

/** Lighthouse ended without a report. */
class NoReport extends Error {
  override readonly name = 'NoReport'
}

type Look = { readonly url: string; readonly device: Device; readonly chrome: string; readonly name: string }

/** Look at the page once. @throws NoReport with Lighthouse's last words */
async function look({ url, device, chrome, name }: Look, signal: AbortSignal): Promise<LighthouseReport> {
  const path = join(OUTPUT, name)
  const args = [
    '--yes',
    LIGHTHOUSE,
    url,
    '--quiet',
    '--output=json',
    '--output=html',
    `--output-path=${path}`,
  ]
  const flags = [
    '--chrome-flags=--headless=new --no-sandbox',
    ...(device === 'desktop' ? ['--preset=desktop'] : []),
  ]
  const child = spawn('npx', [...args, ...flags], {
    env: { ...process.env, CHROME_PATH: chrome },
    stdio: ['ignore', 'ignore', 'pipe'],
    signal,
  })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (code !== 0) throw new NoReport(`Lighthouse ended with ${code}. It said: ${said.slice(-1000)}`)
  return JSON.parse(await readFile(`${path}.report.json`, 'utf8'))
}

async function lighthouse({ args, atEnd, signal }: CommandContext): Promise<number> {
  const { values } = splitOptions(args, { help: { type: 'boolean' }, runs: { type: 'string' } })
  if (values['help'] === true) {
    print(HELP)
    return 0
  }
  const runs = typeof values['runs'] === 'string' ? Number.parseInt(values['runs'], 10) : RUNS
  const { path: chrome } = findBrowser({ install: true })
  const chain = await startEmbeddedChain()
  atEnd(() => chain.stop())
  const config = {
    chain: 'embedded',
    rpc: [chain.url],
    grid: String(EMBEDDED_GRID),
    exampleWallet: chain.demoWallets.everything,
  } as const
  const { url } = await serveSite(await buildSite(atEnd), config, atEnd)
  await rm(OUTPUT, { recursive: true, force: true })
  await mkdir(OUTPUT, { recursive: true })
  const all: DeviceRuns[] = []
  for (const device of ['mobile', 'desktop'] as const) {
    const reports: LighthouseReport[] = []
    for (let run = 1; run <= runs; run += 1)
      reports.push(await look({ url, device, chrome, name: `${device}-${run}` }, signal))
    all.push({ device, reports })
  }
  print(lighthouseText(all))
  print(`The reports are in ${OUTPUT}.`)
  const broken = brokenScores(all)
  for (const words of broken) complain(`Below what is promised: ${words}.`)
  return broken.length === 0 ? 0 : 1
}

await runCommand('answers', lighthouse)
