// The rules of the house that concern whole files. Each takes file names from the repository's root.

const layersWithTests = /^src\/(?<layer>math|pools|chain|store)\/(?<name>.+)\.tsx?$/
const runtimeExport = /^export (?:(?:async )?function|const|let|class|default|\*(?! as type)|\{)/m
const poolDefinition = /^export const \w+(?: = definePool\(|: AboutToken(?:less)? = )/m

/** Name each module of math, pools, chain and store that has something to test and no test beside its name. */
export function untestedModules(sources: ReadonlyMap<string, string>, tests: ReadonlySet<string>): string[] {
  const isTested = (file: string, source: string) => {
    const { layer, name } = layersWithTests.exec(file)?.groups ?? {}
    if (layer === undefined || name === undefined || !runtimeExport.test(source)) return true
    const wanted = [`test/${layer}/${name}.test.ts`, `test/${layer}/${name}.test.tsx`]
    // One test loops over all definitions.
    if (layer === 'pools' && (name === 'index' || poolDefinition.test(source))) {
      wanted.push('test/pools/definitions.test.ts')
    }
    return wanted.some(test => tests.has(test))
  }
  return [...sources].filter(([file, source]) => !isTested(file, source)).map(([file]) => file)
}

export function longFiles(sources: ReadonlyMap<string, string>, limit: number): string[] {
  return [...sources]
    .map(([file, source]) => ({ file, lines: source.trimEnd().split('\n').length }))
    .filter(({ lines }) => lines > limit)
    .map(({ file, lines }) => `${file} has ${lines} lines`)
}

/** Name the barrels and default exports, which src has none of but src/pools/index.ts. */
export function unwantedExports(file: string, source: string): string[] {
  const found: string[] = []
  if (/\/index\.tsx?$/.test(file) && file !== 'src/pools/index.ts') found.push(`${file} is a barrel`)
  if (/^\s*export\s+default\b|\bas\s+default\b/m.test(source)) found.push(`${file} has a default export`)
  return found
}

// Written in pieces, so that this file does not count as one that suppresses.
const directives = ['biome-' + 'ignore', '@ts-' + 'expect-error', '@ts-' + 'ignore', '@ts-' + 'nocheck']
const suppression = new RegExp(`(?:${directives.join('|')})(?<rest>[^\\n]*)`, 'g')

type Suppressions = { count: number; withoutReason: string[] }

/** Count the comments that silence a tool, and name those that do not say why. */
export function suppressions(sources: ReadonlyMap<string, string>): Suppressions {
  const found = [...sources].flatMap(([file, source]) =>
    [...source.matchAll(suppression)].map(match => ({ file, rest: match.groups?.['rest'] ?? '' })),
  )
  // "lint/group/rule: reason" for Biome, ": reason" or plain words for tsc.
  const hasReason = (rest: string) =>
    rest.replace(/^[\w-]*\s+lint\/[\w/]+/, '').replace(/[^a-z]/gi, '').length >= 10
  return {
    count: found.length,
    withoutReason: found.filter(({ rest }) => !hasReason(rest)).map(({ file }) => file),
  }
}
