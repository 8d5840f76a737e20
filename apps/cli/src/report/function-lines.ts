import { estimatedTimes, type FunctionRow } from '@tracer/call-tree'
import type { Trace } from '@tracer/core'
import { count, duration } from '@tracer/text-format'
import type { FunctionOrder } from '../options/report-options.js'
import { printable } from '../text/cell.js'
import { tableLines, type Column } from '../text/table.js'
import { placeOf } from './place.js'

/** A column of the function table, by what it shows. */
export type FunctionColumn = 'self' | 'total' | 'calls' | 'mean' | 'max' | 'name' | 'place'

const COLUMNS: Readonly<Record<FunctionColumn, Column>> = {
  self: { heading: 'Self', align: 'right' },
  total: { heading: 'Total', align: 'right' },
  calls: { heading: 'Calls', align: 'right' },
  mean: { heading: 'Mean', align: 'right' },
  max: { heading: 'Max', align: 'right' },
  name: { heading: 'Function', align: 'left', flex: 1 },
  place: { heading: 'Position', align: 'left', flex: 1, cut: 'folders' },
}

const ANONYMOUS = '(anonymous)'

/** Marks a time that holds an estimate for calls that left no slice. */
export const ESTIMATE_MARK = '~'

/** The function table as lines that fit `width`; the first is the heading. */
export function functionLines(
  trace: Trace,
  rows: readonly FunctionRow[],
  columns: readonly FunctionColumn[],
  layout: { readonly width: number; readonly cwd: string },
): string[] {
  const cell = (row: FunctionRow, column: FunctionColumn): string => {
    const site = trace.sites[row.site]
    const { isEstimate, selfNs, totalNs, meanNs } = estimatedTimes(row)
    const time = (ns: number): string => (isEstimate ? ESTIMATE_MARK : '') + duration(ns)
    switch (column) {
      case 'self':
        return time(selfNs)
      case 'total':
        return time(totalNs)
      case 'calls':
        return count(row.calls)
      case 'mean':
        return time(meanNs)
      case 'max':
        return row.recordedCalls === 0 ? '' : duration(row.maxNs)
      case 'name':
        // The name of a function without one is its position, which stands beside it.
        return site.name.startsWith(ANONYMOUS) && columns.includes('place') ? ANONYMOUS : printable(site.name)
      case 'place':
        return placeOf(site, layout.cwd)
    }
  }
  return tableLines(
    columns.map((column) => COLUMNS[column]),
    rows.map((row) => columns.map((column) => cell(row, column))),
    layout.width,
  )
}

/** Rows in the order asked for: numbers from the largest, names from A. */
export function sortedFunctions(trace: Trace, rows: readonly FunctionRow[], order: FunctionOrder): FunctionRow[] {
  const name = (row: FunctionRow): string => trace.sites[row.site].name
  switch (order) {
    case 'self':
      return rows.toSorted((a, b) => estimatedTimes(b).selfNs - estimatedTimes(a).selfNs)
    case 'total':
      return rows.toSorted((a, b) => estimatedTimes(b).totalNs - estimatedTimes(a).totalNs)
    case 'calls':
      return rows.toSorted((a, b) => b.calls - a.calls)
    case 'name':
      return rows.toSorted((a, b) => name(a).localeCompare(name(b), 'en'))
  }
}
