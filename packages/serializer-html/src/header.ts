import { factsOf, type FunctionRow } from '@tracer/call-tree'
import type { Trace } from '@tracer/core'
import { counted, duration, type Markup } from '@tracer/text-format'
import { markup } from './markup.js'

/** What it is, how much, and how to get the trace out. */
export function headerOf(trace: Trace, rows: readonly FunctionRow[], title: string): Markup {
  const calls = rows.reduce((sum, row) => sum + row.calls, 0)
  const summary = [
    `${counted(calls, 'call')} of ${counted(rows.length, 'function')} in ${duration(factsOf(trace).spanNs)}`,
    counted(trace.threads.length, 'thread'),
    counted(trace.processes.length, 'process', 'processes'),
  ].join(', ')
  return markup`<header>
<div>
<h1><bdi>${title}</bdi></h1>
<p>${summary}</p>
</div>
<div class="save">
<button type="button" id="save" disabled>Save the trace (.pftrace)</button>
<p id="save-status" role="status">Then open <a href="https://ui.perfetto.dev" rel="noreferrer">ui.perfetto.dev</a> and drop the file there.</p>
</div>
</header>
`
}
