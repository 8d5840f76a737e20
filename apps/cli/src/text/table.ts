import { padEnd, padStart, shorten, shortenEnd, shortenPath, textWidth } from './cell.js'

/** A column of a table: its heading, and how its cells stand. */
export interface Column {
  readonly heading: string
  readonly align: 'left' | 'right'
  /** Columns that may be shortened share the width that the others leave, by this weight. */
  readonly flex?: number
  /** What a cell that is too wide loses: its middle by default; a path its first folders. */
  readonly cut?: keyof typeof CUTS
}

const CUTS = { middle: shorten, folders: shortenPath, end: shortenEnd }

/** A flexible column is never made narrower than this: less would say nothing. */
const LEAST_FLEX_WIDTH = 6
const GAP = '  '

/** Lines of a table that fits `width`: cells in flexible columns are shortened, no line wraps. */
export function tableLines(columns: readonly Column[], rows: readonly (readonly string[])[], width: number): string[] {
  const headings = columns.map(({ heading }) => heading)
  const wanted = columns.map((_, index) => Math.max(...[headings, ...rows].map((cells) => textWidth(cells[index]))))
  const widths = fit(columns, wanted, width - GAP.length * (columns.length - 1))
  return [headings, ...rows].map((cells) =>
    cells
      .map((cell, index) => {
        const text = CUTS[columns[index].cut ?? 'middle'](cell, widths[index])
        return columns[index].align === 'right' ? padStart(text, widths[index]) : padEnd(text, widths[index])
      })
      .join(GAP)
      .trimEnd(),
  )
}

/** Widths that sum up to `room` at most: what one flexible column does not need goes to the others. */
function fit(columns: readonly Column[], wanted: readonly number[], room: number): number[] {
  const widths = wanted.slice()
  let open = columns.flatMap(({ flex }, index) => (flex === undefined ? [] : [{ index, flex }]))
  let left = room - widths.reduce((sum, width, index) => (columns[index].flex === undefined ? sum + width : sum), 0)
  while (open.length > 0) {
    const weight = open.reduce((sum, { flex }) => sum + flex, 0)
    const share = (flex: number): number => Math.max(LEAST_FLEX_WIDTH, Math.floor((left * flex) / weight))
    const content = open.filter(({ index, flex }) => wanted[index] <= share(flex))
    if (content.length === 0) {
      for (const { index, flex } of open) widths[index] = share(flex)
      break
    }
    for (const { index } of content) left -= widths[index]
    open = open.filter((column) => !content.includes(column))
  }
  return widths
}
