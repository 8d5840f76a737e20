import { collectionFacts, contentsOf } from '@tracer/call-tree'
import type { Process, Trace } from '@tracer/core'
import { bytes, count, counted, duration } from '@tracer/text-format'
import { once } from 'node:events'
import { endText } from '../text/process-end.js'
import { readTraceFile, type TraceFile } from '../formats/read-trace.js'
import { widthOf, type Io, type Outcome } from '../io.js'
import type { InfoOptions } from '../options/info-options.js'
import { collectionText } from '../report/collection-text.js'
import { printable } from '../text/cell.js'
import { labelledLines, type Labelled } from '../text/labelled.js'

/** `tracer info`: what a trace file is and holds, on stdout. */
export async function describeTrace(options: InfoOptions, file: string, io: Io): Promise<Outcome> {
  const read = await readTraceFile(file, io.cwd, options.serializer)
  const text = options.json
    ? JSON.stringify(infoJson(file, read))
    : infoLines(file, read, widthOf(io.stdout)).join('\n')
  if (!io.stdout.write(`${text}\n`)) await once(io.stdout, 'drain')
  return { exitCode: 0 }
}

function infoJson(file: string, { trace, warnings, format, bytes: size }: TraceFile): object {
  const { metadata, processes, threads } = trace
  return {
    file,
    format,
    bytes: size,
    metadata,
    ...contentsOf(trace),
    garbage: collectionFacts(trace) ?? null,
    processes,
    threads,
    warnings,
  }
}

function infoLines(file: string, read: TraceFile, width: number): string[] {
  const { trace, format, warnings } = read
  const contents = contentsOf(trace)
  const garbage = collectionText(trace)
  const entries: (Labelled | undefined)[] = [
    { label: 'Format', texts: [`${format}, ${bytes(read.bytes)}`] },
    { label: 'Written by', texts: [writtenBy(trace)] },
    { label: 'Span', texts: [`${duration(contents.spanNs)}${startText(trace)}`] },
    {
      label: 'Processes',
      texts: [count(trace.processes.length), ...trace.processes.slice(0, MOST_ROWS).map(processText)],
    },
    { label: 'Threads', texts: [count(trace.threads.length), ...threadTexts(trace)] },
    row('Slices', contents.slices, `of ${counted(contents.functions, 'function')}`),
    row('Async slices', contents.asyncSlices, `on ${counted(contents.asyncTracks, 'track')}`),
    row('Instants', contents.instants),
    row('Counters', contents.samples, `on ${counted(contents.counterTracks, 'track')}`),
    garbage === undefined ? undefined : { label: 'Garbage', texts: [garbage] },
    row('Flows', contents.flows),
    row('Arguments', contents.withArguments, 'events have some'),
    row('Not in a slice', contents.unrecordedCalls, 'calls, counted exactly'),
    row('Lost', contents.dropped, 'records'),
    row('Sources', contents.sources, 'files'),
    warnings.length === 0 ? undefined : { label: 'Warnings', texts: warnings.map(printable) },
  ]
  return [
    printable(file),
    ...labelledLines(
      entries.filter((entry) => entry !== undefined),
      width,
    ),
  ]
}

/** A row for what there is, none for what there is not. */
function row(label: string, value: number, more = ''): Labelled | undefined {
  return value === 0 ? undefined : { label, texts: [`${count(value)} ${more}`.trim()] }
}

function writtenBy({ metadata }: Trace): string {
  const producer = metadata.producer === '' ? 'unknown' : printable(metadata.producer)
  return metadata.clock === '' ? producer : `${producer}, ${printable(metadata.clock)} clock`
}

function startText({ metadata }: Trace): string {
  const start = new Date(metadata.originEpochMs)
  return metadata.originEpochMs > 0 && !Number.isNaN(start.getTime()) ? `, from ${start.toISOString()}` : ''
}

function processText(process: Process): string {
  const { pid, name, commandLine } = process
  const command = commandLine.join(' ')
  const end = endText(process)
  return printable(
    `${pid} ${name}${command === '' || command === name ? '' : `: ${command}`}${end === '' ? '' : ` (${end})`}`,
  )
}

/** Threads with the most slices first. */
function threadTexts(trace: Trace): string[] {
  const slices = new Map<number, number>()
  for (const track of trace.tracks) {
    if (track.kind === 'thread') slices.set(track.thread, (slices.get(track.thread) ?? 0) + track.slices.length)
  }
  const rows = [...slices].sort(([, a], [, b]) => b - a)
  const texts = rows.slice(0, MOST_ROWS).map(([index, events]) => {
    const { tid, name, complete } = trace.threads[index]
    return printable(
      `${tid}${name === '' ? '' : ` ${name}`}: ${counted(events, 'slice')}${complete ? '' : ', cut off'}`,
    )
  })
  return rows.length > MOST_ROWS ? [...texts, `and ${count(rows.length - MOST_ROWS)} more`] : texts
}

const MOST_ROWS = 20
