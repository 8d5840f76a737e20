import { estimatedTimes, type FunctionRow } from '@tracer/call-tree'
import type { Trace } from '@tracer/core'
import { count, counted, duration, type Markup, type Places } from '@tracer/text-format'
import { markup } from './markup.js'
import { barMarkup, siteMarkup } from './site-markup.js'

/** Marks a time that holds an estimate for calls that left no slice. */
const ESTIMATE_MARK = '~'

/** The function table; the page's script sorts it by `data-value` and filters it. */
export function* functionSection(
  trace: Trace,
  rows: readonly FunctionRow[],
  places: Places,
  most: number,
): Generator<Markup, void, undefined> {
  const sorted = rows.toSorted((a, b) => estimatedTimes(b).selfNs - estimatedTimes(a).selfNs).slice(0, most)
  const dearestNs = sorted.length === 0 ? 0 : estimatedTimes(sorted[0]).selfNs
  const more = rows.length - sorted.length
  yield markup`<section aria-labelledby="functions">
<div class="heading"><h2 id="functions">Functions</h2>
<label id="filter-box" hidden>Filter <input type="search" id="filter" autocomplete="off" spellcheck="false" placeholder="name or file"></label>
<output id="filter-status" for="filter"></output></div>
<div class="wide tall" tabindex="0" role="region" aria-labelledby="functions"><table id="function-table">
<thead><tr><th scope="col"><button type="button">Function</button></th>${HEADINGS.map((heading) => {
    const order = heading === 'Self' ? markup` aria-sort="descending"` : undefined
    return markup`<th scope="col" class="number"${order}><button type="button">${heading}</button></th>`
  })}</tr></thead>
<tbody>
`
  for (const row of sorted) yield rowMarkup(trace, row, places, dearestNs)
  yield markup`</tbody>
</table></div>
`
  if (rows.length === 0) yield markup`<p class="note">No function was recorded.</p>\n`
  if (more > 0) {
    yield markup`<p class="note">${counted(more, 'function')} with less self time are only in the trace.</p>\n`
  }
  if (sorted.some((row) => estimatedTimes(row).isEstimate)) {
    yield markup`<p class="note">${ESTIMATE_MARK} with an estimate for calls that left no slice.</p>\n`
  }
  yield markup`</section>\n`
}

const HEADINGS = ['Self', 'Total', 'Calls', 'Mean', 'Max']

function rowMarkup(trace: Trace, row: FunctionRow, places: Places, dearestNs: number): Markup {
  const { isEstimate, selfNs, totalNs, meanNs } = estimatedTimes(row)
  const mark = isEstimate ? ESTIMATE_MARK : ''
  const share = dearestNs === 0 ? 0 : selfNs / dearestNs
  const cell = (value: number, text: string, more?: Markup): Markup =>
    markup`<td class="number" data-value="${value}">${text}${more}</td>`
  return markup`<tr><th scope="row">${siteMarkup(trace.sites[row.site], places)}</th>${[
    cell(selfNs, mark + duration(selfNs), barMarkup(share)),
    cell(totalNs, mark + duration(totalNs)),
    cell(row.calls, count(row.calls)),
    cell(meanNs, mark + duration(meanNs)),
    cell(row.maxNs, row.recordedCalls === 0 ? '' : duration(row.maxNs)),
  ]}</tr>
`
}
