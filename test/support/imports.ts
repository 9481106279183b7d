export type Import = {
  line: number /** Missing where the import is there but cannot be read. */
  specifier: string | undefined
}

// TypeScript 7 has no compiler API to ask. These patterns fail towards too much: what starts like an import and
// cannot be read is reported as an import without a specifier, never passed over.
const starts = /^[ \t]*(?:import\b(?!\s*[(.])|export\s+(?:type\s+)?[{*])/gm
const withFrom = /\s*(?:import|export)\s+[^'"`();=]*?\bfrom\s*(['"])(?<specifier>[^'"\n]+)\1/y
const forEffect = /\s*import\s*(['"])(?<specifier>[^'"\n]+)\1/y
const localExport = /\s*export\s+(?:type\s+)?\{[^}]*\}(?!\s*from\b)/y
const calls =
  /\b(?:import|require)\s*\(\s*(?:(['"`])(?<specifier>[^'"`$\n]+)\1\s*[,)])?|\bimport\.meta\.glob\b/g
const comments = /^[ \t]*(?:\/\/|\*|\/\*).*$/gm

function readAt(pattern: RegExp, source: string, index: number): RegExpExecArray | undefined {
  pattern.lastIndex = index
  return pattern.exec(source) ?? undefined
}

/** List every module that a TypeScript source names: imports, type imports, re-exports, import() and require(). */
export function readImports(source: string): Import[] {
  const code = source.replace(comments, '')
  const lineOf = (index: number) => code.slice(0, index).split('\n').length
  const found: Import[] = []
  for (const { index } of code.matchAll(starts)) {
    const read = readAt(withFrom, code, index) ?? readAt(forEffect, code, index)
    if (read === undefined && readAt(localExport, code, index) !== undefined) continue
    found.push({ line: lineOf(index), specifier: read?.groups?.['specifier'] })
  }
  for (const call of code.matchAll(calls)) {
    found.push({ line: lineOf(call.index), specifier: call.groups?.['specifier'] })
  }
  return found.sort((a, b) => a.line - b.line)
}
