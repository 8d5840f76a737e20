import { contentsOf, type TraceContents } from '@tracer/call-tree'
import type { Trace } from '@tracer/core'
import { bytes, count, counted } from '@tracer/text-format'
import { useMemo } from 'preact/hooks'
import { Fact } from '../parts/fact.js'
import { shown, siteName, time } from '../parts/text.js'
import type { OpenFile } from '../state/model.js'
import { threadName } from '../state/slices.js'
import { active } from '../state/state.js'

/** What the file is and holds, and all that is not in it. */
export function InfoPanel() {
  const file = active.value
  const contents = useMemo(() => (file === undefined ? undefined : contentsOf(file.trace)), [file])
  if (file === undefined || contents === undefined) return null
  return (
    <section class="panel scrolls prose" aria-label="Info">
      <Missing file={file} contents={contents} />
      <div class="blocks">
        <FileFacts file={file} contents={contents} />
        <Contents contents={contents} />
        <Processes trace={file.trace} />
      </div>
    </section>
  )
}

const MOST_LINES = 200

function Missing({ file, contents }: { readonly file: OpenFile; readonly contents: TraceContents }) {
  const { trace, warnings } = file
  const drops = trace.threads.flatMap((thread, index) => thread.drops.map((drop) => ({ ...drop, thread: index })))
  const unfinished = trace.threads.flatMap(({ complete }, index) => (complete ? [] : [index]))
  const lines = [
    ...warnings,
    ...drops.map(
      ({ count: lost, startNs, endNs, thread }) =>
        `${counted(lost, 'record')} of ${threadName(trace, thread)} were lost between ${time(startNs)} and ${time(endNs)}.`,
    ),
    ...unfinished.map((thread) => `${threadName(trace, thread)} ended without handing over its last records.`),
  ]
  if (contents.unrecordedCalls > 0) {
    lines.push(
      `${counted(contents.unrecordedCalls, 'call')} are counted but have no slice: timing them would have cost too much.`,
    )
  }
  if (lines.length === 0) return <p class="dim">Nothing is known to be missing.</p>
  return (
    <div class="warnings">
      <h3>Not everything is here</h3>
      <ul>
        {lines.slice(0, MOST_LINES).map((line) => (
          <li key={line}>
            <bdi>{shown(line, 1000)}</bdi>
          </li>
        ))}
      </ul>
      {lines.length > MOST_LINES && <p class="dim">and {count(lines.length - MOST_LINES)} more</p>}
    </div>
  )
}

function FileFacts({ file, contents }: { readonly file: OpenFile; readonly contents: TraceContents }) {
  const { metadata } = file.trace
  const date = new Date(metadata.originEpochMs)
  return (
    <div>
      <h3>File</h3>
      <dl class="facts">
        <Fact name="Name" value={<bdi>{shown(file.name)}</bdi>} />
        <Fact name="Format" value={file.format} />
        <Fact name="Size" value={bytes(file.bytes)} />
        <Fact name="Written by" value={<bdi>{shown(metadata.producer)}</bdi>} />
        <Fact
          name="Recorded"
          value={metadata.originEpochMs === 0 || Number.isNaN(date.getTime()) ? 'unknown' : date.toLocaleString()}
        />
        <Fact name="Span" value={time(contents.spanNs)} />
        <Fact name="Clock" value={shown(metadata.clock)} />
        {metadata.overheadNs > 0 && (
          <Fact name="Cost of a call" value={`${metadata.overheadNs.toFixed(1)} ns, taken out of tables and graphs`} />
        )}
      </dl>
    </div>
  )
}

function Contents({ contents }: { readonly contents: TraceContents }) {
  const lines: readonly (readonly [string, number])[] = [
    ['Slices', contents.slices],
    ['Functions', contents.functions],
    ['Async slices', contents.asyncSlices],
    ['Async tracks', contents.asyncTracks],
    ['Instants', contents.instants],
    ['Counter samples', contents.samples],
    ['Counters', contents.counterTracks],
    ['Arrows', contents.flows],
    ['With arguments', contents.withArguments],
    ['Source texts', contents.sources],
    ['Lost records', contents.dropped],
    ['Calls without a slice', contents.unrecordedCalls],
  ]
  return (
    <div>
      <h3>Contents</h3>
      <dl class="facts">
        {lines
          .filter(([name, value]) => value > 0 || name === 'Slices' || name === 'Lost records')
          .map(([name, value]) => (
            <Fact key={name} name={name} value={count(value)} />
          ))}
      </dl>
    </div>
  )
}

function Processes({ trace }: { readonly trace: Trace }) {
  const moves = useMemo(() => budgetMoves(trace), [trace])
  const onlyCounted = useMemo(() => mostUnrecorded(trace), [trace])
  return (
    <div>
      <h3>{counted(trace.threads.length, 'thread')}</h3>
      <ul class="lines">
        {trace.threads.slice(0, MOST_LINES).map((thread, index) => (
          <li key={index}>
            <bdi>{shown(threadName(trace, index))}</bdi>
            <span class="dim">
              {' '}
              of <bdi>{shown(trace.processes.at(thread.process)?.name || 'process', 100)}</bdi>{' '}
              {trace.processes.at(thread.process)?.pid}
            </span>
          </li>
        ))}
      </ul>
      {trace.threads.length > MOST_LINES && <p class="dim">and {count(trace.threads.length - MOST_LINES)} more</p>}
      {moves.length > 0 && <h3>Moves of the budget</h3>}
      <ul class="lines">
        {moves.slice(0, MOST_LINES).map(({ name, ns }, index) => (
          <li key={index}>
            <bdi>{name}</bdi> <span class="dim">at {time(ns)}</span>
          </li>
        ))}
      </ul>
      {moves.length > MOST_LINES && <p class="dim">and {count(moves.length - MOST_LINES)} more</p>}
      {onlyCounted.length > 0 && <h3>Only counted, to keep within the budget</h3>}
      <ul class="lines">
        {onlyCounted.map(({ site, calls, estimatedNs }) => (
          <li key={site}>
            <bdi>{siteName(trace.sites[site])}</bdi>
            <span class="dim">
              {' '}
              {counted(calls, 'call')}, about {time(estimatedNs)}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Functions that the recorder no longer timed, or timed again, to keep within its budget: instants of these names. */
function budgetMoves({ tracks, sites }: Trace): { name: string; ns: number }[] {
  return tracks.flatMap((track) => {
    if (track.kind !== 'thread') return []
    const { site, timeNs } = track.instants
    return Array.from(site, (index, at) => ({ name: shown(sites[index].name), ns: timeNs[at] })).filter(({ name }) =>
      /^(?:tick-checked|timed again): /u.test(name),
    )
  })
}

const MOST_COUNTED = 20

/** Functions whose calls were moved from timing to counting, those of most calls first. */
function mostUnrecorded({ unrecorded }: Trace): { site: number; calls: number; estimatedNs: number }[] {
  const bySite = new Map<number, { site: number; calls: number; estimatedNs: number }>()
  for (let row = 0; row < unrecorded.length; row++) {
    const site = unrecorded.site[row]
    const sum = bySite.get(site) ?? { site, calls: 0, estimatedNs: 0 }
    sum.calls += unrecorded.calls[row]
    sum.estimatedNs += unrecorded.estimatedNs[row]
    bySite.set(site, sum)
  }
  return [...bySite.values()].sort((a, b) => b.calls - a.calls).slice(0, MOST_COUNTED)
}
