import type { Trace } from '@tracer/core'
import type { Selection } from '@tracer/timeline'
import { entriesOf } from '../parts/arguments.js'
import { place, shown, siteName, time } from '../parts/text.js'
import { hovered } from '../state/hovered.js'
import { isOwnCodeOnly, shownTrace } from '../state/state.js'

const BESIDE_PX = 14
const WIDTH_PX = 380
const HEIGHT_PX = 150

/** What is under the pointer, beside it. The selection says the same to those who do not use one. */
export function HoverCard() {
  const now = hovered.value
  if (now === undefined) return null
  const [name, ...lines] = describe(shownTrace(now.file, isOwnCodeOnly.value), now.target)
  const left = Math.max(4, Math.min(now.x + BESIDE_PX, innerWidth - WIDTH_PX - 4))
  const isBelow = now.y + BESIDE_PX + HEIGHT_PX < innerHeight
  const style = isBelow
    ? { left: `${left}px`, top: `${now.y + BESIDE_PX}px` }
    : { left: `${left}px`, bottom: `${innerHeight - now.y + BESIDE_PX}px` }
  return (
    <div class="hover-card" aria-hidden="true" style={style}>
      <strong>
        <bdi>{name}</bdi>
      </strong>
      {lines.map((line) => line !== '' && <bdi key={line}>{line}</bdi>)}
    </div>
  )
}

function describe(trace: Trace, target: Selection): readonly string[] {
  const track = trace.tracks.at(target.track)
  if (track === undefined) return ['']
  if (target.kind === 'sample') {
    if (track.kind !== 'counter') return ['']
    const { timeNs, value } = track.samples
    return [
      shown(`${track.name} ${track.series}`.trim(), 100),
      String(value[target.sample]),
      `at ${time(timeNs[target.sample])}`,
    ]
  }
  if (track.kind === 'counter') return ['']
  if (target.kind === 'slice') {
    const site = trace.sites[track.slices.site[target.slice]]
    const { durationNs, args } = track.slices
    return [siteName(site), time(durationNs[target.slice]), place(site, true), ...givenTo(args.get(target.slice))]
  }
  if (track.kind === 'async') return ['']
  const { site, timeNs, args } = track.instants
  return [
    siteName(trace.sites[site[target.instant]]),
    `at ${time(timeNs[target.instant])}`,
    ...givenTo(args.get(target.instant)),
  ]
}

const MOST_ARGUMENTS = 4

/** The first arguments, a line each; the selection has them all. */
function givenTo(args: string | undefined): readonly string[] {
  const entries = args === undefined ? [] : entriesOf(args)
  const lines = entries.slice(0, MOST_ARGUMENTS).map(([name, value]) => shown(`${name}: ${value}`, 100))
  return entries.length > MOST_ARGUMENTS ? [...lines, '…'] : lines
}
