import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

// `npm run bench`: what the readers ask for, how fast the page paints, and how soon its first figure stands. Each is told
// whatever the others say.

const root = join(import.meta.dirname, '../..')
const args = process.argv.slice(2)

const statuses = ['src/cli/bench.ts', 'test/bench/paint.ts', 'test/bench/firstFigure.ts'].map(
  file =>
    spawnSync(process.execPath, ['--import', 'tsx', join(root, file), ...args], {
      cwd: root,
      stdio: 'inherit',
    }).status,
)
process.exitCode = statuses.find(status => status !== 0) ?? 0
