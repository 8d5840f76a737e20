import { TraceBuilder, type SiteKind, type Trace } from '@tracer/core'
import { Timeline, type Selection, type TimeRange } from '@tracer/timeline'

// A timeline alone on a page; what it says to its host stands in `told`, what it shows follows from the hash.

const MS = 1e6

/** Two processes with everything that a row can show, over a second. */
function service(): Trace {
  const builder = new TraceBuilder()
  const site = (kind: SiteKind, name: string, file = 'app.ts'): number =>
    builder.addSite({ kind, name, file, line: 7, column: 1 })
  const app = builder.addProcess({ pid: 7, name: 'app', commandLine: [] })
  const child = builder.addProcess({ pid: 8, name: 'child', commandLine: [] })
  const main = builder.addThread({ process: app, tid: 7, name: 'main' })
  const pool = builder.addThread({ process: app, tid: 9, name: 'pool' })
  const run = builder.addThread({ process: child, tid: 8, name: 'main' })
  const slice = (thread: number, name: string, from: number, to: number, file?: string): number =>
    builder.addSlice(thread, site('function', name, file), from * MS, to * MS)

  slice(main, 'boot', 0, 100)
  slice(main, 'readConfig', 20, 60, 'config.ts')
  slice(main, 'serve', 200, 600)
  slice(main, 'parse', 220, 300, 'parse.ts')
  slice(main, 'reply', 400, 500, 'reply.ts')
  builder.addSlice(main, site('function', 'blink', 'blink.ts'), 750 * MS, 750 * MS + 1)
  for (const [at, from] of [800, 850].entries()) {
    builder.setActivation(main, slice(main, 'job', from, from + 20, 'job.ts'), 1, at)
  }
  builder.addSlice(main, site('function', 'listen', 'listen.ts'), 900 * MS, NaN)
  slice(pool, 'compress', 120, 300, 'zip.ts')
  slice(run, '<img src=x onerror="document.title=\'injected\'">', 100, 900, 'html.ts')
  builder.addFlow('post', main, 30 * MS)
  builder.addFlow('post', pool, 130 * MS)
  for (const from of [50, 150]) builder.addAsyncSlice(main, site('async-span', 'GET /'), from * MS, (from + 200) * MS)
  for (let at = 0; at < 100; at++) builder.addSample(main, 'heap', 'used', at * 10 * MS, 50 + at)
  builder.addInstant(main, site('instant', 'timeout'), 350 * MS)
  builder.addDrop(pool, { count: 12, startNs: 500 * MS, endNs: 700 * MS })
  builder.addSlice(run, site('function', 'end'), 999 * MS, 1000 * MS)
  return builder.build({ producer: 'test', clock: 'test', originNs: 0, originEpochMs: 0 })
}

function threads(count: number): Trace {
  const builder = new TraceBuilder()
  const site = builder.addSite({ kind: 'function', name: 'work', file: 'app.ts', line: 1, column: 1 })
  const process = builder.addProcess({ pid: 1, name: 'many', commandLine: [] })
  for (let tid = 1; tid <= count; tid++) {
    const thread = builder.addThread({ process, tid, name: `thread ${tid}` })
    builder.addSlice(thread, site, tid, tid + count)
  }
  return builder.build({ producer: 'test', clock: 'test', originEpochMs: 0 })
}

function deep(levels: number): Trace {
  const builder = new TraceBuilder()
  const process = builder.addProcess({ pid: 1, name: 'deep', commandLine: [] })
  const thread = builder.addThread({ process, tid: 1, name: 'main' })
  for (let level = 0; level < levels; level++) {
    const site = builder.addSite({ kind: 'function', name: `level${level}`, file: 'app.ts', line: 1, column: 1 })
    builder.addSlice(thread, site, level, 4 * levels - level)
  }
  return builder.build({ producer: 'test', clock: 'test', originEpochMs: 0 })
}

/** What no builder lets through: times that are none, levels that overlap, a name of a megabyte. */
function broken(): Trace {
  const trace = service()
  const name = 'x'.repeat(1e6)
  const sites = trace.sites.map((site, at) => (at === 0 ? { ...site, name } : site))
  const tracks = trace.tracks.map((track) => {
    if (track.kind !== 'thread') return track
    const startNs = track.slices.startNs.slice()
    const durationNs = track.slices.durationNs.slice()
    if (startNs.length > 4) {
      startNs[1] = NaN
      startNs[2] = -50 * MS
      durationNs[3] = -1
      durationNs[4] = NaN
      durationNs[0] = 900 * MS
    }
    return { ...track, slices: { ...track.slices, startNs, durationNs } }
  })
  return { ...trace, sites, tracks }
}

function traceOf(name: string): Trace {
  if (name === 'threads') return threads(20_000)
  if (name === 'deep') return deep(5_000)
  if (name === 'broken') return broken()
  if (name === 'empty') return new TraceBuilder().build({ producer: 'test', clock: 'test', originEpochMs: 0 })
  return service()
}

const told: { selection?: Selection; hovered?: Selection; range?: TimeRange; views: number } = { views: 0 }
const host = document.body.appendChild(document.createElement('div'))
host.style.cssText = 'position:fixed;inset:0'
const timeline = new Timeline(host, {
  onSelect: (selection) => {
    delete told.selection
    if (selection !== undefined) told.selection = selection
  },
  onHover: (target) => {
    delete told.hovered
    if (target !== undefined) told.hovered = target
  },
  onRange: (range) => {
    delete told.range
    if (range !== undefined) told.range = range
  },
  onViewChange: () => (told.views += 1),
})
const trace = traceOf(location.hash.slice(1))
timeline.show([trace])
Object.assign(window, { timeline, told, trace })
document.title = 'shown'

declare global {
  interface Window {
    timeline: Timeline
    told: typeof told
    trace: Trace
  }
}
