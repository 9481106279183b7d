import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Counts } from './countReporter.ts'
import { findBrowser } from './findBrowser.ts'
import { lockFaults, readLock } from './lock.ts'
import { describeMeasure, isOverBudget, measureBuild } from './size.ts'

// Runs the steps of `npm run check` and `npm test` one after the other and ends with "N passed, N failed":
// the tests of every vitest run, and one failure for each other step that fails.

type Step = {
  name: string
  /** Steps without which this one would say nothing. */
  needs?: readonly string[]
  run: () => Counts
}

const nothing: Counts = { passed: 0, failed: 0, skipped: 0 }
const failure: Counts = { ...nothing, failed: 1 }
const root = join(import.meta.dirname, '../..')

/** Run a package's program in its own process, in sight, and say whether it succeeded. */
function succeeds(packageName: string, program: string, args: readonly string[], env = {}): boolean {
  const file = join(root, 'node_modules', packageName, program)
  const options = {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, LC_ALL: 'en_US.UTF-8', ...env },
  } as const
  return spawnSync(process.execPath, [file, ...args], options).status === 0
}

function tool(packageName: string, program: string, ...args: string[]): Counts {
  return succeeds(packageName, program, args) ? nothing : failure
}

function vitest(name: string, ...projects: string[]): Counts {
  const file = join(root, 'test-output', `${name}.json`)
  rmSync(file, { force: true })
  const args = ['run', ...projects.flatMap(project => ['--project', project])]
  const succeeded = succeeds('vitest', 'vitest.mjs', args, { TEST_COUNTS: file })
  if (!existsSync(file)) return failure
  const counts: Counts = JSON.parse(readFileSync(file, 'utf8'))
  // A run can fail as a whole though each of its tests passed.
  return succeeded ? counts : { ...counts, failed: Math.max(1, counts.failed) }
}

function checkLock(): Counts {
  const faults = lockFaults(readLock())
  for (const fault of faults) console.log(fault)
  return faults.length === 0 ? nothing : failure
}

function checkSize(): Counts {
  const measures = measureBuild(join(root, 'dist'))
  for (const measure of measures) console.log(describeMeasure(measure))
  return measures.some(isOverBudget) ? failure : nothing
}

function checkBrowser(): Counts {
  const { path, from } = findBrowser({ install: true })
  console.log(`${path} (${from})`)
  return nothing
}

const build: Step = { name: 'build', run: () => tool('vite', 'bin/vite.js', 'build') }
const size: Step = { name: 'size', needs: ['build'], run: checkSize }
const checks: Step[] = [
  { name: 'lock', run: checkLock },
  { name: 'types', run: () => tool('typescript', 'bin/tsc', '--noEmit') },
  { name: 'lint', run: () => tool('@biomejs/biome', 'bin/biome', 'check', '--error-on-warnings') },
  { name: 'unused', run: () => tool('knip', 'bin/knip.js') },
  { name: 'unit tests', run: () => vitest('unit', 'unit', 'views') },
  build,
  size,
]
const browserSteps: Step[] = [
  { name: 'browser', run: checkBrowser },
  { name: 'browser tests', needs: ['build', 'browser'], run: () => vitest('browser', 'browser') },
]
const plans: Readonly<Record<string, readonly Step[]>> = {
  check: checks,
  all: [...checks, ...browserSteps],
  browser: [build, ...browserSteps],
  size: [build, size],
}

function attempt(step: Step): Counts {
  try {
    return step.run()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return failure
  }
}

function runPlan(steps: readonly Step[]): Counts {
  const total = { ...nothing }
  const failed = new Set<string>()
  const lines: string[] = []
  for (const step of steps) {
    const obstacle = step.needs?.find(name => failed.has(name))
    if (obstacle !== undefined) {
      failed.add(step.name)
      lines.push(`${step.name}: not run, because ${obstacle} failed`)
      continue
    }
    console.log(`\n== ${step.name}`)
    const start = performance.now()
    const counts = attempt(step)
    total.passed += counts.passed
    total.failed += counts.failed
    total.skipped += counts.skipped
    if (counts.failed > 0) failed.add(step.name)
    const verdict = counts.failed > 0 ? 'FAILED' : 'ok'
    const tests = counts.passed > 0 ? `, ${counts.passed} passed, ${counts.skipped} skipped` : ''
    lines.push(`${step.name}: ${verdict} (${((performance.now() - start) / 1000).toFixed(1)} s${tests})`)
  }
  console.log(`\n== summary\n${lines.join('\n')}`)
  return total
}

const steps = plans[process.argv[2] ?? '']
if (steps === undefined) {
  console.error(`Usage: tsx test/support/run.ts ${Object.keys(plans).join(' | ')}`)
  process.exit(2)
}
const { passed, failed } = runPlan(steps)
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
