import { nameHash, packageOf, type Site, type SliceTable, type Trace } from '@tracer/core'
import { endOf } from './level-index.js'

/** What gives slices the same colour. */
export type ColorBy = 'package' | 'file' | 'name'

/** A colour for each site: a category, and one of its three shades. */
export interface SiteColors {
  /** From 0, in the order of the palette; -1 for all that have no colour of their own. */
  readonly category: Int32Array
  readonly shade: Uint8Array
}

/** Colours, and what gives functions the same one. */
export interface FoundColors extends SiteColors {
  readonly by: ColorBy
}

/** How many categories have a colour of their own. */
const CATEGORIES = 7

/** A category with more of the time than that says too little: all would look alike. */
const TOO_MUCH = 0.9

/** Gives the dearest packages, files or names a colour each; without `by`, the coarsest of these that tells something. */
export function siteColors(trace: Trace, by?: ColorBy, count = CATEGORIES): FoundColors {
  const shade = Uint8Array.from(trace.sites, ({ name }) => nameHash(name) % 3)
  if (by === 'name') return { by, category: byName(trace.sites, count), shade }
  const selfNs = selfTimes(trace)
  if (by !== undefined) return { by, category: byKey(trace.sites, selfNs, by, count).category, shade }
  for (const key of ['package', 'file'] as const) {
    const { category, greatest } = byKey(trace.sites, selfNs, key, count)
    if (greatest < TOO_MUCH) return { by: key, category, shade }
  }
  return { by: 'name', category: byName(trace.sites, count), shade }
}

function byName(sites: readonly Site[], count: number): Int32Array {
  return Int32Array.from(sites, ({ name }) => (nameHash(name) >>> 2) % count)
}

function byKey(
  sites: readonly Site[],
  selfNs: Float64Array,
  by: 'package' | 'file',
  count: number,
): { category: Int32Array; greatest: number } {
  const keys = sites.map(({ file }) => (by === 'file' ? file : packageOf(file)))
  const times = new Map<string, number>()
  let total = 0
  keys.forEach((key, site) => {
    times.set(key, (times.get(key) ?? 0) + selfNs[site])
    total += selfNs[site]
  })
  const dearest = [...times].filter(([, ns]) => ns > 0).sort(([, a], [, b]) => b - a)
  const category = new Map(dearest.slice(0, count).map(([key], index) => [key, index]))
  const greatest = dearest.length === 0 ? 1 : dearest[0][1] / total
  return { category: Int32Array.from(keys, (key) => category.get(key) ?? -1), greatest }
}

/** So many slices of a track are looked at one after the other, and so many of all as a rule. */
const STRETCH = 4096
const MOST_SLICES = 200_000

/** Time in the functions themselves, of threads; of very many slices from stretches here and there: good enough to rank by. */
function selfTimes({ sites, tracks }: Trace): Float64Array {
  const selfNs = new Float64Array(sites.length)
  const count = tracks.reduce((sum, track) => sum + (track.kind === 'thread' ? track.slices.length : 0), 0)
  const skipped = STRETCH * (Math.ceil(count / MOST_SLICES) - 1)
  for (const track of tracks) if (track.kind === 'thread') addSelfTimes(track.slices, skipped, selfNs)
  return selfNs
}

function addSelfTimes(slices: SliceTable, skipped: number, selfNs: Float64Array): void {
  const { length, site, depth, startNs } = slices
  /** By level the last slice that began. */
  const open: number[] = []
  for (let from = 0; from < length; from += skipped) {
    const to = skipped === 0 ? length : Math.min(length, from + STRETCH)
    const [fromNs, untilNs] = [startNs[from], to < length ? startNs[to] : Infinity]
    const add = (slice: number): void => {
      const level = depth[slice]
      const ns = Math.min(endOf(slices, slice), untilNs) - Math.max(startNs[slice], fromNs)
      open[level] = slice
      if (!(ns > 0)) return
      selfNs[site[slice]] += ns
      if (level > 0) selfNs[site[open[level - 1] ?? slice]] -= ns
    }
    for (const around of open.slice(0, depth[from])) add(around)
    for (; from < to; from++) add(from)
    for (let i = from; i < Math.min(length, from + skipped); i++) open[depth[i]] = i
  }
}
