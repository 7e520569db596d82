/** Tables on the terminal: the first column is text, the others are numbers, aligned right. */

export type Cell = string | number

/** Numbers get three significant digits, which is more than a measurement is worth. */
export function printTable(title: string, header: readonly string[], rows: readonly (readonly Cell[])[]): void {
  const texts = [header, ...rows.map((row) => row.map(cellText))]
  const widths = header.map((_, column) => Math.max(...texts.map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]) =>
    row
      .map((text, column) => (column === 0 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd()

  console.log(`\n${title}\n`)
  const [head = [], ...body] = texts
  console.log(line(head))
  console.log(widths.map((width) => '-'.repeat(width)).join('  '))
  for (const row of body) console.log(line(row))
}

function cellText(cell: Cell): string {
  if (typeof cell === 'string') return cell
  if (!Number.isFinite(cell)) return '-'
  if (Math.abs(cell) >= 1000) return Math.round(cell).toLocaleString('en-US')
  return cell.toPrecision(3)
}
