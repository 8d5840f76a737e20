import { contentsOf } from '@tracer/call-tree'
import type { Trace } from '@tracer/core'
import { count, counted, duration, type Markup, type Places } from '@tracer/text-format'
import { markup } from './markup.js'

/** What the trace is and holds, by name. */
export function factsSection(trace: Trace, places: Places): Markup {
  const contents = contentsOf(trace)
  const { metadata, processes } = trace
  const command = processes.find(({ commandLine }) => commandLine.length > 0)?.commandLine.join(' ')
  const facts: readonly (readonly [string, string])[] = [
    ['Command', command ?? ''],
    ['Folder', places.folder],
    ['Began', momentText(metadata.originEpochMs)],
    ['Span', duration(contents.spanNs)],
    ['Slices', number(contents.slices)],
    ['Calls in no slice', number(contents.unrecordedCalls)],
    ['Async slices', number(contents.asyncSlices)],
    ['Instants', number(contents.instants)],
    [
      'Counters',
      contents.samples === 0 ? '' : `${counted(contents.samples, 'value')} of ${count(contents.counterTracks)}`,
    ],
    ['Flows', number(contents.flows)],
    ['With arguments', number(contents.withArguments)],
    ['Sources', contents.sources === 0 ? '' : counted(contents.sources, 'file')],
    ['Cost of a call', metadata.overheadNs === 0 ? '' : `${duration(metadata.overheadNs)}, taken off all times here`],
    [
      'Written by',
      [metadata.producer, metadata.clock === '' ? '' : `${metadata.clock} clock`].filter(Boolean).join(', '),
    ],
  ]
  const rows = facts.filter(([, text]) => text !== '')
  return markup`<section aria-labelledby="facts">
<h2 id="facts">The recording</h2>
<dl>${rows.map(([name, text]) => markup`<div><dt>${name}</dt><dd><bdi>${text}</bdi></dd></div>\n`)}</dl>
</section>
`
}

function number(value: number): string {
  return value === 0 ? '' : count(value)
}

function momentText(epochMs: number): string {
  const moment = new Date(epochMs)
  if (epochMs <= 0 || Number.isNaN(moment.getTime())) return ''
  return `${moment.toISOString().slice(0, 19).replace('T', ' ')} UTC`
}
