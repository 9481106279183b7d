import { type CsvCell, csvTable } from '../../format/csv.ts'

export type Column = { readonly title: string; readonly align?: 'left' | 'right' }

/** Lay out rows under their titles, aligned with spaces. */
export function textTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map(({ title }, index) =>
    Math.max(title.length, ...rows.map(row => row[index]?.length ?? 0)),
  )
  const line = (cells: readonly string[]): string =>
    columns
      .map(({ align }, index) => {
        const [cell = '', width = 0] = [cells[index], widths[index]]
        return align === 'right' ? cell.padStart(width) : cell.padEnd(width)
      })
      .join('  ')
      .trimEnd()
  return [line(columns.map(({ title }) => title)), ...rows.map(line)].join('\n')
}

/** Take the same fields out of every record, under their names. */
export function csvOf<Row extends Readonly<Record<string, CsvCell>>>(
  fields: readonly (keyof Row & string)[],
  rows: readonly Row[],
): string {
  return csvTable(
    fields,
    rows.map(row => fields.map(field => row[field] ?? null)),
  )
}
