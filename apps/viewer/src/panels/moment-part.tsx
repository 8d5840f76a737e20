import type { Trace } from '@tracer/core'
import { Arguments } from '../parts/arguments.js'
import { Fact } from '../parts/fact.js'
import { place, shown, siteName, time } from '../parts/text.js'
import type { Moment } from '../state/model.js'
import { threadName } from '../state/slices.js'

/** An instant or a value of a counter, with all that is known of it. */
export function MomentPart({ trace, moment }: { readonly trace: Trace; readonly moment: Moment }) {
  const track = trace.tracks.at(moment.track)
  if (track?.kind === 'counter') {
    const { timeNs, value } = track.samples
    return (
      <section class="panel scrolls prose" aria-label="Selection">
        <h2 class="site-name">
          <bdi>{shown(`${track.name} ${track.series}`.trim())}</bdi>
        </h2>
        <dl class="facts">
          <Fact name="Value" value={String(value[moment.index])} />
          <Fact name="Time" value={time(timeNs[moment.index])} />
          <Fact name="Thread" value={threadName(trace, track.thread)} />
        </dl>
      </section>
    )
  }
  if (track?.kind !== 'thread' || moment.index >= track.instants.length) return null
  const { site, timeNs, args } = track.instants
  const of = trace.sites[site[moment.index]]
  return (
    <section class="panel scrolls prose" aria-label="Selection">
      <h2 class="site-name">
        <bdi>{siteName(of)}</bdi>
      </h2>
      <dl class="facts">
        <Fact name="Time" value={time(timeNs[moment.index])} />
        <Fact name="Thread" value={threadName(trace, track.thread)} />
        {of.file !== '' && <Fact name="Place" value={<bdi>{place(of, false)}</bdi>} />}
      </dl>
      <Arguments text={args.get(moment.index)} />
    </section>
  )
}
