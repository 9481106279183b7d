import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { build, type Plugin } from 'vite'
import { compileScript } from './compileScript.ts'
import { isOwnRoot, ROOT } from './ownRoot.ts'

const EMPTY = '<div id="root"></div>'

/** The page before its script could not be drawn. */
export class FirstPaintNotDrawn extends Error {
  override readonly name = 'FirstPaintNotDrawn'
  constructor(why: string) {
    super(`The page before its script could not be drawn: ${why.trim().slice(-2_000)}`)
  }
}

/**
 * Write heights where the content policy lets a script read them: no markup may carry a style.
 * @throws FirstPaintNotDrawn for any other style
 */
export function withoutStyles(markup: string): string {
  const plain = markup.replace(/ style="height: ([\d.]+px);"/g, ' data-height="$1"')
  const [style] = / style="[^"]*"/.exec(plain) ?? []
  if (style !== undefined) throw new FirstPaintNotDrawn(`${style} is refused by the content policy.`)
  return plain
}

const NOTICES_SCRIPT = '<script data-notices=""></script>'

/** Put the script of the notices in its place. @throws FirstPaintNotDrawn where there is none */
export function withNotices(markup: string, script: string): string {
  if (!markup.includes(NOTICES_SCRIPT)) throw new FirstPaintNotDrawn('It has no place for its notices.')
  return markup.replace(NOTICES_SCRIPT, () => `<script>${script}</script>`)
}

/** Refuse a page on which something has failed already. @throws FirstPaintNotDrawn */
export function withoutFailures(markup: string): string {
  const [, failure] = /role="alert"[^>]*>(.{0,300})/s.exec(markup) ?? []
  if (failure !== undefined) throw new FirstPaintNotDrawn(failure.replace(/<[^>]*>/g, ' '))
  return markup
}

function printOf(file: string): Promise<string> {
  const child = spawn(process.execPath, [file], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] })
  const [said, complained]: Buffer[][] = [[], []]
  child.stdout.on('data', (chunk: Buffer) => said?.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => complained?.push(chunk))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', code => {
      if (code === 0) resolve(Buffer.concat(said ?? []).toString())
      else reject(new FirstPaintNotDrawn(Buffer.concat(complained ?? []).toString()))
    })
  })
}

/** Draw the pending overview from the page's own components. @throws FirstPaintNotDrawn */
async function drawFirstPaint(): Promise<string> {
  const cache = join(ROOT, 'node_modules/.cache')
  await mkdir(cache, { recursive: true })
  // Beside the packages that it imports.
  const outDir = await mkdtemp(join(cache, 'first-paint-'))
  try {
    await build({
      root: ROOT,
      configFile: false,
      publicDir: false,
      logLevel: 'error',
      build: {
        ssr: join(import.meta.dirname, 'pendingDraw.ts'),
        outDir,
        target: 'es2022',
        rolldownOptions: { output: { entryFileNames: 'draw.mjs', chunkFileNames: '[name]-[hash].mjs' } },
      },
    })
    return withoutFailures(withoutStyles(await printOf(join(outDir, 'draw.mjs'))))
  } finally {
    await rm(outDir, { recursive: true, force: true })
  }
}

/** Have the built page show the overview, still without figures, while its script is on the way. */
export function firstPaint(): Plugin {
  let isOwnPage = false
  return {
    name: 'first-paint',
    apply: 'build',
    configResolved: ({ root }) => {
      isOwnPage = isOwnRoot(root)
    },
    transformIndexHtml: {
      order: 'post',
      handler: async html => {
        if (!isOwnPage || !html.includes(EMPTY)) return html
        const [drawn, script, notices] = await Promise.all([
          drawFirstPaint(),
          compileScript(join(import.meta.dirname, 'firstPaintScript.ts'), {}),
          compileScript(join(import.meta.dirname, 'noticesScript.ts'), {}),
        ])
        const markup = withNotices(drawn, notices)
        return html.replace(
          EMPTY,
          () => `<div id="root"><div inert>${markup}</div></div>\n    <script>${script}</script>`,
        )
      },
    },
  }
}
