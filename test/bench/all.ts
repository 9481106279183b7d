import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

// `npm run bench`: what the readers ask for, then how fast the page paints. The second is told whatever the first says.

const root = join(import.meta.dirname, '../..')
const args = process.argv.slice(2)

const statuses = ['src/cli/bench.ts', 'test/bench/paint.ts'].map(
  file =>
    spawnSync(process.execPath, ['--import', 'tsx', join(root, file), ...args], {
      cwd: root,
      stdio: 'inherit',
    }).status,
)
process.exitCode = statuses.find(status => status !== 0) ?? 0
