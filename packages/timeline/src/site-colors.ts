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
const TOO_MUCH = 2 / 3

/**
 * Gives the packages, files or names that take most of the picture a colour each; without `by`, the coarsest of these
 * that tells something. Asynchronous spans, which have no file, are coloured by name.
 */
export function siteColors(trace: Trace, by?: ColorBy, count = CATEGORIES): FoundColors {
  const { sites } = trace
  const shade = Uint8Array.from(sites, ({ name }) => nameHash(name) % 3)
  if (by === 'name') return { by, category: byName(sites, count), shade }
  const times = timesOf(trace)
  if (by !== undefined) return { by, category: byKey(sites, times, by, count).category, shade }
  for (const key of ['package', 'file'] as const) {
    const { category, greatest } = byKey(sites, times, key, count)
    if (greatest < TOO_MUCH) return { by: key, category, shade }
  }
  return { by: 'name', category: byName(sites, count), shade }
}

function byName(sites: readonly Site[], count: number): Int32Array {
  return Int32Array.from(sites, (site) => nameCategory(site, count))
}

function nameCategory({ name }: Site, count: number): number {
  return (nameHash(name) >>> 2) % count
}

/** What those of one key take of the picture ranks them; by what is their own no caller of others tells too much. */
function byKey(
  sites: readonly Site[],
  { selfNs, totalNs }: SiteTimes,
  by: 'package' | 'file',
  count: number,
): { category: Int32Array; greatest: number } {
  const keys = sites.map(({ file }) => (by === 'file' ? file : packageOf(file)))
  const ranked = [...sumsOf(keys, totalNs)].filter(([, ns]) => ns > 0).sort(([, a], [, b]) => b - a)
  const own = [...sumsOf(keys, selfNs).values()].filter((ns) => ns > 0)
  const greatest = own.length === 0 ? 1 : own.reduce((a, b) => Math.max(a, b)) / own.reduce((a, b) => a + b)
  const categories = new Map(ranked.slice(0, count).map(([key], index) => [key, index]))
  const category = Int32Array.from(sites, (site, index) =>
    site.kind === 'async-span' ? nameCategory(site, count) : (categories.get(keys[index]) ?? -1),
  )
  return { category, greatest }
}

function sumsOf(keys: readonly string[], ns: Float64Array): Map<string, number> {
  const sums = new Map<string, number>()
  keys.forEach((key, site) => sums.set(key, (sums.get(key) ?? 0) + ns[site]))
  return sums
}

/** So many slices of a track are looked at one after the other, and so many of all as a rule. */
const STRETCH = 4096
const MOST_SLICES = 200_000

/** Of each site: nanoseconds in itself, and in all its slices, however they nest. */
interface SiteTimes {
  readonly selfNs: Float64Array
  readonly totalNs: Float64Array
}

/** Times of the slices of threads; of very many from stretches here and there: good enough to rank by. */
function timesOf({ sites, tracks }: Trace): SiteTimes {
  const times = { selfNs: new Float64Array(sites.length), totalNs: new Float64Array(sites.length) }
  const count = tracks.reduce((sum, track) => sum + (track.kind === 'thread' ? track.slices.length : 0), 0)
  const skipped = STRETCH * (Math.ceil(count / MOST_SLICES) - 1)
  for (const track of tracks) if (track.kind === 'thread') addTimes(track.slices, skipped, times)
  return times
}

function addTimes(slices: SliceTable, skipped: number, { selfNs, totalNs }: SiteTimes): void {
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
      totalNs[site[slice]] += ns
      if (level > 0) selfNs[site[open[level - 1] ?? slice]] -= ns
    }
    for (const around of open.slice(0, depth[from])) add(around)
    for (; from < to; from++) add(from)
    for (let i = from; i < Math.min(length, from + skipped); i++) open[depth[i]] = i
  }
}
