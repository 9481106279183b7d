/** What a record's figures may be; null where a figure is not known. */
export type CsvCell = string | null

const quoted = (cell: CsvCell): string =>
  cell === null ? '' : /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell

/** Write records as RFC 4180 with a header row: CRLF after each line, quotes where needed, nothing for null. */
export const csvTable = (header: readonly string[], rows: readonly (readonly CsvCell[])[]): string =>
  [header, ...rows].map(row => `${row.map(quoted).join(',')}\r\n`).join('')

/** Spreadsheets compute what begins so, in either width of the letters, and look past blanks before it. */
const FORMULA = /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/

/** Make a text that no spreadsheet takes for a formula: an apostrophe before it says that it is text. */
export const inertText = (text: string): string =>
  FORMULA.test(text) || /^[\t\r\n]/.test(text) ? `'${text}` : text
