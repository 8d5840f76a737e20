import type { AsyncTrack, CounterTrack, InstantTable } from '@tracer/core'
import { safeArgs } from './args-text.js'
import { NO_FILE_CATEGORY } from './category.js'
import { eventHead, type EventPrefixes, type Place } from './event-prefix.js'
import { toGrid } from './microseconds.js'
import type { Pages } from './pages.js'
import { writeMore } from './slice-writer.js'

type Bytes = Generator<Uint8Array, void, undefined>

const encoder = new TextEncoder()

const STEP = 4096

/** Writes moments on a thread (`i`). */
export function* writeInstants(
  pages: Pages,
  instants: InstantTable,
  prefixes: EventPrefixes,
  withArgs: boolean,
): Bytes {
  for (let i = 0; i < instants.length; i++) {
    pages.append(prefixes.of(instants.site[i]))
    pages.appendTime(toGrid(instants.timeNs[i]))
    const args = withArgs ? instants.args.get(i) : undefined
    pages.appendText(args === undefined ? '}' : `,"args":${safeArgs(args)}}`)
    if (i % STEP === 0) yield* pages.takeFull()
  }
}

/**
 * Writes the samples of a counter (`C`). JSON has no NaN and no infinity, and importers take numbers
 * only: such a sample goes into fields of our own and shows no value elsewhere.
 */
export function* writeSamples(pages: Pages, track: CounterTrack, place: Place): Bytes {
  const { length, timeNs, value } = track.samples
  const prefix = encoder.encode(`,\n${eventHead(track.name, NO_FILE_CATEGORY, 'C', place)},"ts":`)
  const series = JSON.stringify(track.series)
  for (let i = 0; i < length; i++) {
    pages.append(prefix)
    pages.appendTime(toGrid(timeNs[i]))
    pages.appendText(
      Number.isFinite(value[i])
        ? `,"args":{${series}:${Object.is(value[i], -0) ? '-0' : value[i]}}}`
        : `,"series":${series},"value":"${value[i]}","args":{}}`,
    )
    if (i % STEP === 0) yield* pages.takeFull()
  }
}

/**
 * Writes slices that may overlap as pairs of async events (`b`, `e`). Each pair has an id of its
 * own in the whole file, counted on from `firstId`: importers nest what shares an id.
 */
export function* writeAsyncSlices(
  pages: Pages,
  track: AsyncTrack,
  names: readonly string[],
  prefixes: { readonly begin: EventPrefixes; readonly end: EventPrefixes },
  firstId: number,
  withArgs: boolean,
): Bytes {
  const { slices } = track
  for (let i = 0; i < slices.length; i++) {
    const site = slices.site[i]
    const start = toGrid(slices.startNs[i])
    const id = `,"id2":{"local":"0x${(firstId + i).toString(16)}"}`
    pages.append(prefixes.begin.of(site))
    pages.appendTime(start)
    // Most tracks bear the name of all their slices.
    pages.appendText(names[site] === track.name ? id : `${id},"track":${JSON.stringify(track.name)}`)
    writeMore(pages, slices, i, withArgs)
    pages.appendText('}')
    pages.append(prefixes.end.of(site))
    pages.appendTime(Math.max(start, toGrid(slices.startNs[i] + slices.durationNs[i])))
    pages.appendText(`${id}}`)
    if (i % STEP === 0) yield* pages.takeFull()
  }
}
