import type { Thread, Trace } from '@tracer/core'
import { counted, duration, type Markup } from '@tracer/text-format'
import { markup } from './markup.js'

/** Threads that are named one by one. */
const MOST_ROWS = 20

/** What the trace does not have, where something was lost; nothing otherwise. */
export function lossSection(trace: Trace): Markup {
  const texts = trace.threads.flatMap((thread) => {
    const losses = lossesOf(thread)
    return losses.length === 0 ? [] : [`${threadText(thread, trace)}: ${losses.join('; ')}.`]
  })
  if (texts.length === 0) return markup``
  const more = texts.length - MOST_ROWS
  const rows = [
    ...texts.slice(0, MOST_ROWS),
    ...(more > 0 ? [`And on ${counted(more, 'more thread', 'more threads')}.`] : []),
  ]
  return markup`<section class="lost" aria-labelledby="lost">
<h2 id="lost">Not everything is here</h2>
<ul>${rows.map((row) => markup`<li>${row}</li>`)}</ul>
</section>
`
}

function lossesOf({ drops, complete }: Thread): string[] {
  const lost = drops.reduce((sum, { count }) => sum + count, 0)
  const startNs = drops.reduce((first, drop) => Math.min(first, drop.startNs), Infinity)
  const endNs = drops.reduce((last, drop) => Math.max(last, drop.endNs), 0)
  const span = `between ${duration(startNs)} and ${duration(endNs)}`
  return [
    ...(lost === 0 ? [] : [`${counted(lost, 'record')} ${lost === 1 ? 'was' : 'were'} lost ${span}`]),
    ...(complete ? [] : ['it ended without its last records']),
  ]
}

function threadText({ name, tid, process }: Thread, { processes }: Trace): string {
  return `${name === '' ? `thread ${tid}` : name} of process ${processes[process].pid}`
}
