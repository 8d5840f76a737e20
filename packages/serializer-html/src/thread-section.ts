import type { Thread, Trace } from '@tracer/core'
import { count, counted, type Markup } from '@tracer/text-format'
import { markup } from './markup.js'

const MOST_ROWS = 50

/** Threads with their processes, those with the most slices first. */
export function threadSection(trace: Trace): Markup {
  const slices = trace.threads.map(() => 0)
  for (const track of trace.tracks) if (track.kind === 'thread') slices[track.thread] += track.slices.length
  const order = [...trace.threads.keys()].sort((a, b) => slices[b] - slices[a])
  const more = order.length - MOST_ROWS
  const rows = order.slice(0, MOST_ROWS).map((index) => row(trace, trace.threads[index], slices[index]))
  return markup`<section aria-labelledby="threads">
<h2 id="threads">Threads</h2>
<div class="wide" tabindex="0" role="region" aria-labelledby="threads"><table>
<thead><tr><th scope="col">Thread</th><th scope="col">Process</th><th scope="col" class="number">Slices</th></tr></thead>
<tbody>
${rows}</tbody>
</table></div>
${more > 0 ? markup`<p class="note">And ${counted(more, 'more thread', 'more threads')}.</p>\n` : undefined}</section>
`
}

function row(trace: Trace, { name, tid, process }: Thread, slices: number): Markup {
  const { pid, name: processName } = trace.processes[process]
  return markup`<tr><td><bdi>${name}</bdi> <small>${tid}</small></td><td><bdi>${processName}</bdi> <small>${pid}</small></td><td class="number">${count(slices)}</td></tr>
`
}
