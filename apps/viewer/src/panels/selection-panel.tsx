import type { SliceTable, Trace } from '@tracer/core'
import { isResumed } from '@tracer/core'
import { count, counted } from '@tracer/text-format'
import { useMemo } from 'preact/hooks'
import { AfterDrawing } from '../parts/after-drawing.js'
import { Arguments } from '../parts/arguments.js'
import { Fact } from '../parts/fact.js'
import { Histogram } from '../parts/histogram.js'
import { place, siteName, time } from '../parts/text.js'
import { pickSite, pickSlice, showTab } from '../state/actions.js'
import { functionRows } from '../state/analysis.js'
import { flowEndsOf } from '../state/flow-ends.js'
import type { Picked, SliceRef } from '../state/model.js'
import { callersOf, selfNsOf, slicesOf, threadName } from '../state/slices.js'
import { moment, picked, range, trace } from '../state/state.js'
import { CallList } from './call-list.js'
import { MomentPart } from './moment-part.js'
import { RangePart } from './range-part.js'

/** What was clicked: a call with all that is known of it, its function, and the other calls of that. */
export function SelectionPanel() {
  const shown = trace.value
  const chosen = picked.value
  if (shown === undefined) return null
  if (moment.value !== undefined) return <MomentPart trace={shown} moment={moment.value} />
  if (chosen === undefined) {
    if (range.value !== undefined) return <RangePart trace={shown} range={range.value} />
    return (
      <section class="panel" aria-label="Selection">
        <p class="empty">Nothing is selected. Click a call in the timeline, or a row of the function table.</p>
      </section>
    )
  }
  return (
    <section class="panel columns" aria-label="Selection">
      <div class="column scrolls">
        <SiteHead trace={shown} chosen={chosen} />
        <div class="fact-groups">
          {chosen.at !== undefined && (
            <div>
              <SliceFacts trace={shown} at={chosen.at} />
            </div>
          )}
          <div>
            <AfterDrawing>
              <FunctionFacts chosen={chosen} />
            </AfterDrawing>
          </div>
        </div>
      </div>
      <CallList trace={shown} chosen={chosen} />
    </section>
  )
}

function SiteHead({ trace: shown, chosen }: { trace: Trace; chosen: Picked }) {
  const site = shown.sites[chosen.site]
  const at = place(site, false)
  return (
    <>
      <h2 class="site-name">
        <bdi>{siteName(site)}</bdi>
      </h2>
      <p class="dim">
        {at === '' ? (
          KINDS[site.kind]
        ) : (
          <button type="button" class="link" onClick={() => showTab('source')} title="Show the source">
            <bdi>{at}</bdi>
          </button>
        )}
      </p>
    </>
  )
}

const KINDS = {
  function: 'function without a known place',
  module: 'module',
  span: 'span',
  'async-span': 'asynchronous span',
  turn: 'turn of the event loop',
  collection: 'garbage collection',
  instant: 'instant',
  counter: 'counter',
}

function SliceFacts({ trace: shown, at }: { trace: Trace; at: SliceRef }) {
  const slices = slicesOf(shown, at.track)
  if (slices === undefined || at.slice >= slices.length) return null
  const { startNs, durationNs, args, unfinished } = slices
  const track = shown.tracks[at.track]
  const { kind } = shown.sites[slices.site[at.slice]]
  const isRun = isResumed(slices, at.slice)
  const isCall = kind !== 'async-span' && kind !== 'turn' && kind !== 'collection'
  return (
    <>
      <h3>This {kind === 'async-span' ? 'span' : isRun ? 'run' : isCall ? 'call' : KINDS[kind]}</h3>
      <dl class="facts">
        <Fact
          name="Duration"
          value={time(durationNs[at.slice]) + (unfinished.has(at.slice) ? ', cut off by the end of the recording' : '')}
        />
        {isCall && <Fact name="Self" value={time(selfNsOf(slices, at.slice))} />}
        <Fact name="Start" value={time(startNs[at.slice])} />
        <Fact name="Exactly" value={`${count(startNs[at.slice])} ns, ${count(durationNs[at.slice])} ns long`} />
        <Fact name="Thread" value={threadName(shown, track.thread)} />
        {isRun && <Fact name="Run" value="resumed: it continues a call that was suspended" />}
      </dl>
      <Arguments text={args.get(at.slice)} />
      {isCall && <Callers trace={shown} slices={slices} at={at} isRun={isRun} />}
      <Flows trace={shown} at={at} />
    </>
  )
}

const MOST_CALLERS = 12

interface CallersProps {
  readonly trace: Trace
  readonly slices: SliceTable
  readonly at: SliceRef
  readonly isRun: boolean
}

function Callers({ trace: shown, slices, at, isRun }: CallersProps) {
  const callers = useMemo(() => callersOf(slices, at.slice), [slices, at.slice])
  if (callers.length === 0) return isRun ? null : <p class="dim">Called by nobody that was recorded.</p>
  const more = callers.length - MOST_CALLERS
  return (
    <>
      <h3>Called by</h3>
      <ol class="callers">
        {callers.slice(0, MOST_CALLERS).map((slice) => (
          <li key={slice}>
            <button type="button" class="link" onClick={() => pickSlice({ track: at.track, slice })}>
              <bdi>{siteName(shown.sites[slices.site[slice]])}</bdi>
            </button>
            <span class="dim"> {time(slices.durationNs[slice])}</span>
          </li>
        ))}
      </ol>
      {more > 0 && <p class="dim">and {counted(more, 'level')} more above</p>}
    </>
  )
}

function Flows({ trace: shown, at }: { trace: Trace; at: SliceRef }) {
  const ends = useMemo(() => flowEndsOf(shown, at), [shown, at.track, at.slice])
  if (ends.length === 0) return null
  return (
    <>
      <h3>Arrows</h3>
      <ul class="callers">
        {ends.map(({ kind, to }) => {
          const slices = slicesOf(shown, to.track)
          return (
            slices !== undefined && (
              <li key={`${kind}${to.track}.${to.slice}`}>
                <button type="button" onClick={() => pickSlice(to)}>
                  Go to {kind}
                </button>{' '}
                <bdi>{siteName(shown.sites[slices.site[to.slice]])}</bdi>
                <span class="dim"> on {threadName(shown, shown.tracks[to.track].thread)}</span>
              </li>
            )
          )
        })}
      </ul>
    </>
  )
}

function FunctionFacts({ chosen }: { chosen: Picked }) {
  const row = functionRows.value.find(({ site }) => site === chosen.site)
  if (row === undefined) return null
  return (
    <>
      <h3>{range.value === undefined ? 'This function' : 'This function, within the range'}</h3>
      <dl class="facts">
        <Fact name="Calls" value={count(row.calls)} />
        <Fact name="Self" value={time(row.selfNs)} />
        <Fact name="Total" value={time(row.totalNs)} />
        <Fact name="A call" value={`${time(row.meanNs)} on average, ${time(row.minNs)} to ${time(row.maxNs)}`} />
        <Fact
          name="Percentiles"
          value={`half within ${time(row.p50Ns)}, 90% within ${time(row.p90Ns)}, 99% within ${time(row.p99Ns)}`}
        />
      </dl>
      <Histogram histogram={row.histogram} />
      {chosen.at !== undefined && (
        <p>
          <button type="button" class="link" onClick={() => ((picked.value = undefined), pickSite(chosen.site))}>
            Select the function instead of this call
          </button>
        </p>
      )}
    </>
  )
}
