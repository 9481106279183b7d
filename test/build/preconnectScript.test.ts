import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { compileScript, ScriptNotCompiled } from '../../src/build/compileScript.ts'

const BUILD = join(import.meta.dirname, '../../src/build')
const URL_OF_FIRST = 'https://first.example/</script>'

type Link = { rel?: string; href?: string; crossOrigin?: string }

/** Run the script as the browser would, with a storage that answers or throws. */
async function linksOf(getItem: () => string | null): Promise<Link[]> {
  const code = await compileScript(join(BUILD, 'preconnectScript.ts'), { FIRST_ENDPOINT: URL_OF_FIRST })
  const links: Link[] = []
  const document = {
    querySelector: () => null,
    createElement: (): Link => ({}),
    head: { append: (link: Link) => links.push(link) },
  }
  runInNewContext(code, { document, localStorage: { getItem } })
  return links
}

describe('the script in the head', () => {
  test('default: one link, without credentials as the page’s own requests', async () => {
    expect(await linksOf(() => null)).toEqual([{ rel: 'preconnect', href: URL_OF_FIRST, crossOrigin: '' }])
  })

  test('behavior: a forbidden storage, or one that cannot be read, means no link and no failure', async () => {
    const refuse = (): null => {
      throw new Error('Denied.')
    }
    expect(await linksOf(refuse)).toEqual([])
    expect(await linksOf(() => '{')).toEqual([])
  })

  test('behavior: nothing in it ends the script early', async () => {
    const code = await compileScript(join(BUILD, 'preconnectScript.ts'), { FIRST_ENDPOINT: URL_OF_FIRST })
    expect(code).not.toContain('</script')
  })
})

test('error: ScriptNotCompiled', async () => {
  await expect(compileScript(join(import.meta.dirname, 'support/pictured.ts'), {})).rejects.toThrow(
    ScriptNotCompiled,
  )
})
