/** A cell, quoted or not, and what ends it. */
const CELL = /(?:"(?<quoted>(?:[^"]|"")*)"|(?<plain>[^",\r\n]*))(?<end>,|\r\n)/gy

/** Read RFC 4180, as a spreadsheet does; what is none leaves its rest out. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]]
  for (const { groups } of text.matchAll(CELL)) {
    rows.at(-1)?.push(groups?.['quoted']?.replaceAll('""', '"') ?? groups?.['plain'] ?? '')
    if (groups?.['end'] === '\r\n') rows.push([])
  }
  return rows.slice(0, -1)
}
